"""A gift that was thought of has to be bought in time."""

import pytest


@pytest.fixture
def listed(retain, csv_file):
    """A tea set for Ann on 20 December 2026; her gifts to buy on a day."""
    retain("import", csv_file("c.csv", "Customer ID,Name\n1,Ann\n"))
    retain("benefit", "grant", 1, "gift", "tea set", "--for", "2026-12-20")

    def ask(today, *options):
        data = retain("due", "--reason", "gift to buy", *options, "-f", "json", today=today).data
        return [(one["about"], one["due_on"], one["days_late"]) for line in data for one in line["reasons"]]

    return ask


def test_it_is_listed_from_two_weeks_before_its_day_and_stays_until_it_is_bought(retain, listed):
    assert listed("2026-12-05") == []
    assert listed("2026-12-06") == [("tea set", "2026-12-20", 0)]
    assert listed("2026-12-20") == [("tea set", "2026-12-20", 0)]
    assert listed("2027-01-03") == [("tea set", "2026-12-20", 14)]
    retain("benefit", "buy", 1, 1, today="2026-12-10")
    assert listed("2026-12-10") == []


def test_a_gift_that_was_given_needs_not_to_be_bought(retain, listed):
    retain("benefit", "use", 1, "gift", 1, today="2026-12-10")
    assert listed("2026-12-10") == []


def test_an_idea_without_a_day_has_no_hurry(retain, listed):
    retain("benefit", "grant", 1, "gift", "book")
    assert [about for about, *_ in listed("2027-12-01")] == ["tea set"]


def test_how_long_before_is_a_rule_of_the_shop(retain, listed):
    retain("policy", "set", "gift_lead_days", 3)
    assert (listed("2026-12-16"), len(listed("2026-12-17"))) == ([], 1)


def test_looking_ahead_shows_what_comes_into_its_days(listed):
    assert listed("2026-12-01", "--days", 4) == []
    assert len(listed("2026-12-01", "--days", 5)) == 1


def test_a_visit_buys_nothing_and_a_skip_forgets_the_idea(retain, listed):
    retain("log-visit", 1, today="2026-12-07")
    assert len(listed("2026-12-07")) == 1
    retain("skip", 1, "--service", "gift to buy", "--reason", "she is away", today="2026-12-07")
    assert listed("2026-12-08") == []


def test_who_may_not_be_contacted_gets_none(retain, listed):
    retain("contact", 1, "--never", today="2026-12-06")
    assert listed("2026-12-07") == []


def test_two_ideas_for_two_days_are_two(retain, listed):
    retain("benefit", "grant", 1, "gift", "book", "--for", "2026-12-08")
    assert sorted(listed("2026-12-10")) == [("book", "2026-12-08", 2), ("tea set", "2026-12-20", 0)]
