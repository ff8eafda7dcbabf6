"""Something they asked us to see to waits, or was rated low."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

NAME = "ticket waiting"
WEIGHT = 1.0
EXPECTED = True

_DAYS_THAT_COUNT_AS_LONG = 14


class _Waiting(NamedTuple):
    customer_id: int
    words: str
    due_on: date


# For everybody and for one, since each is found by an index of its own.
_UNRESOLVED = """
    select customer_id, kind || ': ' || words, promised_on from ticket
    where resolved_on is null and promised_on <= :last
"""
# A contact on a later day, or one logged later, has spoken about the rating.
_RATED_LOW = """
    select customer_id, 'rated ' || rating || ': ' || words, follow_up_on from ticket
    where follow_up_on is not null and follow_up_on <= :last and not exists (
        select 1 from visit where visit.customer_id = ticket.customer_id and outcome <> 'not-reached'
            and (visited_on > rated_on or (visited_on = rated_on and visit.id > rated_after))
    )
"""
_OF_ONE = " and customer_id = :customer"
_EVERYBODY = (Question(_UNRESOLVED, _Waiting), Question(_RATED_LOW, _Waiting))
_ONE = (Question(_UNRESOLVED + _OF_ONE, _Waiting), Question(_RATED_LOW + _OF_ONE, _Waiting))


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Tickets that were promised by now and are not resolved, and low ratings nobody spoke about yet."""
    questions, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    for question in questions:
        for row in asked.store.ask(question, last=asked.last.isoformat(), **one):
            days_late = max((asked.day - row.due_on).days, 0)
            yield Occurrence(
                row.customer_id,
                NAME,
                "ticket",
                row.due_on,
                days_late,
                days_late > 0,
                0,
                "call",
                15,
                min(days_late / _DAYS_THAT_COUNT_AS_LONG, 1.0),
                about=row.words,
            )
