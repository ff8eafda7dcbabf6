"""What each customer bought in the window that counts, the most first."""

from datetime import date

from retain_cli.dates.recurrence import Interval, nth_day
from retain_cli.store.policy import Policy
from retain_cli.store.store import Store

_MAKE = """
    create temp table if not exists ranked (
        place integer primary key, customer_id integer not null, amount integer not null
    )
"""
_FILL = """
    insert into ranked (customer_id, amount)
    select customer_id, sum(amount) as net from purchase
    where bought_on > :after and bought_on <= :day and currency = :currency
    group by customer_id order by net desc, customer_id
"""


def after_day(policy: Policy, day: date) -> date:
    """The day after which purchases count for a grade on `day`."""
    return nth_day(day, Interval(months=policy.window_months), -1)


def rank_customers(store: Store, policy: Policy, day: date) -> None:
    """Fill the temporary table `ranked` with everyone who bought in the window; place 1 has the largest net amount.

    Returns subtract. Only purchases in the shop's currency count; amounts of two currencies are never added.
    """
    store.run(_MAKE)
    store.run("delete from ranked")
    store.run(
        _FILL,
        {"after": after_day(policy, day).isoformat(), "day": day.isoformat(), "currency": policy.currency},
    )
