"""Which days the shop works: its days of the week, without public holidays, with make-up days."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import islice

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class WorkWeek:
    """The days on which customers are looked after; at least one in a week."""

    def __init__(self, days: str, off: Collection[date] = (), extra: Collection[date] = ()) -> None:
        """`days` as written in the policy: names of WEEKDAYS with commas; ValueError for anything else.

        On the days `off` nobody works whatever the weekday, on the days `extra` everybody does.
        """
        names = [name.strip().lower()[:3] for name in days.split(",") if name.strip()]
        self._numbers = frozenset(WEEKDAYS.index(name) for name in names)
        if not self._numbers:
            raise ValueError("a week needs a work day")
        self._off, self._extra = off, extra

    def works(self, day: date) -> bool:
        """Whether `day` is a work day."""
        if day in self._extra:
            return True
        return day.weekday() in self._numbers and day not in self._off

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

    def before(self, day: date) -> date:
        """The last work day on or before `day`."""
        while not self.works(day):
            day -= timedelta(days=1)
        return day

    def moved(self, day: date, moves: str) -> date:
        """Where an occurrence of that nominal day goes: `before` or `after` a day off, else nowhere."""
        return self.before(day) if moves == "before" else self.next(day)

    def latest_nominal(self, day: date, moves: str) -> date:
        """The latest nominal day that is moved to `day` or to one before it.

        That makes one comparison out of "its day has come": moving never changes the order of days.
        """
        if moves == "before":
            return self.next(day + timedelta(days=1)) - timedelta(days=1)
        return self.before(day)
