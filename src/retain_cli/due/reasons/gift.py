"""A gift thought of for them is to be bought."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

NAME = "gift to buy"
WEIGHT = 0.6

_DAYS_THAT_COUNT_AS_LONG = 14


class _Idea(NamedTuple):
    customer_id: int
    what: str
    for_on: date


# For everybody and for one, since each is found by an index of its own.
_IDEAS = """
    select customer_id, what, for_on from gift
    where bought_on is null and given_on is null and for_on is not null and for_on <= :last
"""
_EVERYBODY = Question(_IDEAS, _Idea)
_ONE = Question(_IDEAS + " and customer_id = :customer", _Idea)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Ideas whose day lies within the policy's lead days, or has come; they stay until bought or given."""
    question, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    last = asked.last + timedelta(days=asked.policy.gift_lead_days)
    for row in asked.store.ask(question, last=last.isoformat(), **one):
        days_late = max((asked.day - row.for_on).days, 0)
        yield Occurrence(
            row.customer_id,
            NAME,
            NAME,
            row.for_on,
            days_late,
            days_late > 0,
            0,
            "visit",
            30,
            min(days_late / _DAYS_THAT_COUNT_AS_LONG, 1.0),
            about=row.what,
        )
