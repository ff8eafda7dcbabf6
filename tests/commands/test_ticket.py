"""`retain ticket`, and its reason on the list."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def ticket(retain, *words, **how):
    return retain("ticket", *words, "-f", "json", **how).data


@pytest.mark.parametrize(
    ("kind", "promised"),
    [
        ("complaint", "2026-11-25"),
        ("repair", "2026-11-30"),
        ("maintenance", "2026-12-07"),
        ("question", "2026-11-26"),
    ],
)
def test_its_kind_says_by_when_it_is_promised(retain, kind, promised):
    assert ticket(retain, "open", "K1", kind, "board squeaks")["promised_on"] == promised


def test_the_shop_says_how_long_a_kind_takes(retain):
    retain("policy", "set", "ticket_days", "complaint:5, repair:7, maintenance:14, question:3")
    assert ticket(retain, "open", "K1", "complaint", "board squeaks")["promised_on"] == "2026-11-28"


def test_it_is_due_from_the_promised_day_until_it_is_resolved(retain, about_when_due):
    ticket(retain, "open", "K1", "complaint", "board squeaks", "--by", "2026-11-25")
    assert about_when_due("ticket waiting", "K1", today="2026-11-24") == []
    assert about_when_due("ticket waiting", "K1", today="2026-11-25") == ["complaint: board squeaks"]
    retain("log-visit", "K1", today="2026-11-25")
    assert about_when_due("ticket waiting", "K1", today="2026-11-26") == ["complaint: board squeaks"]
    done = ticket(retain, "resolve", "1", "screwed down", today="2026-11-26")
    assert (done["resolved_on"], done["days_late"], done["days_taken"]) == ("2026-11-26", 1, 3)
    assert about_when_due("ticket waiting", "K1", today="2026-11-26") == []


def test_everything_that_happened_with_it_is_kept(retain):
    ticket(retain, "open", "K1", "repair", "hinge", "--owner", "Li")
    ticket(retain, "note", "1", "part ordered", "--staff", "Li", today="2026-11-24")
    ticket(retain, "change", "1", "--owner", "Zhao", "--by", "2026-12-04", today="2026-11-25")
    ticket(retain, "resolve", "1", "new hinge", today="2026-12-01")
    ticket(retain, "reopen", "1", "came off", today="2026-12-02")
    shown = ticket(retain, "show", "1", today="2026-12-03")
    assert [(one["happened_on"], one["what"], one["words"]) for one in shown["history"]] == [
        ("2026-11-23", "opened", "hinge"),
        ("2026-11-24", "noted", "part ordered"),
        ("2026-11-25", "given", "to Zhao"),
        ("2026-11-25", "moved", "from 2026-11-30 to 2026-12-04"),
        ("2026-12-01", "resolved", "new hinge"),
        ("2026-12-02", "reopened", "came off"),
    ]
    assert (shown["owner"], shown["promised_on"], shown["resolved_on"]) == ("Zhao", "2026-12-04", None)


@pytest.mark.parametrize(("rating", "follow_up"), [(1, "2026-11-24"), (2, "2026-11-24"), (3, None), (5, None)])
def test_a_low_rating_opens_a_follow_up(retain, rating, follow_up, about_when_due):
    ticket(retain, "open", "K1", "repair", "hinge")
    ticket(retain, "resolve", "1", "new hinge")
    assert ticket(retain, "rate", "1", rating)["follow_up_on"] == follow_up
    assert about_when_due("ticket waiting", "K1", today="2026-11-24") == (
        [f"rated {rating}: hinge"] if follow_up else []
    )


def test_a_contact_after_the_rating_has_spoken_about_it_and_one_before_has_not(retain, about_when_due):
    ticket(retain, "open", "K1", "repair", "hinge")
    ticket(retain, "resolve", "1", "new hinge")
    retain("log-visit", "K1")
    ticket(retain, "rate", "1", "1", "--note", "took too long")
    assert about_when_due("ticket waiting", "K1", today="2026-11-24") == ["rated 1: hinge"]
    retain("log-visit", "K1", "--outcome", "not-reached", today="2026-11-24")
    assert about_when_due("ticket waiting", "K1", today="2026-11-24") == ["rated 1: hinge"]
    retain("log-visit", "K1")
    assert about_when_due("ticket waiting", "K1", today="2026-11-24") == []


def test_what_is_not_resolved_cannot_be_rated_and_what_is_cannot_be_resolved(retain):
    ticket(retain, "open", "K1", "repair", "hinge")
    assert retain("ticket", "rate", "1", "3").code == 2
    ticket(retain, "resolve", "1", "new hinge")
    assert retain("ticket", "resolve", "1", "again").code == 2
    assert retain("ticket", "rate", "1", "6").code == 2
    assert retain("ticket", "open", "K1", "fire", "help").code == 2
