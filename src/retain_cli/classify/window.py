"""What each customer bought in the window that counts."""

from datetime import date

from retain_cli.dates.recurrence import Interval, nth_day
from retain_cli.store.policy import Policy
from retain_cli.store.store import Store

_MAKE = "create temp table if not exists bought (customer_id integer primary key, amount integer not null)"
_FILL = """
    insert into bought (customer_id, amount)
    select customer_id, sum(amount) from purchase
    where bought_on > :after and bought_on <= :day and currency = :currency
    group by customer_id
"""


def after_day(policy: Policy, day: date) -> date:
    """The day after which purchases count for a grade on `day`."""
    return nth_day(day, Interval(months=policy.window_months), -1)


def fill_bought(store: Store, policy: Policy, day: date) -> None:
    """Fill the temporary table `bought` with the net amount of everyone who bought in the window.

    Returns subtract. Only purchases in the shop's currency count; amounts of two currencies are never added.
    """
    store.run(_MAKE)
    store.run("delete from bought")
    store.run(
        _FILL,
        {"after": after_day(policy, day).isoformat(), "day": day.isoformat(), "currency": policy.currency},
    )
