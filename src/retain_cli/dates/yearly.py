"""Days that come once a year: birthdays and anniversaries, 29 February included."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple


class YearlyDay(NamedTuple):
    """One occurrence: the month and day as they were written down, and the day they fall on."""

    month: int
    day: int
    falls_on: date


def day_in_year(month: int, day: int, year: int, *, leap_day_on_1_march: bool = False) -> date:
    """The day of `year` on which a yearly day falls.

    29 February falls on 28 February of a common year, or on 1 March where that is the shop's setting.
    """
    if (month, day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1) if leap_day_on_1_march else date(year, 2, 28)
    return date(year, month, day)


def yearly_days_between(first: date, last: date, *, leap_day_on_1_march: bool = False) -> Iterator[YearlyDay]:
    """Every (month, day) that falls on a day from `first` to `last`, both included, in order."""
    day = first
    while day <= last:
        yield YearlyDay(day.month, day.day, day)
        if not calendar.isleap(day.year) and day == day_in_year(
            2, 29, day.year, leap_day_on_1_march=leap_day_on_1_march
        ):
            yield YearlyDay(2, 29, day)
        day += timedelta(days=1)
