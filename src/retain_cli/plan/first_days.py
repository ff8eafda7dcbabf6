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

    A day takes its even share, and what days before it could not take, as long as `load` leaves room below
    `capacity`. What the interval cannot hold goes on to the days after it.
    """
    days_of_interval = max(len(week.between(first, nth_day(first, step, 1))), 1)
    placed = 0
    for number, day in enumerate(week.from_day(first), start=1):
        if placed >= customers:
            return
        wanted = -(-customers * min(number, days_of_interval) // days_of_interval) - placed
        taken = min(wanted, max(max(capacity, 1) - load[day], 0))
        if taken > 0:
            load[day] += taken
            yield Slot(day, placed, placed + taken - 1)
            placed += taken
