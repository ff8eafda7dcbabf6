"""The best share of customers by net amount in the window."""

import math
from typing import NamedTuple

from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class Thresholds(NamedTuple):
    """The smallest net amounts, in minor units, that are still an A and a B; None where nobody bought."""

    customers: int
    lowest_a: int | None
    lowest_b: int | None

    def grade(self, amount: int | None) -> str | None:
        """The grade of a net amount; no purchase, no grade."""
        if amount is None or self.lowest_a is None or self.lowest_b is None:
            return None
        return "A" if amount >= self.lowest_a else "B" if amount >= self.lowest_b else "C"


_CUSTOMERS = Question("select count(*) from bought", Number, needs="bought")
_AMOUNT_AT = Question(
    "select amount from bought order by amount desc limit 1 offset :rank - 1", Number, needs="bought"
)


def thresholds(store: Store, policy: Policy) -> Thresholds:
    """Where A and B end among the customers who bought, read from the temporary table `bought`.

    A is the best `share_a` of a hundred, B the next `share_b`, both rounded up to whole customers. The amounts at
    those two ranks decide, so that equal amounts get equal grades and a tie at a border falls to the better one.
    """
    customers = _value(store, _CUSTOMERS) or 0
    if not customers:
        return Thresholds(0, None, None)
    last_a = math.ceil(customers * policy.share_a / 100)
    last_b = min(math.ceil(customers * (policy.share_a + policy.share_b) / 100), customers)
    return Thresholds(
        customers, _value(store, _AMOUNT_AT, rank=max(last_a, 1)), _value(store, _AMOUNT_AT, rank=max(last_b, 1))
    )


def _value(store: Store, question: Question[Number], **parameters: int) -> int | None:
    row = store.first(question, **parameters)
    return row.value if row else None
