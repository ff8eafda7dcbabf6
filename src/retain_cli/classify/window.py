"""What each customer bought in the window that counts."""

from datetime import date
from typing import NamedTuple

from retain_cli.dates.recurrence import Interval, nth_day
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class NetAmounts(NamedTuple):
    """SQL whose rows are (customer_id, net): everyone who bought in the window; and its parameters."""

    sql: str
    parameters: dict[str, str]


class _Span(NamedTuple):
    earliest_on: date | None
    latest_on: date | None
    first_currencies: str | None
    last_currencies: str | None
    unknown: int


_SPAN = Question(
    """
    select min(bought_from), max(bought_until), min(currencies), max(currencies),
        count(case when bought_from is null and created + updated + unchanged > 0 then 1 end)
            + (select count(*) from purchase where batch_id is null)
    from import_batch where kind = 'purchases'
    """,
    _Span,
)


def after_day(policy: Policy, day: date) -> date:
    """The day after which purchases count for a grade on `day`."""
    return nth_day(day, Interval(months=policy.window_months), -1)


def net_amounts(store: Store, policy: Policy, day: date) -> NetAmounts:
    """Everyone's net amount in the window.

    Returns subtract. Only purchases in the shop's currency count; amounts of two currencies are never added.
    """
    after = after_day(policy, day)
    tests = " and ".join(_tests_that_can_fail(store, policy, after, day))
    return NetAmounts(
        f"select customer_id, sum(amount) as net from purchase{tests and ' where '}{tests} group by customer_id",
        {"after": after.isoformat(), "day": day.isoformat(), "currency": policy.currency},
    )


def _tests_that_can_fail(store: Store, policy: Policy, after: date, day: date) -> list[str]:
    """The tests of the window that some purchase might not pass.

    Each takes as long as adding the amount up does, and what is kept of every import mostly tells that all its
    purchases pass. Purchases that came in without an import are always tested.
    """
    span = store.first(_SPAN)
    told = span if span and not span.unknown else None
    tests = []
    if not (told and told.earliest_on and told.earliest_on > after):
        tests.append("bought_on > :after")
    if not (told and told.latest_on and told.latest_on <= day):
        tests.append("bought_on <= :day")
    if not (told and told.first_currencies == told.last_currencies == policy.currency):
        tests.append("currency = :currency")
    return tests
