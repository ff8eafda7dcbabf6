"""Everyone who bought, as the models see them: orders, days and amounts up to a day."""

from array import array
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.predict.bg_nbd import History
from retain_cli.predict.gamma_gamma import Mean
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


class _Bought(NamedTuple):
    customer_id: int
    orders: int
    first: str
    last: str
    amount: int
    repeat_amount: int


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
_BOUGHT = """
    select customer_id, sum(is_order), min(case when is_order = 1 then bought_on end),
        max(case when is_order = 1 then bought_on end), sum(net), coalesce(sum(case when nth > 1 then net end), 0)
    from (
        select customer_id, bought_on, net, is_order, sum(is_order)
            over (partition by customer_id order by bought_on rows unbounded preceding) as nth
        from ({order_days}) as order_day
    ) as numbered
    group by customer_id having sum(is_order) > 0
"""
_CHANGED = "and customer_id in (select customer_id from purchase where id > :after)"
_EVERYBODY = Question(_BOUGHT.format(order_days=_ORDER_DAYS.format(also="")), _Bought)
_CHANGED_SINCE = Question(_BOUGHT.format(order_days=_ORDER_DAYS.format(also=_CHANGED)), _Bought)
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
    question = _EVERYBODY
    if changed_after is not None:
        question, asked["after"] = _CHANGED_SINCE, changed_after
    base, today, known = Base(), day.toordinal(), _Ordinals()
    for row in store.stream(question, **asked):
        first = known[row.first]
        base.customer.append(row.customer_id)
        base.repeats.append(row.orders - 1)
        base.last.append(known[row.last] - first)
        base.age.append(today - first)
        base.amount.append(row.amount)
        base.repeat_amount.append(row.repeat_amount)
    return base


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


class _Ordinals(dict[str, int]):
    """Days as numbers; a shop has few different ones."""

    def __missing__(self, day: str) -> int:
        self[day] = date.fromisoformat(day).toordinal()
        return self[day]
