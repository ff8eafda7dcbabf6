"""Weekdays of a month that come every year."""

import calendar
from datetime import date, timedelta

import pytest

from retain_cli.dates.weekday_rule import day_of_rule, rules_on, weekday_rule

YEARS = range(2020, 2049)
DAYS = [date(2020, 1, 1) + timedelta(days=n) for n in range((date(2049, 1, 1) - date(2020, 1, 1)).days)]


def weekdays_of(day: date) -> list[int]:
    """The days of the month that fall on the same weekday, as the standard library prints a calendar."""
    return [week[day.weekday()] for week in calendar.monthcalendar(day.year, day.month) if week[day.weekday()]]


def test_every_day_of_29_years_is_its_number_in_its_month_and_the_last_where_it_is():
    for day in DAYS:
        same = weekdays_of(day)
        expected = {same.index(day.day) + 1} | ({-1} if same[-1] == day.day else set())
        assert {rule.nth for rule in rules_on(day)} == expected
        assert all((rule.weekday, rule.month) == (day.weekday(), day.month) for rule in rules_on(day))


def test_each_rule_falls_on_its_day_of_every_year_and_nowhere_in_years_without_it():
    for year in YEARS:
        of_year = [day for day in DAYS if day.year == year]
        fell = {rule: day for day in of_year for rule in rules_on(day)}
        for month in range(1, 13):
            for weekday in range(7):
                for nth in (1, 2, 3, 4, 5, -1):
                    rule = weekday_rule(f"{nth} {calendar.day_abbr[weekday].lower()} {month}")
                    assert day_of_rule(rule, year) == fell.get(rule)


@pytest.mark.parametrize(
    ("written", "key", "words"),
    [
        ("3rd Monday of March", "3 mon 3", "3rd Monday of March"),
        ("third monday in mar", "3 mon 3", "3rd Monday of March"),
        ("last Fri of November", "-1 fri 11", "last Friday of November"),
        ("1st sun may", "1 sun 5", "1st Sunday of May"),
        ("3 mon 3", "3 mon 3", "3rd Monday of March"),
    ],
)
def test_a_rule_is_read_as_people_write_it(written, key, words):
    assert (weekday_rule(written).key, str(weekday_rule(written))) == (key, words)


@pytest.mark.parametrize(
    "written", ["", "6th Monday of March", "3rd March", "0 mon 3", "3rd Monday of Smarch", "-2 mon 3"]
)
def test_what_is_no_rule_is_refused(written):
    with pytest.raises(ValueError):
        weekday_rule(written)
