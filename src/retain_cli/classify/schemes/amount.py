"""The best share of customers by net amount in the window."""

import math
from collections.abc import Callable
from typing import NamedTuple

from retain_cli.store.policy import Policy

NAME = "amount"


class Thresholds(NamedTuple):
    """The smallest net amounts, in minor units, that are still an A and a B; None where nobody bought."""

    customers: int
    lowest_a: int | None
    lowest_b: int | None


def thresholds(policy: Policy, customers: int, amount_at: Callable[[int], int]) -> Thresholds:
    """Where A and B end among so many customers; `amount_at(1)` is the largest net amount, and so on.

    A is the best `share_a` of a hundred, B the next `share_b`, both rounded up to whole customers. The amounts at
    those two places decide, so that equal amounts get equal grades and a tie at a border falls to the better one.
    """
    if not customers:
        return Thresholds(0, None, None)
    last_a = max(math.ceil(customers * policy.share_a / 100), 1)
    last_b = min(math.ceil(customers * (policy.share_a + policy.share_b) / 100), customers)
    return Thresholds(customers, amount_at(last_a), amount_at(last_b))
