"""The lines of the plan."""

from collections import Counter
from datetime import date

import pytest

from retain_cli.dates.recurrence import Interval
from retain_cli.plan.enrolment import PHASES
from retain_cli.plan.lines import Line, first_day, grade_interval, lines_of


def line(grade: str, service: str, every: str, anchor: str = "last-done") -> Line:
    return Line(1, grade, 1, service, "itself", anchor, every, 0, 7, "visit", 0, 30)


PLAN = [
    line("A", "return visit", "1m"),
    line("A", "maintenance", "6m"),
    line("A", "birthday gift", "1w", "birthday"),
    line("B", "return visit", "3m"),
    line("B", "maintenance", "1y"),
    line("C", "return visit", "10d"),
    line("C", "maintenance", "1m"),
]


def test_one_interval_of_a_grade_is_that_of_its_most_frequent_service():
    assert grade_interval(PLAN, "A") == Interval(months=1)
    assert grade_interval(PLAN, "B") == Interval(months=3)
    assert grade_interval(PLAN, "C") == Interval(days=10)


def test_a_birthday_does_not_make_an_interval():
    assert grade_interval([line("A", "birthday gift", "1m", "birthday")], "A") == Interval(months=12)


@pytest.mark.parametrize(
    ("grade", "days"),
    [
        ("A", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]),
        ("B", ["2026-01-31", "2026-04-30", "2026-07-31", "2026-10-31"]),
        ("C", ["2026-01-31", "2026-02-10", "2026-02-20"]),
    ],
)
def test_maintenance_joins_one_of_the_visits_evenly_over_its_first_interval(grade, days):
    maintenance = next(line for line in PLAN if line.grade == grade and line.service == "maintenance")
    begins = Counter(first_day(PLAN, maintenance, date(2026, 1, 31), phase) for phase in range(PHASES))
    assert begins == {date.fromisoformat(day): PHASES // len(days) for day in days}


def test_the_most_frequent_service_begins_on_the_first_day_itself():
    assert {first_day(PLAN, PLAN[0], date(2026, 1, 31), phase) for phase in range(PHASES)} == {date(2026, 1, 31)}


def test_a_line_of_their_own_stands_for_the_one_of_the_grade_and_no_other():
    return_visit, maintenance = (
        line("A", "return visit", "1m"),
        line("A", "maintenance", "6m")._replace(service_id=2),
    )
    own = line("A", "return visit", "2w")._replace(grade=None, customer_id=7)
    plan = [return_visit, maintenance, own, line("B", "return visit", "3m"), line("none", "greeting", "1y")]
    assert lines_of(plan, {7: {1}}, 7, "A") == [maintenance, own]
    assert lines_of(plan, {7: {1}}, 8, "A") == [return_visit, maintenance]
    assert [one.service for one in lines_of(plan, {7: {1}}, 8, None)] == ["greeting"]
