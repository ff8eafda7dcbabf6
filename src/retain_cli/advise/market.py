"""What customers together do: who bought a product, and what with it, before it and after it.

Asked over the indexes by product and by customer. Of a product with more than MOST_BUYERS some
stand for all.
"""

from datetime import date
from statistics import median
from typing import NamedTuple

from retain_cli.advise.around import Alike, Around, around, cycles, days_of
from retain_cli.dates.ordinals import Ordinals
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

MOST_BUYERS = 500
"""Of a product's buyers, or of all customers, so many are looked at: every second, or third …, by their numbers."""

FEWEST_CASES = 3
"""What fewer customers did is no habit."""

FEWEST_GAPS = 5
"""From fewer gaps between purchases no cycle of a product is told."""


class Priced(NamedTuple):
    """A product, what a piece of it costs in minor units, and how many customers bought it."""

    category: str
    product: str
    price: float
    buyers: int


class _Bought(NamedTuple):
    customer_id: int
    bought_on: date


class _Day(NamedTuple):
    customer_id: int
    day: str


class _Line(NamedTuple):
    customer_id: int
    day: str
    order_number: str
    product: str


_BOUGHT = "amount > 0 and bought_on <= :day"
_OF_PRODUCT = f"from purchase where product = :product and {_BOUGHT}"
_OF_SOME = f"{_OF_PRODUCT} and customer_id % :every = 0"

_CUSTOMERS = Question("select count(*) from customer", Number)
# Told apart before they are counted, in the order of the index: count(distinct …) would put each into a tree.
_BUYERS = Question(f"select count(*) from (select distinct customer_id {_OF_PRODUCT}) as buyer", Number)
_ORDERS_WITH = Question(
    f"select count(*) from (select distinct customer_id, bought_on, order_number {_OF_SOME}) as orders", Number
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
_SOME_DAYS = Question(f"select distinct customer_id, bought_on {_OF_SOME}", _Day)
_LINES_OF_BUYERS = Question(
    f"""
    select line.customer_id, line.bought_on, line.order_number, line.product
    from (select distinct customer_id {_OF_SOME}) as buyer
        cross join purchase as line on line.customer_id = buyer.customer_id
    where line.amount > 0 and line.bought_on <= :day
    """,
    _Line,
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
        self._known: dict[str, Around] = {}
        self._ordinals = Ordinals()

    def buyers(self, product: str) -> int:
        """How many customers bought the product."""
        return self._number("buyers", _BUYERS, product)

    def order_share(self, product: str) -> float:
        """The share of all orders that have the product; an order is a customer's day and order number."""
        every = _one_in(self._number("customers", _CUSTOMERS))
        orders = every * self._number("orders", _ORDERS, every=every, day=self._day)
        return min(self._orders_with(product) * self._one_in(product) / max(orders, 1), 1.0)

    def together(self, product: str) -> tuple[int, list[Alike]]:
        """Of so many orders with the product, what else is in how many, the most first."""
        around = self._around(product)
        return len(around.baskets), around.together()

    def afterwards(self, product: str) -> tuple[int, list[Alike]]:
        """Of so many buyers, how many bought what on a later day, the most first."""
        around = self._around(product)
        return len(around.days), around.afterwards()

    def before(self, product: str) -> tuple[int, list[Alike]]:
        """Of so many buyers, how many had bought what on an earlier day, the most first."""
        around = self._around(product)
        return len(around.days), around.before()

    def buyer_share(self, product: str) -> float:
        """The share of all customers that bought the product."""
        return self.buyers(product) / max(self._number("customers", _CUSTOMERS), 1)

    def usual_gap(self, product: str, next_product: str) -> int | None:
        """The median days from the first purchase of a product to the next one's; None where too few did."""
        gaps = self._around(product).gaps_to(next_product, self._ordinals)
        return round(median(gaps)) if len(gaps) >= FEWEST_CASES else None

    def days_of_buyers(self, product: str) -> dict[int, list[date]]:
        """On which days all the buyers bought the product."""
        days: dict[int, list[date]] = {}
        for bought in self._store.stream(_DAYS, product=product, day=self._day):
            days.setdefault(bought.customer_id, []).append(bought.bought_on)
        return days

    def usual_cycle(self, product: str) -> tuple[int, int] | None:
        """The median days from one purchase of the product to the same customer's next, and of how many gaps."""
        if product in self._known:
            days = self._known[product].days
        else:
            asked = {"product": product, "every": self._one_in(product), "day": self._day}
            days = days_of(self._store.bare(_SOME_DAYS, **asked))
        found = cycles(days, self._ordinals)
        return (round(median(found)), len(found)) if len(found) >= FEWEST_GAPS else None

    def prices(self, currency: str) -> list[Priced]:
        """The products that have a category and what a piece of each costs, those that most bought first."""
        every = _one_in(self._number("customers", _CUSTOMERS))
        return self._store.ask(_PRICES, currency=currency, every=every, day=self._day)

    def _one_in(self, product: str) -> int:
        return _one_in(self.buyers(product))

    def _orders_with(self, product: str) -> int:
        if product in self._known:
            return len(self._known[product].baskets)
        return self._number("orders with", _ORDERS_WITH, product, every=self._one_in(product))

    def _around(self, product: str) -> Around:
        if product not in self._known:
            every = self._one_in(product)
            lines = self._store.bare(_LINES_OF_BUYERS, product=product, every=every, day=self._day)
            self._known[product] = around(product, list(lines))
        return self._known[product]

    def _number(self, name: str, question: Question[Number], product: str = "", **parameters: object) -> int:
        if (name, product) not in self._numbers:
            if product:
                parameters |= {"product": product, "day": self._day}
            answer = self._store.first(question, **parameters)
            self._numbers[name, product] = (answer.value or 0) if answer else 0
        return self._numbers[name, product]


def _one_in(number: int) -> int:
    """Every how manieth to look at, so that no more than about MOST_BUYERS of `number` are."""
    return max(-(-number // MOST_BUYERS), 1)
