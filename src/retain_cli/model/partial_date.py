"""A birthday or anniversary as it is known: month and day, the year only where it is."""

import calendar
from typing import NamedTuple


class PartialDate(NamedTuple):
    """Month, day and, where known, the year. Never a made-up year."""

    month: int
    day: int
    year: int | None = None

    def __str__(self) -> str:
        return (
            f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
            if self.year
            else f"--{self.month:02d}-{self.day:02d}"
        )


def partial_date(month: int, day: int, year: int | None = None) -> PartialDate:
    """A partial date that exists; ValueError for 30 February, and for 29 February of a common year."""
    longest = calendar.monthrange(2000 if year is None else year, month)[1] if 1 <= month <= 12 else 0
    if not 1 <= day <= longest or (year is not None and not 1 <= year <= 9999):
        raise ValueError(f"no such day: month {month}, day {day}" + (f", year {year}" if year else ""))
    return PartialDate(month, day, year)
