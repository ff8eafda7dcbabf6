"""What levelling put on another day: shown from then on, and late from then on."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

_DAYS_LOOKED_BACK = 400


class _Moved(NamedTuple):
    customer_id: int
    plan_line_id: int
    nominal_on: date
    moved_on: date


_MOVED = """
    select customer_id, plan_line_id, nominal_on, moved_on from moved_day where nominal_on between :first and :last
"""
_EVERYBODY = Question(_MOVED, _Moved)
_ONE = Question(_MOVED + " and customer_id = :customer", _Moved)


def as_moved(asked: Asked, occurrences: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """The occurrences as levelling left them: without those whose day is yet to come."""
    first = (asked.day - timedelta(days=_DAYS_LOOKED_BACK)).isoformat()
    question, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    rows = asked.store.ask(question, first=first, last=(asked.last + timedelta(days=60)).isoformat(), **one)
    moved = {row[:3]: row.moved_on for row in rows}
    if not moved:
        yield from occurrences
        return
    grace = {line.id: line.grace_days for line in asked.plan}
    for occurrence in occurrences:
        to = moved.get((occurrence.customer_id, occurrence.plan_line_id or 0, occurrence.due_on))
        if to is None:
            yield occurrence
        elif to <= asked.last:
            days_late = max((asked.day - max(to, occurrence.due_on)).days, 0)
            late = days_late > grace.get(occurrence.plan_line_id or 0, 0)
            yield occurrence._replace(planned_on=to, days_late=days_late, late=late)
