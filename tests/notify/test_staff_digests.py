"""One digest per day, member of the team and channel: everybody gets the customers they serve that day."""

import pytest

# Wang Fang (K1) is Li's, Li Lei (K2) Chen's, Zhao Min (K3) nobody's; K4 asked not to be contacted.
WHOSE = {"K1": "Li Na", "K2": "Chen Hao"}


@pytest.fixture(autouse=True)
def _team(shop, clock, retain):
    """Li and Chen stand in for each other."""
    retain("staff", "add", "Li Na")
    retain("staff", "add", "Chen Hao", "--backup", "Li")
    retain("staff", "set", "Li", "--backup", "Chen")
    for customer, owner in WHOSE.items():
        assert retain("staff", "assign", customer, "--to", owner).code == 0


@pytest.fixture
def two(settings, receiver, another_receiver):
    """Li's telephone and Chen's."""
    settings(
        f'[notify.channels.li]\nurl = "{receiver.url}"\nstaff = "li"\n'
        f'[notify.channels.chen]\nurl = "{another_receiver.url}"\nstaff = "CHEN HAO"\n'
    )
    return receiver, another_receiver


def told(receiver):
    """The customers on each digest, by number."""
    return [
        sorted(line.split(". ")[1].split(" ")[0] for line in one["message"].splitlines() if line[0].isdigit())
        for one in receiver.got
    ]


def test_each_gets_their_own_customers_and_hears_of_those_whom_nobody_serves(retain, two):
    li, chen = two
    answer = retain("due", "--notify")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert told(li) == [["#1"]]
    assert told(chen) == [["#2"]]
    assert li.got[0]["title"] == "Monday 23 November 2026: 1 customer for Li Na to contact"
    assert li.got[0]["message"].splitlines()[-1] == ("On nobody's list: 1 customer: retain due --staff nobody")


def test_while_chen_is_away_their_customers_are_on_the_digest_of_li(retain, two):
    retain("staff", "away", "Chen", "2026-11-23", "2026-11-24")
    li, chen = two
    retain("due", "--notify")
    assert told(li) == [["#1", "#2"]]
    assert chen.got == []
    (line,) = (one for one in li.got[0]["message"].splitlines() if "#2" in one)
    assert "for Chen Hao" in line
    # Back again: what still waits is Chen's, and nothing of it is told as lapsed.
    retain("due", "--notify", today="2026-11-25")
    assert told(li)[1] == ["#1"]
    assert told(chen) == [["#2"]]
    assert "not on the list any more" not in li.got[1]["message"] + chen.got[0]["message"]


def test_each_is_told_once_a_day_and_one_failing_channel_does_not_stop_the_other(retain, two, clock):
    li, chen = two
    chen.answers = [500]
    assert retain("due", "--notify").code == 3
    for minute in (0, 2, 30):
        clock(f"2026-11-23T08:{minute:02}:00")
        assert retain("due", "--notify").code == 0
    assert len(li.got) == 1
    assert [one["code"] for one in chen.got] == [500, 200]
    assert chen.got[0]["key"] == chen.got[1]["key"] != li.got[0]["key"]


def test_a_channel_given_to_somebody_else_is_told_again_and_both_are_in_the_ledger(retain, settings, receiver):
    for name in ("li", "chen"):
        settings(f'[notify.channels.desk]\nurl = "{receiver.url}"\nstaff = "{name}"\n')
        assert retain("due", "--notify").code == 0
    assert told(receiver) == [["#1"], ["#2"]]
    entries = retain("notify", "status", "-f", "json").data
    assert [(one["channel"], one["staff"], one["state"], one["configured"]) for one in entries] == [
        ("desk", "Chen Hao", "sent", True), ("desk", "Li Na", "sent", False),
    ]  # fmt: skip
    assert "Chen Hao" in retain("notify", "status").out


def test_a_channel_can_have_those_whom_nobody_serves(retain, settings, receiver):
    settings(f'[notify.channels.boss]\nurl = "{receiver.url}"\nstaff = "nobody"\n')
    retain("due", "--notify")
    assert told(receiver) == [["#3"]]
    retain("staff", "assign", "K3", "--to", "Li")
    retain("due", "--notify", today="2026-11-24")
    assert len(receiver.got) == 1


def test_nobody_is_left_out_between_the_channels_of_the_team(retain, settings, receiver):
    """Whom the whole shop's digest names, exactly one of the single digests names, whoever is away."""
    retain("staff", "away", "Li", "2026-11-24", "2026-11-24")
    for day in ("2026-11-23", "2026-11-24", "2026-11-25"):
        receiver.got.clear()
        settings(
            f'[notify.channels.all]\nurl = "{receiver.url}"\n'
            + "".join(
                f'[notify.channels.{name}]\nurl = "{receiver.url}"\nstaff = "{name}"\n'
                for name in ("li", "chen", "nobody")
            )
        )
        retain("due", "--notify", today=day)
        everybody, *single = told(receiver)
        assert sorted(who for one in single for who in one) == everybody == ["#1", "#2", "#3"]


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        ('"Zhou"', "is the name of nobody in the team. Name one of: Chen Hao, Li Na, or nobody."),
        ('"a"', "fits Chen Hao and Li Na"),
        ('" "', "is not a name"),
        ("7", "is not a name"),
    ],
)
@pytest.mark.parametrize("command", [["due", "--notify"], ["notify", "test"], ["notify", "status"]])
def test_a_name_that_is_nobodys_is_a_fault_of_the_settings_and_nothing_is_sent(
    retain, settings, receiver, staff, said, command
):
    settings(
        f'[notify.channels.boss]\nurl = "{receiver.url}"\n'
        f'[notify.channels.li]\nurl = "{receiver.url}"\nstaff = {staff}\n'
    )
    answer = retain(*command)
    assert answer.code == 78
    assert said in answer.err
    assert "'li'" in answer.err
    assert receiver.got == []


def test_a_part_of_the_list_is_not_asked_for_on_the_command_line(retain, two):
    answer = retain("due", "--notify", "--staff", "li")
    assert answer.code == 2
    assert "settings" in answer.err
    assert two[0].got == []
