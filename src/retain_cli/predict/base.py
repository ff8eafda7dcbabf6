"""Everyone who bought, as the models see them: orders, days and amounts up to a day."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from retain_cli.dates.ordinals import Ordinals
from retain_cli.predict.gamma_gamma import Mean
from retain_cli.predict.histories import History
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class Buyer(NamedTuple):
    """One customer; `amount` and `repeat_amount`, that of the days after the first order, in minor units."""

    customer_id: int
    history: History
    amount: int
    repeat_amount: int


class Base:
    """Columns of a base, which hold a million customers in a few dozen megabytes."""

    def __init__(self) -> None:
        self.customer = array("q")
        self.repeats = array("i")
        self.last = array("i")
        self.age = array("i")
        self.amount = array("q")
        self.repeat_amount = array("q")

    def __len__(self) -> int:
        return len(self.customer)

    def __iter__(self) -> Iterator[Buyer]:
        columns = zip(
            self.customer, self.repeats, self.last, self.age, self.amount, self.repeat_amount, strict=True
        )
        for customer, repeats, last, age, amount, repeat_amount in columns:
            yield Buyer(customer, History(repeats, last, age), amount, repeat_amount)

    @property
    def repeaters(self) -> int:
        """How many came back on another day."""
        return len(self) - self.repeats.count(0)

    @property
    def days(self) -> int:
        """How long ago the first order of all was."""
        return max(self.age, default=0)

    def histories(self) -> list[tuple[History, int]]:
        """The different histories, and how many customers have each."""
        counted = Counter(zip(self.repeats, self.last, self.age, strict=True))
        return [(History._make(history), customers) for history, customers in counted.items()]

    def gaps(self) -> list[tuple[Mean, int]]:
        """The mean gaps between orders, in days, and how many customers have each."""
        counted = Counter(zip(self.repeats, self.last, strict=True))
        return [(Mean(repeats, last / repeats), n) for (repeats, last), n in counted.items() if repeats]

    def amounts(self) -> list[tuple[Mean, int]]:
        """The mean amounts of a repeated order, in minor units; whoever took back what they bought is left out."""
        counted = Counter(zip(self.repeats, self.repeat_amount, strict=True))
        return [(Mean(x, amount / x), n) for (x, amount), n in counted.items() if x and amount > 0]


class _Net(NamedTuple):
    customer_id: int
    day: str
    net: int
    is_order: int


class _Whole(NamedTuple):
    customer_id: int
    orders: int
    first: str
    last: str
    net: int
    repeat_net: int


class _OrderDay(NamedTuple):
    customer_id: int
    bought_on: date


# The lines of a day are one order; a day of returns alone is none, but what came back is no longer bought. Of a
# day's lines the largest tells whether anything was bought.
_ORDER_DAYS = """
    select customer_id, bought_on, sum(amount) as net, case when max(amount) >= 0 then 1 else 0 end as is_order
    from purchase
    where currency = :currency and bought_on <= :day {also} group by customer_id, bought_on
"""
_CHANGED = "and customer_id in (select customer_id from purchase where id > :after)"
# Most never returned anything: each of their days is an order, and the database can sum them up by itself.
_NOTHING_RETURNED = """
    select customer_id, orders, first_on, last_on, net, net - (
        select sum(amount) from purchase
        where purchase.customer_id = whole.customer_id and bought_on = first_on and currency = :currency)
    from (
        select customer_id, count(distinct bought_on) as orders, min(bought_on) as first_on,
            max(bought_on) as last_on, sum(amount) as net
        from purchase where currency = :currency and bought_on <= :day {also}
        group by customer_id having min(amount) >= 0
    ) as whole
    order by customer_id
"""
_RETURNED = """
    and customer_id in (
        select customer_id from purchase where amount < 0 and currency = :currency and bought_on <= :day
    )
"""
_BY_DAY = _ORDER_DAYS + " order by customer_id, bought_on"
_EVERYBODY = (Question(_NOTHING_RETURNED.format(also=""), _Whole), Question(_BY_DAY.format(also=_RETURNED), _Net))
_CHANGED_SINCE = (
    Question(_NOTHING_RETURNED.format(also=_CHANGED), _Whole),
    Question(_BY_DAY.format(also=_RETURNED + _CHANGED), _Net),
)
_DAYS = Question(
    f"select customer_id, bought_on from ({_ORDER_DAYS.format(also='')}) as order_day"
    " where is_order = 1 order by customer_id, bought_on",
    _OrderDay,
)
_LAST_LINE = Question("select max(id) from purchase", Number)


def base_on(store: Store, policy: Policy, day: date, *, changed_after: int | None = None) -> Base:
    """Everyone who bought up to `day` in the shop's currency, by id.

    With `changed_after`, only those with a purchase noted after the line of that id.
    """
    asked: dict[str, object] = {"currency": policy.currency, "day": day.isoformat()}
    questions = _EVERYBODY
    if changed_after is not None:
        questions, asked["after"] = _CHANGED_SINCE, changed_after
    base, today, known = Base(), day.toordinal(), Ordinals()
    answers = (store.bare(questions[0], **asked), _by_days(store.bare(questions[1], **asked)))
    for customer, orders, first, last, amount, repeat_amount in merge(*answers, key=itemgetter(0)):
        base.customer.append(customer)
        base.repeats.append(orders - 1)
        base.last.append(known[last] - known[first])
        base.age.append(today - known[first])
        base.amount.append(amount)
        base.repeat_amount.append(repeat_amount)
    return base


def _by_days(lines: Iterable[tuple[int, str, int, int]]) -> Iterator[tuple[Any, ...]]:
    """Those who returned something, and bought on some day, from the net amounts of their days."""
    for customer, days in groupby(lines, key=itemgetter(0)):
        orders = amount = repeat_amount = 0
        first = last = ""
        for _, on, net, is_order in days:
            if is_order:
                orders += 1
                first, last = first or on, on
            amount += net
            # What came back between the first order and the second belongs to the first.
            if orders > 1:
                repeat_amount += net
        if orders:
            yield customer, orders, first, last, amount, repeat_amount


def gaps_on(store: Store, policy: Policy, day: date) -> list[int]:
    """Every gap between two orders of a customer, in days."""
    gaps = []
    customer, before = 0, date.min
    for row in store.stream(_DAYS, currency=policy.currency, day=day.isoformat()):
        if row.customer_id == customer:
            gaps.append((row.bought_on - before).days)
        customer, before = row
    return gaps


def last_line(store: Store) -> int:
    """The id of the purchase noted last; 0 where there is none."""
    found = store.first(_LAST_LINE)
    return (found.value or 0) if found else 0
