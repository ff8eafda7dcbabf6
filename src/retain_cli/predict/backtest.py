"""How well each ranking would have chosen: the last months hidden, the rest learned from, then compared."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.predict.base import Base, base_on, gaps_on
from retain_cli.predict.fitting import BaseFit, fit_base
from retain_cli.predict.outlook import TWO_SIDED_95
from retain_cli.predict.rankings import EXPECTED, scores, shares_within
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store

TOPS = (10, 20, 30)
DECIDES = 20
"""The best so many of a hundred decide which ranking is the best."""
RANDOM = "random"
_GROUPS = 10


class Caught(NamedTuple):
    """What the best `percent` of a ranking did in the hidden months, as shares of what everyone did."""

    percent: int
    customers: float
    orders: float
    orders_share: float
    amount: float
    amount_share: float


class Ranked(NamedTuple):
    """One ranking, and what its tops caught."""

    ranking: str
    tops: list[Caught]


class Group(NamedTuple):
    """A tenth of the customers by expected orders: what was expected of them, and what they did."""

    customers: int
    expected: float
    low: float
    high: float
    actual: int


class Better(NamedTuple):
    """By how much of all orders the best ranking's top caught more than another's, with an interval of 95 %."""

    best: str
    other: str
    difference: float
    low: float
    high: float


class Backtest(NamedTuple):
    """The comparison; orders and amounts are those of the hidden months by customers known before."""

    learned_until: date
    hidden_until: date
    fit: BaseFit
    customers: int
    orders: int
    amount: int
    rankings: list[Ranked]
    calibration: list[Group]
    better: list[Better]
    """The best ranking by orders, against every other, random last."""


class _Hidden(NamedTuple):
    customer_id: int
    orders: int
    amount: int


# The same rule as for the orders that are learned from: a day of returns alone is none, but is subtracted.
_HIDDEN = Question(
    """
    select customer_id, sum(is_order), sum(net) from (
        select customer_id, bought_on, sum(amount) as net, case when max(amount) >= 0 then 1 else 0 end as is_order
        from purchase where currency = :currency and bought_on > :after and bought_on <= :day
        group by customer_id, bought_on
    ) as order_day
    group by customer_id
    """,
    _Hidden,
)


def backtest(store: Store, policy: Policy, learned_until: date, hidden_until: date) -> Backtest:
    """Compare the rankings of `learned_until` by what followed up to `hidden_until`."""
    base = base_on(store, policy, learned_until)
    found = fit_base(base, policy, lambda: gaps_on(store, policy, learned_until))
    orders, amounts = _what_followed(store, policy, base, learned_until, hidden_until)
    horizon = (hidden_until - learned_until).days
    by = scores(base, found, horizon) if len(base) else {}
    rankings = [Ranked(name, _tops(of_ranking, orders, amounts)) for name, of_ranking in by.items()]
    if rankings:
        rankings.append(Ranked(RANDOM, _tops([0.0] * len(base), orders, amounts)))
    return Backtest(
        learned_until,
        hidden_until,
        found,
        len(base),
        sum(orders),
        sum(amounts),
        rankings,
        _calibration(by[EXPECTED], orders) if EXPECTED in by else [],
        _better(by, orders),
    )


def _what_followed(
    store: Store, policy: Policy, base: Base, after: date, until: date
) -> tuple[list[int], list[int]]:
    """Orders and amounts of each customer of the base in the hidden months."""
    asked = {"currency": policy.currency, "after": after.isoformat(), "day": until.isoformat()}
    followed = {row.customer_id: row for row in store.stream(_HIDDEN, **asked)}
    rows = [followed.get(customer) for customer in base.customer]
    return [row.orders if row else 0 for row in rows], [row.amount if row else 0 for row in rows]


def _tops(of_ranking: Sequence[float], orders: Sequence[int], amounts: Sequence[int]) -> list[Caught]:
    return [_caught(of_ranking, percent, orders, amounts) for percent in TOPS]


def _caught(of_ranking: Sequence[float], percent: int, orders: Sequence[int], amounts: Sequence[int]) -> Caught:
    places = len(of_ranking) * percent / 100
    inside = shares_within(of_ranking, places)
    found_orders = sum(part * count for part, count in zip(inside, orders, strict=True))
    found_amount = sum(part * minor for part, minor in zip(inside, amounts, strict=True))
    return Caught(
        percent,
        places,
        found_orders,
        found_orders / sum(orders) if sum(orders) else 0.0,
        found_amount,
        found_amount / sum(amounts) if sum(amounts) > 0 else 0.0,
    )


def _calibration(expected: Sequence[float], orders: Sequence[int]) -> list[Group]:
    """Tenths by expected orders, the least first.

    The interval around the expected sum is that of a mean of as many customers, from how much they differ: the
    normal one for a sum of independent counts.
    """
    in_order = sorted(zip(expected, orders, strict=True))
    size = len(in_order)
    groups = []
    for number in range(_GROUPS):
        some = in_order[size * number // _GROUPS : size * (number + 1) // _GROUPS]
        if not some:
            continue
        total = sum(one for one, _ in some)
        spread = TWO_SIDED_95 * math.sqrt(sum((count - one) ** 2 for one, count in some))
        groups.append(
            Group(len(some), total, max(total - spread, 0.0), total + spread, sum(count for _, count in some))
        )
    return groups


def _better(by: dict[str, list[float]], orders: Sequence[int]) -> list[Better]:
    total = sum(orders)
    if not by or not total:
        return []
    places = len(orders) * DECIDES / 100
    inside = {name: shares_within(of_ranking, places) for name, of_ranking in by.items()}
    inside[RANDOM] = [DECIDES / 100] * len(orders)
    caught = {
        name: sum(part * count for part, count in zip(parts, orders, strict=True)) / total
        for name, parts in inside.items()
    }
    best = max(by, key=lambda name: caught[name])
    return [
        Better(best, other, *_difference(inside[best], inside[other], orders, total))
        for other in caught
        if other != best
    ]


def _difference(
    one: Sequence[float], other: Sequence[float], orders: Sequence[int], total: int
) -> tuple[float, float, float]:
    """The difference of two shares of the same orders: a ratio's linearised variance (Cochran 1977, 6.3)."""
    difference = sum((a - b) * count for a, b, count in zip(one, other, orders, strict=True)) / total
    variance = sum(
        ((a - b - difference) * count / total) ** 2 for a, b, count in zip(one, other, orders, strict=True)
    )
    spread = TWO_SIDED_95 * math.sqrt(variance)
    return difference, difference - spread, difference + spread


def months_before(day: date, months: int) -> date:
    """The last day to learn from when so many months up to `day` are hidden."""
    from retain_cli.dates.recurrence import Interval, nth_day

    return nth_day(day + timedelta(days=1), Interval(months=months), -1) - timedelta(days=1)
