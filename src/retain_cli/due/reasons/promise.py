"""What we promised them is due."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

NAME = "promise due"
WEIGHT = 0.9
EXPECTED = True

_DAYS_THAT_COUNT_AS_LONG = 14


class _Open(NamedTuple):
    customer_id: int
    words: str
    due_on: date


# For everybody and for one, since each is found by an index of its own.
_PROMISED = "select customer_id, words, due_on from promise where status = 'open' and due_on <= :last"
_EVERYBODY = Question(_PROMISED, _Open)
_ONE = Question(_PROMISED + " and customer_id = :customer", _Open)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Open promises whose day has come; they stay until they are kept or broken."""
    question, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    for row in asked.store.ask(question, last=asked.last.isoformat(), **one):
        days_late = max((asked.day - row.due_on).days, 0)
        yield Occurrence(
            row.customer_id,
            NAME,
            "promise",
            row.due_on,
            days_late,
            days_late > 0,
            0,
            "call",
            15,
            min(days_late / _DAYS_THAT_COUNT_AS_LONG, 1.0),
            about=row.words,
        )
