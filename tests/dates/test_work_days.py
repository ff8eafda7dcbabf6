"""The shop's week."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retain_cli.dates.work_days import WEEKDAYS, WorkWeek

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)


def test_a_week_works_on_the_days_it_names():
    week = WorkWeek("mon,wed,sat")
    assert [week.works(MONDAY + DAY * n) for n in range(7)] == [True, False, True, False, False, True, False]


def test_days_may_be_written_in_full_and_in_any_case():
    assert [WorkWeek(" Monday, SUN ,").works(MONDAY + DAY * n) for n in range(7)] == [True] + [False] * 5 + [True]


@pytest.mark.parametrize("days", ["", " , ", "mon,xyz", "1,2", "一"])
def test_a_week_without_a_work_day_or_with_an_unknown_one_is_refused(days):
    with pytest.raises(ValueError):
        WorkWeek(days)


def test_the_next_work_day_is_the_day_itself_where_the_shop_works():
    week = WorkWeek("mon,tue,wed,thu,fri")
    assert week.next(MONDAY) == MONDAY
    assert week.next(date(2026, 11, 28)) == date(2026, 11, 30)


@settings(deadline=None)
@given(
    days=st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    first=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    length=st.integers(-5, 60),
)
def test_work_days_are_the_days_of_the_calendar_that_the_week_names(days, first, length):
    week = WorkWeek(",".join(days))
    expected = [day for day in (first + DAY * n for n in range(max(length, 0))) if f"{day:%a}".lower() in days]
    assert week.between(first, first + DAY * length) == expected
    assert list(islice(week.from_day(first), len(expected))) == expected
    assert week.next(first) == next(d for d in (first + DAY * n for n in range(7)) if f"{d:%a}".lower() in days)
