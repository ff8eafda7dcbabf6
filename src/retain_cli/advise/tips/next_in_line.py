"""Next in line: what buyers of something they own bought after it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from retain_cli.advise.asked import AskedCustomer, AskedProduct, Leads, Tip
from retain_cli.advise.habit import Habit, leading_to, offered
from retain_cli.advise.market import Market

NAME = "next in line"
WEIGHT = 0.7

MOST_STEPS = 5


def for_customer(asked: AskedCustomer) -> Iterator[Tip]:
    """The MOST_STEPS likeliest things that others bought on a later day than a product the customer has."""
    for product, one, step in islice(offered(asked, _habit(asked.market)), MOST_STEPS):
        gap = asked.market.usual_gap(one.product, product)
        yield Tip(
            asked.customer, product, _with_gap(step.because, gap, one.days[0]), min(step.confidence, 1.0),
            one.days[0] + timedelta(days=gap) if gap else None, step.support, step.confidence, step.lift,
        )  # fmt: skip


def for_product(asked: AskedProduct) -> Iterator[Leads]:
    """The products after which others bought this one."""
    _, others = asked.market.before(asked.product)
    for step in leading_to(asked, _habit(asked.market), others):
        gap = asked.market.usual_gap(step.product, asked.product)
        yield step._replace(because=_with_gap(step.because, gap, None))


def _habit(market: Market) -> Habit:
    return Habit(market.afterwards, market.buyer_share, _said)


def _said(product: str, other: str, cases: int, of: int, lift: float) -> str:
    return f"{cases:,} of {of:,} who bought {product} later bought {other}"


def _with_gap(because: str, gap: int | None, bought_on: date | None) -> str:
    after = f", usually after {gap} days" if gap else ""
    return f"{because}{after}{f'; theirs is of {bought_on}' if bought_on and gap else ''}."
