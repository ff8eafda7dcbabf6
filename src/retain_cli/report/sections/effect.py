"""What the routine is good for: customers held out of it, against those who were cared for."""

import math
from typing import Any, NamedTuple

from retain_cli.document import FEWEST_FOR_PERCENT, Block, Column, Note, Rate, Table
from retain_cli.model.money import Money
from retain_cli.plan.holdout import Holdout, last_trial
from retain_cli.report.section import Asked, Measure, Section
from retain_cli.store.question import Question

TITLE = "Effect"
ORDER = 11
MEASURES: dict[str, Measure] = {}
"""The trial has days of its own: there is no earlier period to hold it against, and nothing to aim at."""
MEANINGS = {
    "cared for, held out": "C customers who had the routine touches, and those the lot left out of them.",
    "Bought again": "Of each side, who bought after the day the lots were drawn.",
    "Revenue per customer": "What each side bought since then, net, divided by all its customers.",
    "with care": "Cared for less held out, and between what the difference lies 95 times of 100.",
    "would take about": "How many held out would find a difference like this one in four trials of five.",
}

NORMAL_975, NORMAL_80 = 1.959964, 0.841621
"""Quantiles of the standard normal: an interval of 95 %, and a chance of 80 % to find what is there."""


class Arm(NamedTuple):
    """One side of the trial: customers, who bought again, and the sums of their amounts and of the squares."""

    held: int
    customers: int
    bought: int
    amount: int
    squares: float


class Interval(NamedTuple):
    """A difference, cared for less held out, and its interval of 95 %."""

    value: float
    low: float
    high: float

    @property
    def decided(self) -> bool:
        """Whether it is surely above or surely below nothing."""
        return self.low > 0 or self.high < 0


_ARMS = Question(
    """
    select held, count(*), coalesce(sum(bought), 0), coalesce(sum(net), 0), coalesce(sum(1.0 * net * net), 0.0)
    from (
        select held, coalesce((
                select max(case when amount >= 0 then 1 else 0 end) from purchase
                where purchase.customer_id = holdout_member.customer_id and currency = :currency
                    and bought_on > :first and bought_on <= :last), 0) as bought,
            coalesce((
                select sum(amount) from purchase
                where purchase.customer_id = holdout_member.customer_id and currency = :currency
                    and bought_on > :first and bought_on <= :last), 0) as net
        from holdout_member where holdout_id = :holdout
    ) as member
    group by held order by held
    """,
    Arm,
)


def section(asked: Asked) -> Section:
    """The difference in repeat rate and in revenue per customer, and how many customers would decide it."""
    trial = last_trial(asked.store)
    if trial is None:
        nobody = Note("Nobody was left out of the routine, so there is nothing to compare: retain holdout set 10%.")
        return Section({"trial": None}, [nobody], [])
    last = min(asked.last, trial.ended_on or asked.last)
    arms = asked.store.ask(
        _ARMS,
        holdout=trial.id,
        currency=asked.policy.currency,
        first=trial.started_on.isoformat(),
        last=last.isoformat(),
    )
    cared, held = (next((arm for arm in arms if arm.held == side), Arm(side, 0, 0, 0, 0.0)) for side in (0, 1))
    if not cared.customers or not held.customers:
        return Section({"trial": None}, [Note("One side of the trial has no customers any more.")], [])
    data: dict[str, Any] = {
        "trial": {"started_on": trial.started_on, "until": last, "percent": trial.percent, "seed": trial.seed},
        "cared_for": _arm(cared, asked.policy.currency),
        "held_out": _arm(held, asked.policy.currency),
        "repeat_rate_difference": None,
        "revenue_difference": None,
    }
    measures = [{"side": side, **data[side]} for side in ("cared_for", "held_out")]
    table = _table(data, trial)
    if min(cared.customers, held.customers) < FEWEST_FOR_PERCENT:
        few = Note(
            f"One side has fewer than {FEWEST_FOR_PERCENT} customers, of whom nothing can be said in general."
        )
        return Section(data, [table, few], measures)
    rate = difference_of_rates(cared, held)
    revenue = difference_of_means(cared, held)
    data |= {
        "repeat_rate_difference": {
            "percentage_points": round(100 * rate.value, 2),
            "low": round(100 * rate.low, 2),
            "high": round(100 * rate.high, 2),
            "decided": rate.decided,
            "held_out_needed": needed_for_rates(cared, held),
        },
        "revenue_difference": {
            "value": Money(round(revenue.value), asked.policy.currency),
            "low": Money(round(revenue.low), asked.policy.currency),
            "high": Money(round(revenue.high), asked.policy.currency),
            "decided": revenue.decided,
            "held_out_needed": needed_for_means(cared, held),
        },
    }
    return Section(data, [table, *_verdicts(data, rate, revenue)], measures)


def _arm(arm: Arm, currency: str) -> dict[str, Any]:
    return {
        "customers": arm.customers,
        "bought_again": Rate(arm.bought, arm.customers),
        "revenue_per_customer": Money(round(arm.amount / arm.customers), currency),
    }


def difference_of_rates(cared: Arm, held: Arm) -> Interval:
    """The difference of the two shares that bought again.

    Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine
    17, method 10: from the two score intervals, so that few cases give no interval beyond what can be.
    """
    (one, one_low, one_high), (other, other_low, other_high) = (
        _score(arm.bought, arm.customers) for arm in (cared, held)
    )
    difference = one - other
    return Interval(
        difference,
        difference - math.hypot(one - one_low, other_high - other),
        difference + math.hypot(one_high - one, other - other_low),
    )


def _score(cases: int, of: int) -> tuple[float, float, float]:
    """A share and its score interval (Wilson 1927)."""
    share, z = cases / of, NORMAL_975
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return share, (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def difference_of_means(cared: Arm, held: Arm) -> Interval:
    """The difference of the two mean amounts, with Welch's standard error (1947) and the normal quantile."""
    difference = cared.amount / cared.customers - held.amount / held.customers
    spread = NORMAL_975 * math.sqrt(_variance(cared) / cared.customers + _variance(held) / held.customers)
    return Interval(difference, difference - spread, difference + spread)


def _variance(arm: Arm) -> float:
    return max(arm.squares - arm.amount**2 / arm.customers, 0.0) / (arm.customers - 1)


def needed_for_rates(cared: Arm, held: Arm) -> int | None:
    """How many held out would find a difference like this one; None where there is none."""
    one, other = cared.bought / cared.customers, held.bought / held.customers
    return _needed(one - other, one * (1 - one), other * (1 - other), cared.customers / held.customers)


def needed_for_means(cared: Arm, held: Arm) -> int | None:
    """The same for the mean amounts."""
    difference = cared.amount / cared.customers - held.amount / held.customers
    return _needed(difference, _variance(cared), _variance(held), cared.customers / held.customers)


def _needed(difference: float, variance: float, variance_held: float, cared_for_each: float) -> int | None:
    """How many have to be held out to find a difference in 80 of 100 trials, at a level of 5 % on both sides.

    The usual formula for two independent means, with as many cared for on each held out as there are: Cohen (1988),
    Statistical Power Analysis, chapter 2, in its normal form.
    """
    if not difference or not (variance or variance_held):
        return None
    return math.ceil((NORMAL_975 + NORMAL_80) ** 2 * (variance / cared_for_each + variance_held) / difference**2)


def _table(data: dict[str, Any], trial: Holdout) -> Table:
    columns = (
        Column(""),
        Column("Customers", "right"),
        Column("Bought again", "right"),
        Column("Revenue per customer", "right"),
    )
    rows = [
        (name, arm["customers"], arm["bought_again"], arm["revenue_per_customer"])
        for name, arm in (("cared for", data["cared_for"]), ("held out", data["held_out"]))
    ]
    title = f"{trial.percent}% of C customers held out since {trial.started_on}, until {data['trial']['until']}"
    return Table(columns, rows, title)


def _verdicts(data: dict[str, Any], rate: Interval, revenue: Interval) -> list[Block]:
    points, money = data["repeat_rate_difference"], data["revenue_difference"]
    return [
        Note(
            f"Bought again: {points['percentage_points']:+.1f} percentage points with care "
            f"({points['low']:+.1f} to {points['high']:+.1f}). {_verdict(rate, points['held_out_needed'])}"
        ),
        Note(
            f"Revenue: {money['value']} a customer with care ({money['low']} to {money['high']}). "
            f"{_verdict(revenue, money['held_out_needed'])}"
        ),
    ]


def _verdict(difference: Interval, needed: int | None) -> str:
    if difference.decided:
        return "Care makes a difference." if difference.value > 0 else "Without care it was more."
    if needed is None:
        return "Not decided, and no difference yet to say how many would."
    return f"Not decided: a difference like this one would take about {needed:,} held out."
