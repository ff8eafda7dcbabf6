"""From what the next day of a service is counted, through the commands that move it."""

from datetime import date, timedelta

import pytest

HEADER = "Customer ID,Visit date,Outcome,Service\n"


@pytest.fixture
def shop(graded_shop):
    """Five customers graded on Monday 23 November 2026: 1 is an A, 2 and 3 are B, 4 and 5 are C."""
    graded_shop("Ann", "Bo", "Cy", "Di", "Ed")


@pytest.fixture
def next_day(retain, shop):
    """The day on which a customer's service comes next."""

    def look(customer, service, today="2026-12-01"):
        coming = retain("show", customer, "-f", "json", today=today).data["next"]
        return next((reason["due_on"] for reason in coming if reason["service"] == service), None)

    return look


@pytest.mark.parametrize(("customer", "next_on"), [(1, "2027-01-01"), (2, "2027-03-01"), (5, "2027-06-01")])
def test_a_visit_restarts_the_clock_of_the_return_visit(retain, next_day, customer, next_on):
    retain("log-visit", customer, "--on", "2026-12-01", today="2026-12-01")
    assert next_day(customer, "return visit") == next_on


@pytest.mark.parametrize("channel", ["visit", "call", "message", "mail", "event", "other"])
def test_any_channel_and_any_occasion_restarts_it(retain, next_day, channel):
    retain("log-visit", 1, "--channel", channel, "--service", "birthday gift", today="2026-12-01")
    assert next_day(1, "return visit") == "2027-01-01"


def test_a_visit_to_a_house_where_nobody_is_restarts_nothing(retain, next_day):
    before = next_day(1, "return visit")
    retain("log-visit", 1, "--outcome", "not-reached", today="2026-12-01")
    assert next_day(1, "return visit") == before


def test_maintenance_counts_from_maintenance_alone(retain, next_day):
    before = next_day(1, "maintenance")
    retain("log-visit", 1, today="2026-12-01")
    assert next_day(1, "maintenance") == before
    retain("log-visit", 1, "--service", "maintenance", today="2026-12-03")
    assert next_day(1, "maintenance", "2026-12-03") == "2027-06-03"
    assert next_day(1, "return visit", "2026-12-03") == "2027-01-03"


def test_a_visit_logged_late_does_not_turn_the_clock_back(retain, next_day):
    retain("log-visit", 1, today="2026-12-10")
    retain("log-visit", 1, "--on", "2026-12-02", today="2026-12-11")
    assert next_day(1, "return visit", "2026-12-11") == "2027-01-10"


def test_the_day_after_a_visit_on_the_31st_stays_a_month_end(retain, next_day):
    retain("log-visit", 1, "--on", "2026-12-31", today="2027-01-02")
    assert next_day(1, "return visit", "2027-01-02") == "2027-01-31"
    retain("log-visit", 1, "--on", "2027-01-31", today="2027-02-01")
    assert next_day(1, "return visit", "2027-02-01") == "2027-02-28"


def test_an_imported_visit_moves_the_clock_as_a_logged_one_does(retain, csv_file, next_day):
    visits = "1,2026-12-03,done,maintenance\n2,2026-12-04,done,\n4,2026-12-05,not-reached,\n"
    before = next_day(4, "return visit")
    assert retain("import", csv_file("visits.csv", HEADER + visits), today="2026-12-06").code == 0
    assert next_day(1, "maintenance", "2026-12-06") == "2027-06-03"
    assert next_day(1, "return visit", "2026-12-06") == "2027-01-03"
    assert next_day(2, "return visit", "2026-12-06") == "2027-03-04"
    assert next_day(4, "return visit", "2026-12-06") == before


def test_visits_that_came_before_the_grading_and_after_it_end_in_the_same_clock(retain, csv_file, next_day):
    visits = csv_file("visits.csv", HEADER + "1,2026-12-03,done,\n")
    retain("import", visits, today="2026-12-06")
    before_grading = retain("due", "--days", 60, "-f", "json", today="2026-12-06").data
    retain("classify", today="2026-12-06")
    assert retain("due", "--days", 60, "-f", "json", today="2026-12-06").data == before_grading


def test_the_next_visit_is_exactly_one_month_after_the_last_all_through_a_year(retain, csv_file, shop):
    """Logged today, due again a month later to the day, the end of a shorter month included."""
    day = date(2027, 1, 1)
    while day.year == 2027:
        coming = retain("log-visit", 1, "-f", "json", today=day.isoformat()).data["next"]
        first = next(reason["due_on"] for reason in coming if reason["service"] == "return visit")
        months = day.year * 12 + day.month
        next_month = date(months // 12, months % 12 + 1, 1)
        length = (date((months + 1) // 12, (months + 1) % 12 + 1, 1) - next_month).days
        assert first == next_month.replace(day=min(day.day, length)).isoformat()
        day += timedelta(days=13)
