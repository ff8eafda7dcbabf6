"""How often each customer buys, found anew at every grading for those who bought since the last."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import sub
from typing import NamedTuple

from retain_cli.dates.ordinals import Ordinals
from retain_cli.store.question import Question
from retain_cli.store.store import Store

FEWEST_DAYS = 3
"""Two gaps are the fewest that make a rhythm."""


class _Bought(NamedTuple):
    customer_id: int
    purchase_days: int
    last: str
    days: str


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
# One row for each customer, with a day for each line: to hand over a million rows takes longer than to use them.
_DAYS = Question(
    f"""
    select rhythm_changed.customer_id, days, last_on, json_group_array(bought_on)
    from rhythm_changed cross join purchase on purchase.customer_id = rhythm_changed.customer_id
    where days >= {FEWEST_DAYS} and amount > 0
    group by rhythm_changed.customer_id
    """,
    _Bought,
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
    gaps: list[int] = sorted(map(sub, days[1:], days))
    return gaps[(len(gaps) - 1) // 2]


def _rhythms(store: Store, day: date) -> Iterator[tuple[object, ...]]:
    found = day.isoformat()
    ordinal = Ordinals().__getitem__
    for customer, purchase_days, last, lines in store.bare(_DAYS):
        # Days need no escaping: they are what stands between the quotes of the array.
        days = sorted(map(ordinal, set(lines[2:-2].split('","'))))
        yield customer, found, purchase_days, last, median_gap(days)
