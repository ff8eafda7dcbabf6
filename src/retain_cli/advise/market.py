"""What customers together do: who bought a product, and what with it, before it and after it.

Asked over the indexes by product and by customer. Of a product with more than MOST_BUYERS some
stand for all.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

MOST_BUYERS = 500
"""Of a product's buyers, or of all customers, so many are looked at: every second, or third …, by their numbers."""

FEWEST_CASES = 3
"""What fewer customers did is no habit."""

FEWEST_GAPS = 5
"""From fewer gaps between purchases no cycle of a product is told."""


class Alike(NamedTuple):
    """A product, and how many of the cases looked at have it."""

    product: str
    cases: int


class Priced(NamedTuple):
    """A product, what a piece of it costs in minor units, and how many customers bought it."""

    category: str
    product: str
    price: float
    buyers: int


class _Bought(NamedTuple):
    customer_id: int
    bought_on: date


class _Gap(NamedTuple):
    from_on: date
    to_on: date


_BOUGHT = "amount > 0 and bought_on <= :day"
_OF_PRODUCT = f"from purchase where product = :product and {_BOUGHT} and customer_id % :every = 0"
_FIRST = f"(select customer_id, min(bought_on) as first_on {_OF_PRODUCT} group by customer_id) as buyer"
_OTHER_LINES = "line.amount > 0 and line.bought_on <= :day and line.product <> '' and line.product <> :product"

_CUSTOMERS = Question("select count(*) from customer", Number)
_BUYERS = Question(f"select count(distinct customer_id) {_OF_PRODUCT}", Number)
_ORDERS_WITH = Question(
    f"select count(*) from (select distinct customer_id, bought_on, order_number {_OF_PRODUCT}) as orders", Number
)
# Every so manieth customer, stepped to: looking at all of them would take longer than all the rest.
_SOME_CUSTOMERS = """
    with recursive chosen(id) as (
        select :every union all select id + :every from chosen where id + :every <= (select max(id) from customer)
    )
"""
_ORDERS = Question(
    f"""
    {_SOME_CUSTOMERS} select count(*) from (
        select distinct customer_id, bought_on, order_number
        from chosen cross join purchase
        where customer_id = chosen.id and amount > 0 and bought_on <= :day and product <> ''
    ) as orders
    """,
    Number,
)
_DAYS = Question(f"select distinct customer_id, bought_on {_OF_PRODUCT} order by customer_id, bought_on", _Bought)
# An order is known by the number of one of its lines, which is quicker to tell apart than its three columns.
_TOGETHER = Question(
    f"""
    select line.product, count(distinct basket.number)
    from (
        select customer_id, bought_on, order_number, min(id) as number {_OF_PRODUCT}
        group by customer_id, bought_on, order_number
    ) as basket
        cross join purchase as line on line.customer_id = basket.customer_id and line.bought_on = basket.bought_on
            and line.order_number = basket.order_number
    where {_OTHER_LINES} group by line.product order by 2 desc, 1 limit 6
    """,
    Alike,
)
_OTHERS = f"""
    select line.product, count(distinct line.customer_id)
    from {_FIRST} cross join purchase as line
        on line.customer_id = buyer.customer_id and line.bought_on {{order}} buyer.first_on
    where {_OTHER_LINES} group by line.product order by 2 desc, 1 limit 6
"""
_AFTERWARDS = Question(_OTHERS.format(order=">"), Alike)
_BEFORE = Question(_OTHERS.format(order="<"), Alike)
_GAPS = Question(
    f"""
    select buyer.first_on, min(line.bought_on)
    from {_FIRST} cross join purchase as line
        on line.customer_id = buyer.customer_id and line.bought_on > buyer.first_on
    where {_OTHER_LINES} and line.product = :next group by buyer.customer_id, buyer.first_on
    """,
    _Gap,
)
_PRICES = Question(
    f"""
    {_SOME_CUSTOMERS} select category, product, sum(amount) / sum(quantity), count(distinct customer_id)
    from chosen cross join purchase
    where customer_id = chosen.id and category <> '' and currency = :currency
        and amount > 0 and quantity > 0 and bought_on <= :day and product <> ''
    group by category, product order by 4 desc, 2
    """,
    Priced,
)


class Market:
    """The purchases of all customers up to a day; nothing is asked twice."""

    def __init__(self, store: Store, day: date) -> None:
        self._store = store
        self._day = day.isoformat()
        self._numbers: dict[tuple[str, str], int] = {}

    def buyers(self, product: str) -> int:
        """How many customers bought the product."""
        return self._number("buyers", _BUYERS, product, every=1)

    def order_share(self, product: str) -> float:
        """The share of all orders that have the product; an order is a customer's day and order number."""
        every = _one_in(self._number("customers", _CUSTOMERS))
        orders = every * self._number("orders", _ORDERS, every=every, day=self._day)
        return min(self._orders_with(product) * self._one_in(product) / max(orders, 1), 1.0)

    def together(self, product: str) -> tuple[int, list[Alike]]:
        """Of so many orders with the product, what else is in how many, the most first."""
        return self._orders_with(product), self._ask(_TOGETHER, product)

    def afterwards(self, product: str) -> tuple[int, list[Alike]]:
        """Of so many buyers, how many bought what on a later day, the most first."""
        return self._buyers_looked_at(product), self._ask(_AFTERWARDS, product)

    def before(self, product: str) -> tuple[int, list[Alike]]:
        """Of so many buyers, how many had bought what on an earlier day, the most first."""
        return self._buyers_looked_at(product), self._ask(_BEFORE, product)

    def buyer_share(self, product: str) -> float:
        """The share of all customers that bought the product."""
        return self.buyers(product) / max(self._number("customers", _CUSTOMERS), 1)

    def usual_gap(self, product: str, next_product: str) -> int | None:
        """The median days from the first purchase of a product to the next one's; None where too few did."""
        parameters = {"product": product, "next": next_product, "every": self._one_in(product), "day": self._day}
        gaps = [(gap.to_on - gap.from_on).days for gap in self._store.ask(_GAPS, **parameters)]
        return round(median(gaps)) if len(gaps) >= FEWEST_CASES else None

    def days_of_buyers(self, product: str, *, every: int | None = None) -> dict[int, list[date]]:
        """On which days the buyers bought the product; all of them where `every` is 1."""
        days: dict[int, list[date]] = {}
        every = every or self._one_in(product)
        for bought in self._store.stream(_DAYS, product=product, every=every, day=self._day):
            days.setdefault(bought.customer_id, []).append(bought.bought_on)
        return days

    def usual_cycle(self, product: str) -> tuple[int, int] | None:
        """The median days from one purchase of the product to the same customer's next, and of how many gaps."""
        gaps = [gap for days in self.days_of_buyers(product).values() for gap in gaps_between(days)]
        return (round(median(gaps)), len(gaps)) if len(gaps) >= FEWEST_GAPS else None

    def prices(self, currency: str) -> list[Priced]:
        """The products that have a category and what a piece of each costs, those that most bought first."""
        every = _one_in(self._number("customers", _CUSTOMERS))
        return self._store.ask(_PRICES, currency=currency, every=every, day=self._day)

    def _one_in(self, product: str) -> int:
        return _one_in(self.buyers(product))

    def _buyers_looked_at(self, product: str) -> int:
        return self._number("looked at", _BUYERS, product, every=self._one_in(product))

    def _orders_with(self, product: str) -> int:
        return self._number("orders with", _ORDERS_WITH, product, every=self._one_in(product))

    def _ask(self, question: Question[Alike], product: str) -> list[Alike]:
        return self._store.ask(question, product=product, every=self._one_in(product), day=self._day)

    def _number(self, name: str, question: Question[Number], product: str = "", **parameters: object) -> int:
        if (name, product) not in self._numbers:
            if product:
                parameters |= {"product": product, "day": self._day}
            answer = self._store.first(question, **parameters)
            self._numbers[name, product] = (answer.value or 0) if answer else 0
        return self._numbers[name, product]


def gaps_between(days: Sequence[date]) -> list[int]:
    """The days between one purchase and the next."""
    return [(later - earlier).days for earlier, later in pairwise(days)]


def _one_in(number: int) -> int:
    """Every how manieth to look at, so that no more than about MOST_BUYERS of `number` are."""
    return max(-(-number // MOST_BUYERS), 1)
