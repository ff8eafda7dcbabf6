"""Which days of the week the shop works."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class WorkWeek:
    """The days of the week on which customers are looked after; at least one."""

    def __init__(self, days: str) -> None:
        """`days` as written in the policy: names of WEEKDAYS with commas; ValueError for anything else."""
        names = [name.strip().lower()[:3] for name in days.split(",") if name.strip()]
        self._numbers = frozenset(WEEKDAYS.index(name) for name in names)
        if not self._numbers:
            raise ValueError("a week needs a work day")

    def works(self, day: date) -> bool:
        """Whether `day` is a work day."""
        return day.weekday() in self._numbers

    def from_day(self, first: date) -> Iterator[date]:
        """The work days from `first` on, without end."""
        day = first
        while True:
            if self.works(day):
                yield day
            day += timedelta(days=1)

    def between(self, first: date, before: date) -> list[date]:
        """The work days from `first` to the day before `before`."""
        length = max((before - first).days, 0)
        return [day for day in (first + timedelta(days=n) for n in range(length)) if self.works(day)]

    def next(self, day: date) -> date:
        """The first work day on or after `day`."""
        return next(islice(self.from_day(day), 1))
