"""Next in line: what buyers of something they own bought after it."""

from collections.abc import Iterator
from datetime import date, timedelta

from retain_cli.advise.asked import LEAST_CONFIDENCE, LEAST_LIFT, AskedCustomer, AskedProduct, Leads, Owned, Tip
from retain_cli.advise.market import FEWEST_CASES, Market

NAME = "next in line"
WEIGHT = 0.7

MOST_STEPS = 5


def for_customer(asked: AskedCustomer) -> Iterator[Tip]:
    """The MOST_STEPS likeliest things that others bought on a later day than a product the customer has."""
    steps: list[tuple[Leads, str, Owned]] = []
    for one in asked.recent:
        buyers, others = asked.market.afterwards(one.product)
        for other in others:
            if asked.may_offer(other.product):
                step = _step(asked.market, one.product, other.product, other.cases, buyers)
                steps += [(step, other.product, one)] if step else []
    steps.sort(key=lambda found: (-found[0].confidence, found[1]))
    for step, product, one in steps[:MOST_STEPS]:
        gap = asked.market.usual_gap(one.product, product)
        yield Tip(
            asked.customer, product, _with_gap(step.because, gap, one.days[0]), min(step.confidence, 1.0),
            one.days[0] + timedelta(days=gap) if gap else None, step.support, step.confidence, step.lift,
        )  # fmt: skip


def for_product(asked: AskedProduct) -> Iterator[Leads]:
    """The products after which others bought this one."""
    _, others = asked.market.before(asked.product)
    for other in others:
        buyers, later = asked.market.afterwards(other.product)
        cases = next((one.cases for one in later if one.product == asked.product), 0)
        if step := _step(asked.market, other.product, asked.product, cases, buyers):
            gap = asked.market.usual_gap(other.product, asked.product)
            yield step._replace(because=_with_gap(step.because, gap, None))


def _step(market: Market, product: str, other: str, cases: int, buyers: int) -> Leads | None:
    if cases < FEWEST_CASES or cases < LEAST_CONFIDENCE * buyers:
        return None
    confidence = cases / buyers
    lift = confidence / max(market.buyer_share(other), 1e-9)
    if lift < LEAST_LIFT:
        return None
    because = f"{cases:,} of {buyers:,} who bought {product} later bought {other}"
    return Leads(product, because, cases, round(confidence, 4), round(lift, 3))


def _with_gap(because: str, gap: int | None, bought_on: date | None) -> str:
    after = f", usually after {gap} days" if gap else ""
    return f"{because}{after}{f'; theirs is of {bought_on}' if bought_on and gap else ''}."
