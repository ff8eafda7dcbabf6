"""Occurrences of services that are counted from the last time they were rendered."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.recurrence import days_reached, latest_anchor, nth_day
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.plan.lines import Line, first_day
from retain_cli.store.question import Question


class _Running(NamedTuple):
    customer_id: int
    do_not_contact: int
    from_on: date


class _Beginning(NamedTuple):
    customer_id: int
    do_not_contact: int
    first_on: date
    last_on: date | None


class _Waiting(NamedTuple):
    customer_id: int
    do_not_contact: int
    first_on: date
    phase: int


# Each is one range over an index of its own; the days to compare with come from the calendar in Python.
_COUNTED_FROM_LAST = """
    select customer_id, do_not_contact, last_on from clock join customer on customer.id = clock.customer_id
    where plan_line_id = :line and until_on is null and last_on >= since_on and last_on <= :day
"""
_COUNTED_FROM_FIRST = """
    select customer_id, do_not_contact, first_on, last_on
    from clock join customer on customer.id = clock.customer_id
    where plan_line_id = :line and until_on is null and (last_on is null or last_on < since_on) and first_on <= :day
"""
_NEVER_VISITED = """
    select customer_id, do_not_contact, first_on, phase
    from enrolment join customer on customer.id = enrolment.customer_id
    where grade = :grade and waits = 1 and first_on <= :day
"""
_ONE = " and customer.id = :customer"
_BY_LAST = Question(_COUNTED_FROM_LAST, _Running)
_BY_LAST_ONE = Question(_COUNTED_FROM_LAST + _ONE, _Running)
_BY_FIRST = Question(_COUNTED_FROM_FIRST, _Beginning)
_BY_FIRST_ONE = Question(_COUNTED_FROM_FIRST + _ONE, _Beginning)
_WAITING = Question(_NEVER_VISITED, _Waiting)
_WAITING_ONE = Question(_NEVER_VISITED + _ONE, _Waiting)


def reached(asked: Asked, service: str, reason: str) -> Iterator[Occurrence]:
    """The occurrences of a service whose day has come, on every plan line that has it."""
    for line in asked.plan:
        if line.service == service and line.anchor == "last-done":
            for customer_id, do_not_contact, due_on, anchor in _of_line(asked, line):
                yield _occurrence(asked, line, reason, customer_id, bool(do_not_contact), due_on, anchor)


def _of_line(asked: Asked, line: Line) -> Iterator[tuple[int, int, date, date | None]]:
    """Customer, whether to leave them alone, the first day not served, and the last time it is counted from."""
    step, store = line.interval, asked.store
    until = asked.last + timedelta(days=line.lead_days)
    everyone = asked.customer is None
    one = {} if asked.customer is None else {"customer": asked.customer}
    by_last = _BY_LAST if everyone else _BY_LAST_ONE
    for row in store.stream(by_last, line=line.id, day=latest_anchor(step, until).isoformat(), **one):
        yield row.customer_id, row.do_not_contact, nth_day(row.from_on, step, 1), row.from_on
    by_first = _BY_FIRST if everyone else _BY_FIRST_ONE
    for clock in store.stream(by_first, line=line.id, day=until.isoformat(), **one):
        after_last = nth_day(clock.last_on, step, 1) if clock.last_on else clock.first_on
        if after_last <= clock.first_on:
            yield clock.customer_id, clock.do_not_contact, clock.first_on, None
        elif after_last <= until:
            yield clock.customer_id, clock.do_not_contact, after_last, clock.last_on
    never_visited = _WAITING if everyone else _WAITING_ONE
    for newcomer in store.stream(never_visited, grade=line.grade, day=until.isoformat(), **one):
        begins = first_day(asked.plan, line, newcomer.first_on, newcomer.phase)
        if begins <= until:
            yield newcomer.customer_id, newcomer.do_not_contact, begins, None


def _occurrence(
    asked: Asked, line: Line, reason: str, customer_id: int, suppressed: bool, due_on: date, anchor: date | None
) -> Occurrence:
    """The first day not served stands for all that came after it; those that a later one overtook are missed."""
    step = line.interval
    come = days_reached(anchor or due_on, step, asked.day) + (anchor is None and asked.day >= due_on)
    days_late = max((asked.day - due_on).days, 0)
    return Occurrence(
        customer_id,
        reason,
        line.service,
        due_on,
        days_late,
        days_late > line.grace_days,
        max(come - 1, 0),
        line.channel,
        line.minutes,
        min(days_late / step.usual_days, 1.0),
        suppressed,
    )
