"""Rule 4: an occurrence on a day off moves to the work day before or after it."""

from datetime import date, timedelta

import pytest

from retain_cli.dates.work_days import WorkWeek

DAY = timedelta(days=1)
FIRST = date(2023, 1, 1)
EVERY_DAY = [FIRST + DAY * n for n in range(366 * 5)]
# Off for a week of each month, with one Sunday made up for; no calendar of any country.
OFF = frozenset(day for day in EVERY_DAY if day.day in (1, 2, 3, 9, 30))
EXTRA = frozenset(day for day in EVERY_DAY if day.weekday() == 6 and 10 <= day.day <= 16)
WEEKS = {
    "six days": WorkWeek("mon,tue,wed,thu,fri,sat", OFF, EXTRA),
    "five days": WorkWeek("mon,tue,wed,thu,fri", OFF, EXTRA),
    "one day": WorkWeek("tue", OFF, EXTRA),
}


def works(name: str, day: date) -> bool:
    """The rule in words, without the class."""
    last = {"six days": 5, "five days": 4}.get(name)
    in_week = day.weekday() == 1 if last is None else day.weekday() <= last
    return day in EXTRA or (in_week and day not in OFF)


@pytest.mark.parametrize("name", WEEKS)
def test_every_day_moves_to_the_nearest_work_day_of_its_side(name):
    for day in EVERY_DAY[40:-40]:
        after = next(day + DAY * n for n in range(40) if works(name, day + DAY * n))
        before = next(day - DAY * n for n in range(40) if works(name, day - DAY * n))
        assert (WEEKS[name].moved(day, "after"), WEEKS[name].moved(day, "before")) == (after, before)


@pytest.mark.parametrize("name", WEEKS)
@pytest.mark.parametrize("moves", ["before", "after"])
def test_one_comparison_says_for_every_pair_of_days_whether_the_day_has_come(name, moves):
    week = WEEKS[name]
    for day in EVERY_DAY[40:-40:3]:
        latest = week.latest_nominal(day, moves)
        for nominal in (day + DAY * n for n in range(-20, 21)):
            assert (nominal <= latest) == (week.moved(nominal, moves) <= day)
