"""A day agreed with the customer."""

import pytest


@pytest.fixture
def agreed(retain, csv_file):
    """A customer who bought nothing yet, with whom 7 December 2026 was agreed on the phone; their follow-ups."""
    retain("import", csv_file("c.csv", "Customer ID,Name\n1,Ann\n"))
    retain("log-visit", 1, "--channel", "call", "--next", "2w")

    def listed(today):
        return [
            (reason["reason"], reason["due_on"], reason["days_late"], reason["channel"])
            for line in retain("due", "-f", "json", today=today).data
            for reason in line["reasons"]
        ]

    return listed


def test_it_is_due_on_the_agreed_day_by_the_agreed_channel_and_stays(agreed):
    assert agreed("2026-12-06") == []
    assert agreed("2026-12-07") == [("follow-up", "2026-12-07", 0, "call")]
    assert agreed("2027-03-07") == [("follow-up", "2026-12-07", 90, "call")]


def test_the_next_contact_settles_it_even_before_its_day(retain, agreed):
    settled = retain("log-visit", 1, "-f", "json", today="2026-12-09").data["settled"]
    assert [(one["reason"], one["due_on"]) for one in settled] == [("follow-up", "2026-12-07")]
    assert agreed("2026-12-09") == []


def test_an_early_contact_settles_it_too(retain, agreed):
    retain("log-visit", 1, today="2026-12-01")
    assert agreed("2026-12-07") == []


def test_a_second_contact_of_the_same_day_settles_it(retain, agreed):
    retain("log-visit", 1)
    assert agreed("2026-12-07") == []


def test_a_contact_logged_late_for_an_earlier_day_does_not_settle_it(retain, agreed):
    retain("log-visit", 1, "--on", "2026-11-20", today="2026-12-01")
    assert len(agreed("2026-12-07")) == 1


def test_nobody_at_home_leaves_it_open(retain, agreed):
    retain("log-visit", 1, "--outcome", "not-reached", today="2026-12-07")
    assert len(agreed("2026-12-08")) == 1


def test_a_new_agreement_takes_the_place_of_the_old_one(retain, agreed):
    retain("log-visit", 1, "--next", "2026-12-20", today="2026-12-07")
    assert agreed("2026-12-19") == []
    assert agreed("2026-12-20") == [("follow-up", "2026-12-20", 0, "visit")]


def test_an_imported_agreement_counts_and_an_imported_contact_settles_it(retain, csv_file, agreed):
    header = "Customer ID,Visit date,Outcome,Next contact\n"
    retain("import", csv_file("a.csv", header + "1,2026-12-07,done,2026-12-21\n"), today="2026-12-08")
    assert agreed("2026-12-21") == [("follow-up", "2026-12-21", 0, "visit")]
    retain("import", csv_file("b.csv", header + "1,2026-12-22,done,\n"), today="2026-12-23")
    assert agreed("2026-12-23") == []
