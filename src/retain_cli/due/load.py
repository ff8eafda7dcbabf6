"""What the days ahead hold: customers, time and money of each, as if everything were done on its day."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.recurrence import nth_day
from retain_cli.due.contacted_enough import contacted_enough_until
from retain_cli.due.decisions import decided, paused_until, put_off_until
from retain_cli.due.filters import NOBODY
from retain_cli.due.listing import asked_for, by_customer
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.due.standing import Allowed, allowed, expected_words, is_expected
from retain_cli.plan.levelling import capacity_by_day
from retain_cli.plan.lines import Line
from retain_cli.plan.own_room import own_room
from retain_cli.store.policy import Policy
from retain_cli.store.store import Store


class DayLoad(NamedTuple):
    """One day: `minutes` and `cost` (minor units) of all services, `capacity` in customers.

    `works` says whether the shop is open, or where the days are somebody's, whether they are there.
    """

    day: date
    works: bool
    customers: int
    services: int
    minutes: int
    cost: int
    capacity: int


class Planned(NamedTuple):
    """Something to do for a customer on a day; `cost` in minor units."""

    on: date
    customer: Allowed
    occurrence: Occurrence
    cost: int


def planned(asked: Asked) -> Iterator[Planned]:
    """All that comes from the day that is asked about to the last, as if everything were done on its day.

    What waits from before is the first day's, or of the day to which it, or the customer, was put off, or on which
    the customer is no more contacted often enough. Stands behind the suppression rule, as the list does.
    """
    lines = {line.id: line for line in asked.plan}
    due = by_customer(asked)
    decisions, paused = decided(asked.store, due), paused_until(asked.store, asked.day)
    enough = contacted_enough_until(asked.store, asked.policy, asked.day, due)
    expected = expected_words(asked.policy)
    for found in allowed(asked, due):
        resumes = paused.get(found.customer_id, asked.day)
        awaited = [_first(asked, one, resumes) for one in found.occurrences if is_expected(one, expected)]
        # Whoever goes there for what is expected settles the rest, too.
        bears = min([enough.get(found.customer_id, asked.day), *awaited])
        for occurrence in found.occurrences:
            line = lines.get(occurrence.plan_line_id or 0)
            snoozed = put_off_until(occurrence, decisions.get(found.customer_id, ()))
            earliest = resumes if is_expected(occurrence, expected) else max(resumes, bears)
            for on in _days(asked, occurrence, line, max(earliest, snoozed or earliest)):
                yield Planned(on, found, occurrence, line.cost if line else 0)


class DaysAhead(NamedTuple):
    """The days from `first` on, what is planned on them, and how many customers there is room for on each."""

    first: date
    days: int
    planned: list[Planned]
    works: Callable[[date], bool]
    capacity: Callable[[date], int]


def days_ahead(store: Store, policy: Policy, first: date, days: int, staff: int | None = None) -> DaysAhead:
    """What all have to do on those days, or only one of the `staff`: with the customers they serve on each day.

    Those are their own while they are there, and others' whom they stand in for then. `NOBODY` as staff has the
    customers whom nobody serves, for whom there is the room of the whole team.
    """
    asked = asked_for(store, policy, first, days - 1, None)
    capacity = capacity_by_day(store, policy, asked.week, first, asked.last)
    if staff is None:
        return DaysAhead(first, days, list(planned(asked)), asked.week.works, capacity)
    room = own_room(store, policy, asked.week, first, asked.last)

    def served(one: Planned) -> bool:
        owner = one.customer.owner_id
        return (room(owner, one.on).server_id if owner else NOBODY) == staff

    def own_capacity(day: date) -> int:
        found = room(staff, day)
        return found.customers if found.server_id == staff else 0

    theirs = [one for one in planned(asked) if served(one)]
    if staff == NOBODY:
        return DaysAhead(first, days, theirs, asked.week.works, capacity)
    return DaysAhead(first, days, theirs, lambda day: own_capacity(day) > 0, own_capacity)


def load_of_days(ahead: DaysAhead) -> list[DayLoad]:
    """The load of each of the days; what waits from before is the first day's."""
    customers: dict[date, set[int]] = defaultdict(set)
    services: dict[date, list[tuple[int, int]]] = defaultdict(list)
    for one in ahead.planned:
        customers[one.on].add(one.customer.customer_id)
        services[one.on].append((one.occurrence.minutes, one.cost))
    return [
        DayLoad(
            on,
            ahead.works(on),
            len(customers[on]),
            len(services[on]),
            sum(minutes for minutes, _ in services[on]),
            sum(cost for _, cost in services[on]),
            ahead.capacity(on),
        )
        for on in (ahead.first + timedelta(days=n) for n in range(ahead.days))
    ]


def _first(asked: Asked, occurrence: Occurrence, earliest: date) -> date:
    return max(occurrence.planned_on or occurrence.due_on, earliest, asked.day)


def _days(asked: Asked, occurrence: Occurrence, line: Line | None, earliest: date) -> Iterator[date]:
    """The day it is planned on, not before `earliest`, and those on which it comes again if it is done then."""
    on = _first(asked, occurrence, earliest)
    while on <= asked.last:
        yield on
        if line is None or not line.runs:
            return
        on = asked.week.moved(nth_day(on, line.interval, 1), line.moves)
