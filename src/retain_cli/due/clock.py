"""Occurrences of services that are counted from the last time they were rendered."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.dates.recurrence import days_reached, latest_anchor, nth_day
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.plan.lines import Line
from retain_cli.store.question import Question


class _Running(NamedTuple):
    customer_id: int
    do_not_contact: int
    from_on: date


# Each is one range over an index of its own; the days to compare with come from the calendar in Python.
_COUNTED_FROM_LAST = """
    select customer_id, do_not_contact, last_on from clock join customer on customer.id = clock.customer_id
    where plan_line_id = :line and until_on is null and last_on is not null
        and (first_on is null or last_on >= since_on) and last_on <= :day
"""
_WAITING_FOR_FIRST = """
    select customer_id, do_not_contact, first_on from clock join customer on customer.id = clock.customer_id
    where plan_line_id = :line and until_on is null and first_on is not null
        and (last_on is null or last_on < since_on) and first_on <= :day
"""
_ONE = " and clock.customer_id = :customer"
_BY_LAST = Question(_COUNTED_FROM_LAST, _Running)
_BY_FIRST = Question(_WAITING_FOR_FIRST, _Running)
_BY_LAST_OF_ONE = Question(_COUNTED_FROM_LAST + _ONE, _Running)
_BY_FIRST_OF_ONE = Question(_WAITING_FOR_FIRST + _ONE, _Running)


def reached(asked: Asked, service: str, reason: str) -> Iterator[Occurrence]:
    """The occurrences of a service whose day has come, on every plan line that has it."""
    for line in asked.plan:
        if line.service == service and line.anchor == "last-done":
            yield from _of_line(asked, line, reason)


def _of_line(asked: Asked, line: Line, reason: str) -> Iterator[Occurrence]:
    step = line.interval
    shown_until = asked.last.fromordinal(asked.last.toordinal() + line.lead_days)
    one = {} if asked.customer is None else {"customer": asked.customer}
    by_last, by_first = (_BY_LAST, _BY_FIRST) if asked.customer is None else (_BY_LAST_OF_ONE, _BY_FIRST_OF_ONE)
    anchor = latest_anchor(step, shown_until).isoformat()
    for row in asked.store.stream(by_last, line=line.id, day=anchor, **one):
        reached_by_now = days_reached(row.from_on, step, asked.day)
        yield _occurrence(asked, line, reason, row, nth_day(row.from_on, step, 1), reached_by_now)
    for row in asked.store.stream(by_first, line=line.id, day=shown_until.isoformat(), **one):
        reached_by_now = days_reached(row.from_on, step, asked.day) + (asked.day >= row.from_on)
        yield _occurrence(asked, line, reason, row, row.from_on, reached_by_now)


def _occurrence(
    asked: Asked, line: Line, reason: str, row: _Running, due_on: date, reached_by_now: int
) -> Occurrence:
    """The first day not served stands for all that came after it; those that a later one overtook are missed."""
    days_late = max((asked.day - due_on).days, 0)
    return Occurrence(
        row.customer_id,
        reason,
        line.service,
        due_on,
        days_late,
        days_late > line.grace_days,
        max(reached_by_now - 1, 0),
        line.channel,
        line.minutes,
        min(days_late / line.interval.usual_days, 1.0),
        bool(row.do_not_contact),
    )
