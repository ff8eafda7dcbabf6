"""A step up: something better of a category they buy in."""

from collections.abc import Iterator

from retain_cli.advise.asked import AskedCustomer, AskedProduct, Owned, Tip
from retain_cli.advise.market import FEWEST_CASES
from retain_cli.model.money import Money

NAME = "step up"
WEIGHT = 0.5

_LEAST_STEP = 1.15
_WIDEST_STEP = 3.0


def for_customer(asked: AskedCustomer) -> Iterator[Tip]:
    """Of each category the product most bought of those that cost 15 % to 200 % more a piece than theirs."""
    best: dict[str, Owned] = {}
    for one in asked.owned:
        if one.category and one.quantity > 0 and one.currency == asked.policy.currency:
            best[one.category] = max(one, best.get(one.category, one), key=_price)
    prices = asked.market.prices(asked.policy.currency) if best else []
    for category, one in best.items():
        products = [other for other in prices if other.category == category]
        most = max((other.buyers for other in products), default=0)
        for other in products:
            fits = _LEAST_STEP * _price(one) <= other.price <= _WIDEST_STEP * _price(one)
            if fits and other.buyers >= FEWEST_CASES and asked.may_offer(other.product):
                theirs, better = (Money(round(p), one.currency) for p in (_price(one), other.price))
                because = (
                    f"In {category} they paid {theirs} for {one.product}; {other.buyers:,} customers "
                    f"bought {other.product} at {better}."
                )
                yield Tip(asked.customer, other.product, because, other.buyers / most, support=other.buyers)
                break


def for_product(asked: AskedProduct) -> Iterator[Tip]:
    """Nobody: whom a better product suits is seen from what they own."""
    yield from ()


def _price(one: Owned) -> float:
    return one.amount / one.quantity
