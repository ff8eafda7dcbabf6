"""`retain promise`, and its reason on the list."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def due_reasons(retain, customer, **how):
    data = retain("due", "-f", "json", **how).data
    found = [line["reasons"] for line in data if line["customer"]["external_id"] == customer]
    return [(one["reason"], one["about"], one["due_on"]) for one in (found[0] if found else [])]


def promise(retain, *words, **how):
    return retain("promise", *words, "-f", "json", **how).data


def test_the_day_stands_in_the_words(retain):
    made = promise(retain, "add", "K3", "Quote for the stairs by Fri")
    assert (made["words"], made["due_on"], made["status"]) == ("Quote for the stairs", "2026-11-27", "open")
    assert made["customer"] == {"id": 3, "external_id": "K3", "name": "Zhao Min"}


def test_words_with_a_day_of_their_own_keep_the_one_that_is_named(retain):
    made = promise(retain, "add", "K3", "call by noon", "--by", "2026-12-01")
    assert (made["words"], made["due_on"]) == ("call by noon", "2026-12-01")


@pytest.mark.parametrize("words", [["quote soon"], ["quote by noon"], ["quote by yesterday"], [""]])
def test_a_promise_without_a_day_to_come_is_refused(retain, words):
    assert retain("promise", "add", "K3", *words).code == 2
    assert promise(retain) == []


@pytest.mark.parametrize(
    ("day", "status"), [("2026-11-26", "kept"), ("2026-11-27", "kept"), ("2026-11-28", "late")]
)
def test_it_is_kept_until_its_day_and_late_after_it(retain, day, status):
    promise(retain, "add", "K3", "quote by 2026-11-27")
    closed = promise(retain, "keep", "1", "--made-good", "a free hour", today=day)
    assert (closed["status"], closed["closed_on"], closed["made_good"]) == (status, day, "a free hour")
    assert promise(retain) == []
    assert [one["status"] for one in promise(retain, "list", "--closed")] == [status]


def test_broken_is_not_late_and_can_be_taken_back(retain):
    promise(retain, "add", "K3", "quote by 2026-11-27")
    assert promise(retain, "break", "1", today="2026-12-30")["status"] == "broken"
    assert retain("promise", "keep", "1", today="2026-12-30").code == 2
    again = promise(retain, "reopen", "1", today="2026-12-30")
    assert (again["status"], again["closed_on"], again["made_good"]) == ("open", None, None)


def test_it_is_due_on_its_day_and_stays_until_it_is_closed(retain):
    promise(retain, "add", "K1", "quote by 2026-11-27", "--owner", "Li")
    named = ("promise due", "quote", "2026-11-27")
    assert named not in due_reasons(retain, "K1", today="2026-11-26")
    assert named in due_reasons(retain, "K1", today="2026-11-27")
    retain("log-visit", "K1", "--on", "2026-11-27", today="2026-11-27")
    assert named in due_reasons(retain, "K1", today="2027-03-01")
    promise(retain, "keep", "1", today="2027-03-01")
    assert named not in due_reasons(retain, "K1", today="2027-03-01")


def test_another_day_can_be_agreed(retain):
    promise(retain, "add", "K1", "quote by 2026-11-27")
    assert promise(retain, "move", "1", "--by", "2026-12-04")["due_on"] == "2026-12-04"
    days = [day for reason, _, day in due_reasons(retain, "K1", today="2026-12-04") if reason == "promise due"]
    assert days == ["2026-12-04"]
    assert "promise due" not in [reason for reason, *_ in due_reasons(retain, "K1", today="2026-12-03")]


def test_who_may_not_be_contacted_is_not_listed_for_a_promise(retain):
    promise(retain, "add", "K4", "quote by 2026-11-23")
    assert due_reasons(retain, "K4") == []


def test_the_list_of_one_person_is_theirs(retain):
    promise(retain, "add", "K1", "quote by fri", "--owner", "Li")
    promise(retain, "add", "K2", "sample by fri", "--owner", "Zhao")
    assert [one["words"] for one in promise(retain, "list", "--owner", "Zhao")] == ["sample"]
    assert [one["words"] for one in promise(retain, "list", "--of", "K1")] == ["quote"]
