"""Bought together: what others have in the same order as something they own."""

from collections.abc import Iterator

from retain_cli.advise.asked import LEAST_CONFIDENCE, LEAST_LIFT, AskedCustomer, AskedProduct, Leads, Tip
from retain_cli.advise.market import FEWEST_CASES, Market

NAME = "bought together"
WEIGHT = 0.8


def for_customer(asked: AskedCustomer) -> Iterator[Tip]:
    """What is missing beside what the customer bought: the association rules that begin at their products."""
    for one in asked.recent:
        orders, others = asked.market.together(one.product)
        for other in others:
            if not asked.may_offer(other.product):
                continue
            if rule := _rule(asked.market, one.product, other.product, other.cases, orders):
                yield Tip(
                    asked.customer, other.product, rule.because, min(rule.confidence, 1.0),
                    support=rule.support, confidence=rule.confidence, lift=rule.lift,
                )  # fmt: skip


def for_product(asked: AskedProduct) -> Iterator[Leads]:
    """The products whose owners lack this one: the association rules that end at it."""
    _, others = asked.market.together(asked.product)
    for other in others:
        # The rule counts the other way round: of the orders with the other product, how many have this one.
        orders, back = asked.market.together(other.product)
        cases = next((one.cases for one in back if one.product == asked.product), 0)
        if rule := _rule(asked.market, other.product, asked.product, cases, orders):
            yield rule


def _rule(market: Market, product: str, other: str, cases: int, orders: int) -> Leads | None:
    if cases < FEWEST_CASES or cases < LEAST_CONFIDENCE * orders:
        return None
    confidence = cases / orders
    lift = confidence / max(market.order_share(other), 1e-9)
    if lift < LEAST_LIFT:
        return None
    because = f"{cases:,} of {orders:,} orders with {product} have {other} too, {lift:.1f} times as many as of all."
    return Leads(product, because, cases, round(confidence, 4), round(lift, 3))
