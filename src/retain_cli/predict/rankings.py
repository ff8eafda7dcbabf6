"""Ways to put customers in order, each a score for every customer of a base: the higher, the sooner."""

from bisect import bisect_left
from collections.abc import Sequence

from retain_cli.predict.base import Base
from retain_cli.predict.fitting import BaseFit
from retain_cli.predict.predictions import predictions_for

EXPECTED, EXPECTED_AMOUNT = "expected", "expected-amount"
RANKINGS = (EXPECTED, EXPECTED_AMOUNT, "amount", "recency", "rfm")


def scores(base: Base, found: BaseFit, horizon: int) -> dict[str, list[float]]:
    """The score of each customer by each ranking; by none that needs a model where there is none."""
    last_seen = [float(last - age) for last, age in zip(base.last, base.age, strict=True)]
    orders = [float(repeats + 1) for repeats in base.repeats]
    amount = [float(minor) for minor in base.amount]
    by: dict[str, list[float]] = {}
    if found.orders:
        expected = predictions_for(base, found, horizon)
        by[EXPECTED] = [one for one, _ in expected]
        if found.amount:
            by[EXPECTED_AMOUNT] = [one for _, one in expected]
    by["amount"] = amount
    by["recency"] = last_seen
    fifths = map(_fifths, (last_seen, orders, amount))
    by["rfm"] = [float(sum(of_customer)) for of_customer in zip(*fifths, strict=True)]
    return by


def _fifths(values: Sequence[float]) -> list[int]:
    """5 for the best fifth to 1 for the last; equal values have equal fifths."""
    in_order = sorted(values)
    return [1 + 5 * bisect_left(in_order, value) // len(in_order) for value in values]


def shares_within(scores: Sequence[float], places: float) -> list[float]:
    """How much of each customer belongs to the first `places`: 1 or 0, and a part for those level at the border.

    That is what a choice among equals by lot would take of each on average.
    """
    in_order = sorted(scores, reverse=True)
    whole = min(int(places), len(in_order) - 1)
    border = in_order[whole]
    above = sum(score > border for score in in_order)
    level = sum(score == border for score in in_order)
    part = min(max((places - above) / level, 0.0), 1.0)
    return [1.0 if score > border else part if score == border else 0.0 for score in scores]
