"""The best share of customers by net amount in the window."""

import math
from typing import NamedTuple

from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

NAME = "amount"


class Thresholds(NamedTuple):
    """The smallest net amounts, in minor units, that are still an A and a B; None where nobody bought."""

    customers: int
    lowest_a: int | None
    lowest_b: int | None


_CUSTOMERS = Question("select max(place) from ranked", Number, needs="ranked")
_AMOUNT_AT = Question("select amount from ranked where place = :place", Number, needs="ranked")


def thresholds(store: Store, policy: Policy) -> Thresholds:
    """Where A and B end among the customers in the temporary table `ranked`.

    A is the best `share_a` of a hundred, B the next `share_b`, both rounded up to whole customers. The amounts at
    those two places decide, so that equal amounts get equal grades and a tie at a border falls to the better one.
    """
    customers = _value(store, _CUSTOMERS) or 0
    if not customers:
        return Thresholds(0, None, None)
    last_a = max(math.ceil(customers * policy.share_a / 100), 1)
    last_b = min(math.ceil(customers * (policy.share_a + policy.share_b) / 100), customers)
    return Thresholds(customers, _value(store, _AMOUNT_AT, place=last_a), _value(store, _AMOUNT_AT, place=last_b))


def _value(store: Store, question: Question[Number], **parameters: int) -> int | None:
    row = store.first(question, **parameters)
    return row.value if row else None
