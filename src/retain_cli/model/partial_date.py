"""A birthday or anniversary as it is known: month and day, the year only where it is."""

import calendar as gregorian
from typing import NamedTuple

from retain_cli.dates import lunar

CALENDARS = ("solar", "lunar")


class PartialDate(NamedTuple):
    """Month, day and, where known, the year, all of one calendar. Never a made-up year."""

    month: int
    day: int
    year: int | None = None
    calendar: str = "solar"
    leap_month: bool = False
    """Whether a lunar month is the leap month that follows the ordinary one of its number."""

    def __str__(self) -> str:
        year = f"{self.year:04d}-" if self.year else "--"
        words = "lunar leap " if self.leap_month else "lunar " if self.calendar == "lunar" else ""
        return f"{words}{year}{self.month:02d}-{self.day:02d}"


def partial_date(
    month: int, day: int, year: int | None = None, calendar: str = "solar", leap_month: bool = False
) -> PartialDate:
    """A partial date that exists; ValueError for 30 February, and for 29 February of a common year.

    A lunar month has 29 or 30 days; which, and whether there is a leap month, is known where the year is.
    """
    if calendar == "lunar":
        longest = _longest_lunar(month, year, leap_month)
    elif calendar == "solar" and not leap_month and 1 <= month <= 12:
        longest = gregorian.monthrange(2000 if year is None else year, month)[1]
    else:
        longest = 0
    if not 1 <= day <= longest or (year is not None and not 1 <= year <= 9999):
        raise ValueError(f"no such day: month {month}, day {day}" + (f", year {year}" if year else ""))
    return PartialDate(month, day, year, calendar, leap_month)


def _longest_lunar(month: int, year: int | None, leap_month: bool) -> int:
    if year is not None:
        return lunar.month_length(year, month, leap=leap_month)
    return 30 if 1 <= month <= 12 else 0
