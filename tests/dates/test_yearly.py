"""Birthdays and anniversaries: once a year, every year."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retain_cli.dates.yearly import day_in_year, yearly_days_between

DAY = timedelta(days=1)
BIRTHDAYS = [((date(2024, 1, 1) + DAY * n).month, (date(2024, 1, 1) + DAY * n).day) for n in range(366)]


def falls_on(month: int, day: int, year: int, on_1_march: bool) -> date:
    """The rule in words: its own day where the year has it, else 28 February or 1 March as the shop says."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 3, 1) if on_1_march else date(year, 2, 28)


@pytest.mark.parametrize("on_1_march", [False, True])
@pytest.mark.parametrize("year", range(2020, 2050))
def test_each_of_366_birthdays_comes_exactly_once_a_year(year, on_1_march):
    came = list(yearly_days_between(date(year, 1, 1), date(year, 12, 31), leap_day_on_1_march=on_1_march))
    assert Counter((yearly.month, yearly.day) for yearly in came) == dict.fromkeys(BIRTHDAYS, 1)
    for yearly in came:
        assert yearly.falls_on == falls_on(yearly.month, yearly.day, year, on_1_march)
        assert day_in_year(yearly.month, yearly.day, year, leap_day_on_1_march=on_1_march) == yearly.falls_on


@pytest.mark.parametrize(
    ("year", "on_1_march", "expected"),
    [
        (2027, False, date(2027, 2, 28)),
        (2027, True, date(2027, 3, 1)),
        (2028, False, date(2028, 2, 29)),
        (2028, True, date(2028, 2, 29)),
        (2100, False, date(2100, 2, 28)),
        (2000, True, date(2000, 2, 29)),
    ],
)
def test_29_february_is_kept_where_the_shop_says(year, on_1_march, expected):
    assert day_in_year(2, 29, year, leap_day_on_1_march=on_1_march) == expected


@settings(max_examples=60, deadline=None)
@given(
    first=st.dates(date(2019, 1, 1), date(2032, 12, 31)),
    length=st.integers(-3, 500) | st.integers(-3, 5),
    on_1_march=st.booleans(),
)
def test_the_days_between_are_those_a_calendar_would_show(first, length, on_1_march):
    last = first + DAY * length
    expected = {
        (month, day, on)
        for year in range(first.year, max(last.year, first.year) + 1)
        for month, day in BIRTHDAYS
        if first <= (on := falls_on(month, day, year, on_1_march)) <= last
    }
    came = list(yearly_days_between(first, last, leap_day_on_1_march=on_1_march))
    assert set(came) == expected
    assert len(came) == len(expected)
    assert [yearly.falls_on for yearly in came] == sorted(yearly.falls_on for yearly in came)
