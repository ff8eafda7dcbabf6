"""Customers by the month of their first purchase ever, and how many of them bought in each month from then on."""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.document import Chart, Rate, Series
from retain_cli.report.months import months
from retain_cli.report.scope import About
from retain_cli.report.section import Asked

_MOST_MONTHS_SHOWN = 12
_MOST_COHORTS_SHOWN = 24


class _Bought(NamedTuple):
    cohort: str
    month: str
    customers: int


# What was bought before the period counts, so that nobody is new who is not; returns alone are no purchase. A month
# that the period begins within is whole, or its row would shrink from day to day.
_COHORTS = About(
    """
    select cohort, month, count(*) from (
        select distinct newcomer.customer_id, substr(first_day, 1, 7) as cohort, substr(bought_on, 1, 7) as month
        from (
            select customer_id, min(bought_on) as first_day from purchase
            where amount >= 0 and bought_on <= :last and {among customer_id}
            group by customer_id having min(bought_on) >= :begun
        ) as newcomer
            join purchase on purchase.customer_id = newcomer.customer_id
        where amount >= 0 and bought_on <= :last
    ) as bought
    group by cohort, month
    """,
    _Bought,
)


class Cohort(NamedTuple):
    """Who bought for the first time in a month; `bought[n]` is the share who bought in the nth month after."""

    month: str
    customers: int
    bought: list[Rate | None]


def cohorts(asked: Asked) -> list[Cohort]:
    """The cohorts of the period's months, the first month first, each until the last month that is over."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in asked.ask(_COHORTS, begun=asked.first.replace(day=1).isoformat()):
        found[row.cohort][row.month] = row.customers
    period = [month for month in months(asked.first, asked.last) if _is_over(month, asked.last)]
    return [
        Cohort(
            month,
            found[month][month],
            [Rate(found[month].get(later, 0), found[month][month]) for later in period[place:]],
        )
        for place, month in enumerate(period)
        if month in found
    ]


def _is_over(month: str, last: date) -> bool:
    return month < f"{last + timedelta(days=1):%Y-%m}"


def chart(all_of_them: list[Cohort]) -> Chart:
    """The last two years of cohorts, in their first twelve months and the one after."""
    shown = all_of_them[-_MOST_COHORTS_SHOWN:]
    most = min(max(len(one.bought) for one in shown), _MOST_MONTHS_SHOWN + 1)
    return Chart(
        "heat",
        "Who came back, by the month of the first purchase",
        "A row for those who bought for the first time in a month, with how many they are; a column for that month "
        "and each one after it, with the percentage of them who bought in it.",
        [str(n) for n in range(most)],
        [Series(f"{one.month} ({one.customers:,})", (one.bought + [None] * most)[:most]) for one in shown],
    )
