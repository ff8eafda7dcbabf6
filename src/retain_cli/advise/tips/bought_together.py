"""Bought together: what others have in the same order as something they own."""

from collections.abc import Iterator

from retain_cli.advise.asked import AskedCustomer, AskedProduct, Leads, Tip
from retain_cli.advise.habit import Habit, leading_to, offered
from retain_cli.advise.market import Market

NAME = "bought together"
WEIGHT = 0.8


def for_customer(asked: AskedCustomer) -> Iterator[Tip]:
    """What is missing beside what the customer bought: the association rules that begin at their products."""
    for product, _, rule in offered(asked, _habit(asked.market)):
        yield Tip(
            asked.customer, product, rule.because, min(rule.confidence, 1.0),
            support=rule.support, confidence=rule.confidence, lift=rule.lift,
        )  # fmt: skip


def for_product(asked: AskedProduct) -> Iterator[Leads]:
    """The products whose owners lack this one: the association rules that end at it."""
    _, others = asked.market.together(asked.product)
    yield from leading_to(asked, _habit(asked.market), others)


def _habit(market: Market) -> Habit:
    return Habit(market.together, market.order_share, _said)


def _said(product: str, other: str, cases: int, of: int, lift: float) -> str:
    return f"{cases:,} of {of:,} orders with {product} have {other} too, {lift:.1f} times as many as of all."
