"""Planned against done: what became of every occurrence whose nominal day lies in a period.

Counted from the last time. Each nominal day is asked one question: was the service rendered since the day the
clock counts from? Rendered on or before it, or within its grace: on time. After its grace, but before the next
nominal day: late. Not before the next nominal day, or not until today and the grace is over: missed. Still within
its grace: open. After it was rendered the clock counts from the last time on or before the nominal day (or from
the late one), so that many visits in one interval are one occurrence, and a day is planned once.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.recurrence import Interval, nth_day

STATES = ("on time", "late", "missed", "open", "skipped", "suppressed")
"""The last two are what decisions make of the others."""


class Served(NamedTuple):
    """One occurrence: its nominal day, what became of it, and when it was rendered."""

    nominal_on: date
    state: str
    served_on: date | None = None


class Clock(NamedTuple):
    """What occurrences are counted from: the first day, or an interval after the last time if that is later."""

    since_on: date
    until_on: date | None
    first_on: date
    interval: Interval
    grace_days: int


def _itself(day: date) -> date:
    return day


def occurrences(
    clock: Clock,
    rendered: Sequence[date],
    until: date,
    today: date,
    planned_on: Callable[[date], date] = _itself,
) -> Iterator[Served]:
    """The occurrences with nominal days up to `until`, in order; `rendered` are the sorted days of the service.

    `planned_on` gives the day to which a nominal day was moved; where that is later, its grace begins there.
    """
    before = bisect_right(rendered, clock.since_on - timedelta(days=1))
    done = rendered[before:]
    anchor, nth = clock.first_on, 0
    if before and nth_day(rendered[before - 1], clock.interval, 1) > clock.first_on:
        anchor, nth = rendered[before - 1], 1
    end = min(until, clock.until_on - timedelta(days=1)) if clock.until_on else until
    position = 0
    if done and nth_day(done[0], clock.interval, 1) <= clock.first_on:
        # Served a whole interval before the first day, which then never comes: the list counts from there, too.
        anchor, nth, position = done[0], 1, bisect_right(done, done[0])
    while (nominal := nth_day(anchor, clock.interval, nth)) <= end:
        upto = bisect_right(done, nominal)
        if upto > position:
            yield Served(nominal, "on time", done[upto - 1])
            anchor, nth, position = done[upto - 1], 1, upto
            continue
        grace_ends = max(nominal, planned_on(nominal)) + timedelta(days=clock.grace_days)
        following = nth_day(anchor, clock.interval, nth + 1)
        if upto < len(done) and done[upto] < following:
            yield Served(nominal, "late" if done[upto] > grace_ends else "on time", done[upto])
            anchor, nth, position = done[upto], 1, bisect_right(done, done[upto])
            continue
        yield Served(nominal, "open" if today <= grace_ends else "missed")
        nth += 1
