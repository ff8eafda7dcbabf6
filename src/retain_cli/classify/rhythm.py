"""How often each customer buys, found anew at every grading for those who bought since the last."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median_low
from typing import NamedTuple

from retain_cli.dates.ordinals import Ordinals
from retain_cli.store.question import Question
from retain_cli.store.store import Store

FEWEST_DAYS = 3
"""Two gaps are the fewest that make a rhythm."""


class _Day(NamedTuple):
    customer_id: int
    day: str


# A day on which they only returned something is no purchase day.
_NOW = """
    select customer_id, count(distinct bought_on) as days, max(bought_on) as last_on
    from purchase where amount > 0 group by customer_id
"""
_CHANGED = f"""
    insert into rhythm_changed (customer_id, days, last_on)
    select bought.customer_id, days, bought.last_on from ({_NOW}) as bought
    where not exists (
        select 1 from rhythm where rhythm.customer_id = bought.customer_id
            and rhythm.purchase_days = days and rhythm.last_on = bought.last_on
    )
"""
_MAKE = """
    create temp table if not exists rhythm_changed (
        customer_id integer primary key, days integer not null, last_on text not null
    )
"""
_GONE = """
    delete from rhythm where customer_id in (select customer_id from rhythm_changed)
        or not exists (select 1 from purchase where purchase.customer_id = rhythm.customer_id and amount > 0)
"""
_TOO_FEW = f"""
    insert into rhythm (customer_id, found_on, purchase_days, last_on, median_days)
    select customer_id, :day, days, last_on, null from rhythm_changed where days < {FEWEST_DAYS}
"""
_DAYS = Question(
    f"""
    select distinct purchase.customer_id, bought_on
    from rhythm_changed cross join purchase on purchase.customer_id = rhythm_changed.customer_id
    where days >= {FEWEST_DAYS} and amount > 0
    order by purchase.customer_id, bought_on
    """,
    _Day,
    needs="rhythm_changed",
)
_INSERT = "insert into rhythm (customer_id, found_on, purchase_days, last_on, median_days) values (?, ?, ?, ?, ?)"


def find_rhythms(store: Store, day: date) -> None:
    """Keep, for everyone who bought, the last purchase day and their own median gap, with the day it was found."""
    store.run(_MAKE)
    store.run("delete from rhythm_changed")
    store.run(_CHANGED)
    store.run(_GONE)
    store.run(_TOO_FEW, {"day": day.isoformat()})
    store.run_many(_INSERT, _rhythms(store, day))


def median_gap(days: Sequence[int]) -> int:
    """The median of the days between purchase days that follow each other; the lower of the middle two."""
    return median_low([later - earlier for earlier, later in pairwise(days)])


def _rhythms(store: Store, day: date) -> Iterator[tuple[object, ...]]:
    found = day.isoformat()
    known = Ordinals()
    for customer, rows in groupby(store.bare(_DAYS), key=itemgetter(0)):
        days = [row[1] for row in rows]
        yield customer, found, len(days), days[-1], median_gap([known[one] for one in days])
