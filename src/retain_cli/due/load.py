"""What the days ahead hold: customers, time and money of each, as if everything were done on its day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.recurrence import nth_day
from retain_cli.due.contacted_enough import contacted_enough_until
from retain_cli.due.decisions import decided, paused_until, put_off_until
from retain_cli.due.listing import asked_for, by_customer
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.due.standing import Allowed, allowed, expected_words, is_expected
from retain_cli.plan.levelling import capacity_by_day
from retain_cli.plan.lines import Line
from retain_cli.store.policy import Policy
from retain_cli.store.store import Store


class DayLoad(NamedTuple):
    """One day: `minutes` and `cost` (minor units) of all services, `capacity` in customers."""

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


def load_of_days(store: Store, policy: Policy, day: date, days: int) -> list[DayLoad]:
    """The load of each of the days from `day` on; what waits from before is the first day's."""
    asked = asked_for(store, policy, day, days - 1, None)
    capacity = capacity_by_day(store, policy, asked.week, day, asked.last)
    customers: dict[date, set[int]] = defaultdict(set)
    services: dict[date, list[tuple[int, int]]] = defaultdict(list)
    for one in planned(asked):
        customers[one.on].add(one.customer.customer_id)
        services[one.on].append((one.occurrence.minutes, one.cost))
    return [
        DayLoad(
            on,
            asked.week.works(on),
            len(customers[on]),
            len(services[on]),
            sum(minutes for minutes, _ in services[on]),
            sum(cost for _, cost in services[on]),
            capacity(on),
        )
        for on in (day + timedelta(days=n) for n in range(days))
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
