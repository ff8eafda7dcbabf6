"""The last contact ended with a day for the next one."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

NAME = "follow-up"
WEIGHT = 0.7
EXPECTED = True

_DAYS_THAT_COUNT_AS_LONG = 30


class _Agreed(NamedTuple):
    customer_id: int
    channel: str
    next_on: date


# For everybody and for one, since each is found by an index of its own.
_AGREED = """
    select customer_id, channel, next_on from visit
    where next_on <= :last and next_on is not null and followed_on is null
"""
_EVERYBODY = Question(_AGREED, _Agreed)
_ONE = Question(_AGREED + " and customer_id = :customer", _Agreed)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Days agreed with a customer whom nobody reached since."""
    question, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    for row in asked.store.ask(question, last=asked.last.isoformat(), **one):
        days_late = max((asked.day - row.next_on).days, 0)
        yield Occurrence(
            row.customer_id,
            NAME,
            "follow-up",
            row.next_on,
            days_late,
            days_late > 0,
            0,
            row.channel,
            15,
            min(days_late / _DAYS_THAT_COUNT_AS_LONG, 1.0),
        )
