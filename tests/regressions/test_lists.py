"""Defects that plans and lists of programs of this kind had, each guarded by a test named after what it guards."""

from datetime import date, timedelta

import pytest

DAY = timedelta(days=1)


@pytest.fixture
def due(retain, csv_file):
    """A graded shop of one A customer; what is due to them on a day: service, due day and how many were missed."""
    retain("import", csv_file("one.csv", "Customer ID,Name,Area,Date,Amount\n1,Ann,East,2026-10-01,100\n"))
    retain("classify")

    def ask(today, service="return visit"):
        lines = retain("due", "-f", "json", today=str(today)).data
        assert len(lines) <= 1
        return [(r["due_on"], r["missed"]) for line in lines for r in line["reasons"] if r["service"] == service]

    return ask


def test_a_visit_that_a_day_off_moved_is_not_made_again_and_moves_no_other(retain, due):
    """A planner of visits knew its own by their present day, and so made every moved one a second time."""
    # 31 January 2027 is a Sunday: shown on Monday, and the next ones still on the last of their months.
    retain("log-visit", 1, today="2026-12-31")
    assert due("2027-01-31") == []
    assert due("2027-02-01") == [("2027-01-31", 0)]
    assert due("2027-02-27") == [("2027-01-31", 0)]
    assert due("2027-03-01") == [("2027-01-31", 1)]


def test_the_eighth_occurrence_comes_and_the_eightieth(retain, due):
    """The same planner took the number of days it looked ahead for a number of visits, and made seven in all."""
    retain("policy", "set", "work_days", "mon,tue,wed,thu,fri,sat,sun")
    retain("policy", "set", "region", "XX")
    day = date(2026, 11, 23)
    for _ in range(80):
        retain("log-visit", 1, today=str(day))
        day += 31 * DAY
        ((_, missed),) = due(day)
        assert missed == 0


def test_a_visit_that_is_corrected_to_not_reached_makes_the_item_due_again(retain, due):
    """Where the status of a plan is copied, calling a visit off leaves what it was for done."""
    before = due("2026-11-23")
    assert before
    number = retain("log-visit", 1, "-f", "json").data["visit"]["id"]
    assert due("2026-11-23") == []
    assert retain("log-visit", 1, "--correct", number, "--outcome", "not-reached").code == 0
    assert due("2026-11-23") == before


def test_a_visit_whose_import_is_undone_makes_the_item_due_again(retain, csv_file, due):
    """The same, where the visit came from a file."""
    before = due("2026-11-23")
    file = csv_file("v.csv", "Customer ID,Visit date,Outcome\n1,2026-11-23,done\n")
    batch = retain("import", file, "-f", "json").data[0]["batch"]
    assert due("2026-11-23") == []
    retain("undo", batch, "--yes")
    assert due("2026-11-23") == before


def test_what_is_skipped_is_not_done(retain, due):
    """Where skipping only moves the next day on, nobody can tell afterwards what was never rendered."""
    retain("skip", 1, "--reason", "abroad")
    asked = ("report", "coverage", "--from", "2026-11-23", "--to", "2026-12-22", "-f", "json")
    section = retain(*asked, today="2026-12-22").data["coverage"]
    assert (section["on_time"], section["late"]) == (0, 0)
    assert section["skipped"] == 1


def test_a_skip_of_a_day_that_the_calendar_sets_leaves_the_next_year(retain, csv_file, due):
    """In a reminder program an item on a fixed day that was dealt with once was never due again."""
    retain("import", csv_file("b.csv", "Customer ID,Birthday\n1,1980-03-05\n"))
    retain("skip", 1, "--service", "birthday gift", "--reason", "in mourning", today="2027-03-04")
    assert due("2027-03-05", "birthday gift") == []
    assert due("2028-03-05", "birthday gift") == [("2028-03-05", 0)]


def test_nobody_looked_for_weeks_and_everything_is_there_once(retain, due):
    """Programs that move a missed reminder on tell nobody of it; others tell of each one by one."""
    assert due("2027-03-24") == [("2026-11-23", 4)]
    retain("log-visit", 1, today="2027-03-24")
    assert due("2027-03-24") == []


def test_something_put_off_comes_back_though_nobody_looked_on_its_day(retain, due):
    """A program that looked for reminders of the very hour lost those of the hours it did not run."""
    retain("snooze", 1, "--until", "2026-12-01")
    for day in ("2026-12-01", "2026-12-02", "2026-12-20"):
        assert due(day) == [("2026-11-23", 0)]


def test_the_limit_of_the_list_comes_after_its_filters(retain, csv_file):
    """A contact list cut first and filtered what was left, which could be nobody."""
    orders = "".join(f"{n:03},{'East' if n >= 95 else 'West'},2026-10-01,{200 - n}\n" for n in range(100))
    retain("import", csv_file("o.csv", "Customer ID,Area,Date,Amount\n" + orders))
    retain("classify")
    whole = retain("due", "--area", "east", "-f", "json", today="2028-01-01").data
    assert len(whole) == 5
    assert retain("due", "--area", "east", "--limit", 3, "-f", "json", today="2028-01-01").data == whole[:3]
    for service in ("return visit", "birthday wish"):
        asked = ("due", "--reason", service, "-f", "json")
        found = retain(*asked, today="2028-01-01").data
        assert retain(*asked, "--limit", 2, today="2028-01-01").data == found[:2]
