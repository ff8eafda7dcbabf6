"""`retain event`, and its two reasons on the list. K1 is an A; K4 asked not to be contacted."""

import pytest

from retain_cli.record.event import LISTS
from retain_cli.store.store import open_store

pytestmark = pytest.mark.usefixtures("shop")

EVENING, AFTER = "2026-12-04", "2026-12-05"


@pytest.fixture
def tasting(retain, shop):
    """A tasting on 4 December."""
    made = retain("event", "create", "Oil tasting", "--kind", "tasting", "--on", EVENING, "-f", "json").data
    assert (made["id"], made["held_on"], made["invited"], made["came"]) == (1, EVENING, 0, 0)


def event(retain, *words, **how):
    return retain("event", *words, "-f", "json", **how).data


def names(retain, only, **how):
    return [guest["customer"]["external_id"] for guest in event(retain, "show", 1, "--only", only, **how)["guests"]]


def reasons(retain, customer, today):
    data = retain("due", "-f", "json", today=today).data
    lines = [line["reasons"] for line in data if line["customer"]["external_id"] == customer]
    return [(one["service"], one["due_on"]) for one in (lines[0] if lines else []) if one["reason"] == "event"]


@pytest.mark.usefixtures("tasting")
class TestInviting:
    """Whom an invitation reaches."""

    def test_who_asked_not_to_be_contacted_is_left_out_and_counted(self, retain):
        answer = event(retain, "invite", 1, "K1", "K4", "K2")
        assert (answer["new"], answer["left_out"]) == (2, {"asked not to be contacted": 1})
        assert sorted(names(retain, "invited")) == ["K1", "K2"]

    def test_who_refused_the_channel_is_left_out_only_by_that_channel(self, retain):
        retain("contact", "K1", "--never", "--channel", "message")
        assert event(retain, "invite", 1, "K1")["left_out"] == {"refused this channel": 1}
        assert event(retain, "invite", 1, "K1", "--channel", "call")["new"] == 1

    def test_the_paused_and_the_often_contacted_are_left_out(self, retain):
        retain("pause", "K1", "--until", "2026-12-01")
        for day in range(10, 15):
            retain("log-visit", "K2", "--on", f"2026-11-{day}")
        found = event(retain, "invite", 1, "K1", "K2")
        assert found["left_out"] == {"paused": 1, "contacted often enough": 1}
        assert event(retain, "invite", 1, "K1", today="2026-12-01")["new"] == 1

    def test_the_same_invitation_twice_is_one(self, retain):
        event(retain, "invite", 1, "K1", "K1")
        event(retain, "answer", 1, "K1", "yes")
        again = event(retain, "invite", 1, "K1", "K2")
        assert (again["new"], again["invited_before"], again["yes"]) == (1, 1, 1)

    def test_customers_come_from_a_filter(self, retain):
        assert event(retain, "invite", 1, "--area", "Pudong")["new"] == 2
        assert sorted(names(retain, "invited")) == ["K1", "K3"]
        assert event(retain, "invite", 1, "--where", "category = carpets")["left_out"]
        assert sorted(names(retain, "invited")) == ["K1", "K2", "K3"]

    def test_a_grade_and_a_segment_have_to_fit_both(self, retain):
        retain("segment", "buyers", "--where", "amount > 1000")
        grades = {one["external_id"]: one["grade"] for one in retain("list", "-f", "json").data}
        event(retain, "invite", 1, "--segment", "buyers", "--grade", "A")
        assert names(retain, "invited") == ["K1"]
        assert grades["K1"] == "A"

    def test_customers_come_from_stdin(self, retain):
        found = event(retain, "invite", 1, "-", stdin=b"K1\n\n13800138002\n")
        assert found["new"] == 2
        assert sorted(names(retain, "invited")) == ["K1", "K2"]

    def test_one_name_that_is_not_known_invites_nobody(self, retain):
        assert retain("event", "invite", 1, "-", stdin=b"K1\nK99\n").code == 2
        assert names(retain, "invited") == []

    @pytest.mark.parametrize("words", [[], ["K1", "--grade", "A"], ["--where", "nothing = 1"]])
    def test_nobody_is_invited_without_saying_whom_or_in_two_ways_at_once(self, retain, words):
        assert retain("event", "invite", 1, *words).code in (2, 65)
        assert names(retain, "invited") == []

    def test_it_is_over_on_the_day_after(self, retain):
        assert retain("event", "invite", 1, "K1", today=EVENING).code == 0
        assert retain("event", "invite", 1, "K2", today=AFTER).code == 2

    def test_an_invitation_is_no_contact(self, retain):
        before = retain("show", "K1", "-f", "json").data["visits"]
        event(retain, "invite", 1, "K1")
        assert retain("show", "K1", "-f", "json").data["visits"] == before


@pytest.fixture
def held(retain, tasting):
    """K1 said yes and came, K2 said yes and did not, K3 never answered, K5 declined, K6 came uninvited."""
    event(retain, "invite", 1, "K1", "K2", "K3", "K5")
    for customer, answer in (("K1", "maybe"), ("K1", "yes"), ("K2", "yes"), ("K5", "no")):
        event(retain, "answer", 1, customer, answer)
    event(retain, "attended", 1, "K1", "K6", today=EVENING)


@pytest.mark.usefixtures("held")
class TestAfterwards:
    """What is known and due once it was held."""

    def test_every_list_has_its_names(self, retain):
        found = {which: sorted(names(retain, which)) for which in LISTS}
        assert found == {
            "invited": ["K1", "K2", "K3", "K5"], "waiting": ["K3"], "coming": ["K1", "K2"], "declined": ["K5"],
            "came": ["K1", "K6"], "missed": ["K2", "K3"],
        }  # fmt: skip

    def test_coming_is_a_contact_and_restarts_the_return_visit(self, retain):
        visits = retain("show", "K1", "-f", "json", today=AFTER).data["visits"]
        assert (visits[0]["visited_on"], visits[0]["channel"]) == (EVENING, "event")
        due = {
            one["service"]: one["due_on"] for one in retain("show", "K1", "-f", "json", today=AFTER).data["next"]
        }
        # An A is visited monthly.
        assert due["return visit"] == "2027-01-04"

    def test_who_came_is_thanked_and_who_had_said_yes_was_missed(self, retain):
        assert reasons(retain, "K1", AFTER) == [("thank for coming", AFTER)]
        assert reasons(retain, "K6", AFTER) == [("thank for coming", AFTER)]
        assert reasons(retain, "K2", AFTER) == [("sorry we missed you", AFTER)]
        assert [reasons(retain, customer, AFTER) for customer in ("K3", "K5")] == [[], []]

    def test_it_is_due_from_the_day_after_for_two_weeks(self, retain):
        there = {day: bool(reasons(retain, "K1", f"2026-12-{day:02}")) for day in (4, 5, 18, 19)}
        assert there == {4: False, 5: True, 18: True, 19: False}

    def test_a_contact_after_the_evening_settles_it(self, retain):
        retain("log-visit", "K2", "--outcome", "not-reached", today=AFTER)
        assert reasons(retain, "K2", AFTER)
        retain("log-visit", "K2", today=AFTER)
        assert reasons(retain, "K2", AFTER) == []

    def test_who_may_not_be_contacted_is_not_thanked(self, retain):
        retain("contact", "K1", "--never", today=AFTER)
        assert reasons(retain, "K1", AFTER) == []

    def test_noting_it_twice_makes_one_contact(self, retain):
        event(retain, "attended", 1, "K1", "K2", today=AFTER)
        found = retain("show", "K1", "-f", "json", today=AFTER).data["visits"]
        assert [visit["channel"] for visit in found].count("event") == 1
        assert event(retain, "show", 1)["came"] == 3
        assert reasons(retain, "K2", AFTER) == [("thank for coming", AFTER)]

    def test_the_contacts_share_the_cost_to_the_last_cent_whoever_is_noted_when(self, retain, shop):
        event(retain, "cost", 1, "100", today=AFTER)
        event(retain, "attended", 1, "K2", today=AFTER)
        with open_store(shop, writes=False) as store:
            costs = [cost for (cost,) in store.run("select cost from visit where channel = 'event' order by id")]
        assert costs == [3334, 3333, 3333]

    def test_only_the_invited_answer(self, retain):
        assert retain("event", "answer", 1, "K4", "yes").code == 2
        assert retain("event", "answer", 1, "K1", "perhaps").code == 2
        assert retain("event", "answer", 2, "K1", "yes").code == 2

    @pytest.mark.parametrize(("kept", "other"), [("K2", "K6"), ("K6", "K2")])
    def test_two_who_are_one_person_have_one_invitation_and_came_if_either_did(self, retain, kept, other):
        event(retain, "invite", 1, "K6", today=EVENING)
        before = {which: sorted(names(retain, which)) for which in ("came", "missed", "coming")}
        merged = retain("merge", kept, other, "--yes", "-f", "json", today=AFTER)
        assert merged.code == 0
        came = names(retain, "came")
        assert sorted(came) == sorted(["K1", kept])
        assert kept not in names(retain, "missed")
        batch = retain("batches", "-f", "json").data[0]["batch"]
        assert retain("undo", batch, "--yes", today=AFTER).code == 0
        assert {which: sorted(names(retain, which)) for which in ("came", "missed", "coming")} == before


@pytest.mark.usefixtures("tasting")
def test_before_it_is_noted_who_came_nobody_was_missed(retain):
    event(retain, "invite", 1, "K2")
    event(retain, "answer", 1, "K2", "yes")
    assert reasons(retain, "K2", AFTER) == []


@pytest.mark.usefixtures("tasting")
def test_nobody_came_before_the_day(retain):
    assert retain("event", "attended", 1, "K1", today="2026-12-03").code == 2
    assert event(retain, "show", 1)["came"] == 0


def test_an_event_needs_a_day_and_a_kind_that_is_known(retain):
    assert retain("event", "create", "Forum", "--on", "someday").code == 2
    assert retain("event", "create", "Forum", "--kind", "ball", "--on", EVENING).code == 2
    assert event(retain) == []
    assert "no event yet" in retain("event").out


def test_as_csv_the_guests_are_a_list_to_work_with(retain, tasting):
    assert retain("event", "show", 1, "-f", "csv").out.startswith("customer_id,external_id,name,phone")
    event(retain, "invite", 1, "K1")
    assert "K1,Wang Fang" in retain("event", "show", 1, "-f", "csv").out
    assert "Wang Fang" in retain("event", "show", 1).out
