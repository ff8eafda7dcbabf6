"""First days: a new list is a day's work, not the whole base.

Customers without a visit under their plan line get a first day spread over one interval of that line, best
customers first, on work days, and on no day more of them than the shop can take on.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.dates.recurrence import Interval, nth_day
from retain_cli.dates.work_days import WorkWeek


class Slot(NamedTuple):
    """A day that takes the customers from one rank to another, both included; the best customer has rank 0."""

    day: date
    from_rank: int
    to_rank: int


def spread(
    customers: int, first: date, step: Interval, week: WorkWeek, capacity: int, load: Counter[date]
) -> Iterator[Slot]:
    """Share `customers` out over the work days of one interval from `first` on; counts them in `load`.

    A day takes its even share, what days before it could not take, and what days after it will not be able to, as
    long as `load` leaves room below `capacity`. What the interval cannot hold goes on to the days after it.
    """
    days = week.between(first, nth_day(first, step, 1)) or [week.next(first)]
    room_after = sum(_room(day, capacity, load) for day in days)
    placed = 0
    for number, day in enumerate(week.from_day(first), start=1):
        if placed >= customers:
            return
        room = _room(day, capacity, load)
        room_after -= room if number <= len(days) else 0
        even_share = -(-customers * min(number, len(days)) // len(days)) - placed
        taken = min(max(even_share, customers - placed - room_after), room)
        if taken > 0:
            load[day] += taken
            yield Slot(day, placed, placed + taken - 1)
            placed += taken


def _room(day: date, capacity: int, load: Counter[date]) -> int:
    return max(max(capacity, 1) - load[day], 0)
