"""Once a day and channel, whatever fails: nothing lost, nothing twice."""

import sqlite3

import pytest

from retain_cli.store import database
from retain_cli.workspace import Workspace

# Without a visit since the summer, all but the one who asked not to be contacted are due.
DUE = 3


@pytest.fixture(autouse=True)
def _shop(shop, clock):
    """Every test here has the shop, at half past seven."""


@pytest.fixture
def by_web(monkeypatch, receiver):
    """The receiver is the only channel."""
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", receiver.url)
    return receiver


def status(retain, **how):
    return {entry["channel"]: entry for entry in retain("notify", "status", "-f", "json", **how).data}


def test_the_list_of_the_day_arrives_and_nothing_is_printed(retain, by_web):
    answer = retain("due", "--notify")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    (got,) = by_web.got
    assert got["title"] == f"Monday 23 November 2026: {DUE} customers to contact"
    assert len(got["message"].splitlines()) == DUE


def test_it_arrives_once_a_day_however_often_it_is_run(retain, by_web):
    for _ in range(5):
        assert retain("due", "--notify").code == 0
    assert len(by_web.got) == 1
    assert retain("due", "--notify", today="2026-11-24").code == 0
    assert len(by_web.got) == 2
    assert len(set(by_web.keys)) == 2


def test_a_program_reads_what_became_of_each_channel(retain, monkeypatch, receiver, another_receiver, clock):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", f"{receiver.url} {another_receiver.url}")
    another_receiver.answers = [500]

    def results():
        return [one["result"] for one in retain("due", "--notify", "-f", "json").json["data"]]

    assert results() == ["sent", "failed"]
    assert results() == ["told", "waiting"]
    clock("2026-11-23T08:00:00")
    assert results() == ["told", "sent"]
    assert results() == ["told", "told"]


def test_nobody_due_is_silence(retain, by_web, shop):
    before = shop.read_bytes()
    answer = retain("due", "--notify", today="2026-05-30")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert by_web.got == []
    assert shop.read_bytes() == before


def test_missed_days_are_one_digest(retain, by_web):
    retain("due", "--notify")
    retain("due", "--notify", today="2026-11-30")
    assert [one["title"].split(":")[0] for one in by_web.got] == [
        "Monday 23 November 2026", "Monday 30 November 2026",
    ]  # fmt: skip


def test_a_wish_that_lapsed_while_no_digest_went_out_is_named_once(retain, by_web, csv_file):
    """Zhao Min's birthday is on the 26th, with three days of grace: the 24th to the 30th nothing was sent."""
    retain("import", csv_file("birthday.csv", "Customer ID,Birthday\nK3,1990-11-26\n"))
    retain("due", "--notify", today="2026-11-23")
    assert "birthday" not in next(line for line in by_web.got[0]["message"].splitlines() if "#3" in line)
    retain("due", "--notify", today="2026-12-01")
    retain("due", "--notify", today="2026-12-02")
    first, second = (one["message"].splitlines() for one in by_web.got[1:])
    assert first[-2:] == [
        "Was due while no digest went out, and is not on the list any more:", "- #3: birthday wish, 2026-11-26",
    ]  # fmt: skip
    assert not any("not on the list any more" in line for line in second)


def test_what_was_done_meanwhile_did_not_lapse(retain, by_web, csv_file):
    retain("import", csv_file("birthday.csv", "Customer ID,Birthday\nK3,1990-11-26\n"))
    retain("due", "--notify", today="2026-11-23")
    retain("log-visit", "K3", today="2026-11-27")
    retain("due", "--notify", today="2026-12-01")
    assert "#3" not in by_web.got[1]["message"]


def test_a_channel_that_fails_loses_nothing_and_is_tried_again_after_longer_and_longer_waits(retain, by_web, clock):
    by_web.answers = [500] * 3
    tried = []
    for minute in range(30):
        clock(f"2026-11-23T08:{minute:02}:00")
        before = len(by_web.got)
        answer = retain("due", "--notify")
        if len(by_web.got) > before:
            tried.append(minute)
            assert ("was not reached" in answer.err) == (by_web.got[-1]["code"] == 500)
        else:
            assert answer.err == ""
        assert answer.code == (0 if 200 in [one["code"] for one in by_web.got] else 69)
    # One minute, then four, then sixteen.
    assert tried == [0, 1, 5, 21]
    assert len({one["key"] for one in by_web.got}) == 1
    (entry,) = status(retain).values()
    assert (entry["state"], entry["attempts"], entry["error"]) == ("sent", 4, None)


def test_ten_days_of_failure_lose_nothing(retain, by_web):
    by_web.answers = [503] * 10
    for day in range(1, 11):
        assert retain("due", "--notify", today=f"2026-12-{day:02}").code == 69
    assert retain("due", "--notify", today="2026-12-11").code == 0
    assert len(by_web.keys) == 1
    assert by_web.got[-1]["title"].endswith(f"{DUE} customers to contact")


def test_a_channel_that_failed_is_named_with_what_it_said_and_when_it_is_tried_again(retain, by_web):
    by_web.answers = [500]
    retain("due", "--notify")
    (entry,) = status(retain).values()
    assert (entry["state"], entry["attempts"], entry["sent_at"]) == ("failed", 1, None)
    assert entry["retry_at"] == "2026-11-23T07:31:00Z"
    assert "500" in entry["error"]
    table = retain("notify", "status").out
    assert entry["channel"] in table
    assert "2026-11-23T07:31:00Z" in table


def test_one_of_two_channels_is_in_part_and_the_other_is_not_told_again(
    retain, monkeypatch, receiver, another_receiver, clock
):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", f"{receiver.url} {another_receiver.url}")
    another_receiver.answers = [500, 500]
    assert retain("due", "--notify").code == 3
    clock("2026-11-23T07:40:00")
    assert retain("due", "--notify").code == 3
    clock("2026-11-23T08:40:00")
    assert retain("due", "--notify").code == 0
    assert (len(receiver.got), [one["code"] for one in another_receiver.got]) == (1, [500, 500, 200])


def test_a_digest_that_never_arrived_is_part_of_the_next_and_is_not_sent_after_it(retain, by_web, clock):
    by_web.answers = [500]
    retain("due", "--notify")
    retain("due", "--notify", today="2026-11-24")
    clock("2026-11-24T20:00:00")
    retain("due", "--notify", today="2026-11-24")
    assert [one["code"] for one in by_web.got] == [500, 200]


def test_when_everything_was_done_meanwhile_a_failed_digest_is_settled_in_silence(retain, by_web):
    by_web.answers = [500]
    retain("due", "--notify")
    for customer in ("K1", "K2", "K3"):
        for service in ("maintenance", "birthday gift", "senior visit"):
            retain("log-visit", customer, "--service", service)
    assert retain("due", "-f", "json", today="2026-11-24").data == []
    answer = retain("due", "--notify", today="2026-11-24")
    assert (answer.code, answer.err, len(by_web.got)) == (0, "", 1)
    (entry,) = status(retain, today="2026-11-24").values()
    assert entry["state"] == "superseded"


def test_a_clock_that_is_put_back_a_day_tells_nothing_again(retain, by_web):
    retain("due", "--notify", today="2026-11-24")
    answer = retain("due", "--notify", today="2026-11-23")
    assert (answer.code, answer.err, len(by_web.got)) == (0, "", 1)


def test_a_clock_that_was_a_year_ahead_keeps_nobody_from_being_told(retain, by_web):
    retain("due", "--notify", today="2027-11-24")
    retain("due", "--notify", today="2026-11-23")
    assert len(by_web.got) == 2


def test_the_same_shop_restored_from_a_copy_sends_under_the_same_key(retain, by_web, shop):
    copy = shop.read_bytes()
    retain("due", "--notify")
    shop.write_bytes(copy)
    retain("due", "--notify")
    assert len(by_web.got) == 2
    assert len(set(by_web.keys)) == 1


def test_an_import_that_holds_the_database_after_it_arrived_makes_no_repetition(retain, by_web, shop, monkeypatch):
    holder = sqlite3.connect(shop, isolation_level=None, check_same_thread=False)
    by_web.before_answer = lambda: holder.execute("begin immediate")
    really, opened = Workspace.change, []

    def change(workspace, **how):
        opened.append(how)
        # The claim, and three tries to mark it; then the import is done.
        if len(opened) == 4:
            holder.execute("rollback")
        return really(workspace, **how)

    monkeypatch.setattr(Workspace, "change", change)
    monkeypatch.setattr(database, "SECONDS_TO_WAIT", 0.01)
    assert retain("due", "--notify").code == 0
    by_web.before_answer = lambda: None
    assert retain("due", "--notify").code == 0
    assert len(by_web.got) == 1
    holder.close()


def test_a_rehearsal_sends_nothing_and_writes_nothing(retain, by_web, shop):
    before = shop.read_bytes()
    answer = retain("due", "--notify", "--dry-run")
    assert answer.code == 0
    assert f"{DUE} customers to contact" in answer.out
    assert "would be told" in answer.out
    assert (by_web.got, shop.read_bytes()) == ([], before)
    retain("due", "--notify")
    (entry,) = retain("due", "--notify", "--dry-run", "-f", "json").data
    assert entry["would"] == "told"


def test_a_trial_reaches_every_channel_and_counts_for_nothing(retain, by_web):
    answer = retain("notify", "test", "-f", "json")
    assert [one["result"] for one in answer.data] == ["sent"]
    retain("notify", "test")
    retain("due", "--notify")
    assert [one["title"] for one in by_web.got[:2]] == ["retain: a test"] * 2
    assert len(set(by_web.keys)) == 3


@pytest.mark.parametrize(("answers", "code"), [([500, 500], 69), ([500], 3)])
def test_a_trial_that_fails_says_so(retain, monkeypatch, receiver, another_receiver, answers, code):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", f"{receiver.url},{another_receiver.url}")
    receiver.answers, another_receiver.answers = answers[:1], answers[1:]
    answer = retain("notify", "test")
    assert answer.code == code
    assert "500" in answer.out


def test_more_than_twenty_are_counted_and_limit_says_otherwise(retain, by_web, csv_file):
    rows = "".join(f"N{n},2026-01-02,{n}.00\n" for n in range(1, 61))
    retain("import", csv_file("more.csv", "Customer,Date,Amount\n" + rows), today="2026-06-01")
    retain("classify", today="2026-06-01")
    due = len(retain("due", "-f", "json").data)
    assert due > 50
    retain("due", "--notify")
    lines = by_web.got[0]["message"].splitlines()
    assert len(lines) == 21
    assert lines[-1] == f"and {due - 20} more: retain due"
    (entry,) = retain("due", "--notify", "--dry-run", "--limit", "2", "-f", "json").data
    assert entry["text"].splitlines()[2:] == [f"and {due - 2} more: retain due"]


@pytest.mark.parametrize("argv", [["--dry-run"], ["--notify", "--days", "3"], ["--notify", "-f", "ics"]])
def test_what_makes_no_sense_together_is_refused_before_anything_is_sent(retain, by_web, argv):
    assert retain("due", *argv).code == 2
    assert by_web.got == []


def test_without_a_database_it_says_so_once(retain, by_web, machine):
    answer = retain("due", "--notify", "--db", "nowhere.db")
    assert answer.code == 72
    assert len(answer.err.splitlines()) == 1
    assert not list(machine.glob("*nowhere*"))
