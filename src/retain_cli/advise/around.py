"""What goes with a product, counted from all the lines of those who bought it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import chain, pairwise
from typing import NamedTuple

MOST_ALIKE = 6
"""So many products are told of that go with one."""


class Alike(NamedTuple):
    """A product, and how many of the cases looked at have it."""

    product: str
    cases: int


class Around(NamedTuple):
    """What is in the same orders as a product, and what its buyers bought before it and after it."""

    baskets: Sequence[set[str]]
    """What else is in each of the orders looked at that have the product."""
    days: Mapping[int, set[str]]
    """On which days each of the buyers looked at bought it."""
    first: Mapping[int, str]
    later: Mapping[str, Mapping[int, str]]
    """Of other products, who bought them on a day after their first of this one, and when first."""
    earlier: Mapping[str, set[int]]
    """Of other products, who had bought them on a day before it."""

    def together(self) -> list[Alike]:
        """Of the orders, how many have which other product, the most first."""
        return _most(Counter(chain.from_iterable(self.baskets)))

    def afterwards(self) -> list[Alike]:
        """Of the buyers, how many bought which other product later, the most first."""
        return _most({product: len(buyers) for product, buyers in self.later.items()})

    def before(self) -> list[Alike]:
        """Of the buyers, how many had bought which other product earlier, the most first."""
        return _most({product: len(buyers) for product, buyers in self.earlier.items()})

    def gaps_to(self, product: str, ordinals: Mapping[str, int]) -> list[int]:
        """The days from each buyer's first purchase of this product to the next of the other, later one."""
        later = self.later.get(product, {})
        return [ordinals[day] - ordinals[self.first[customer]] for customer, day in later.items()]


def around(product: str, lines: Sequence[tuple[int, str, str, str]]) -> Around:
    """Sort out all the lines of a product's buyers: customer, ISO day, order number and product, in any order.

    An order is a customer's day and order number.
    """
    days: defaultdict[int, set[str]] = defaultdict(set)
    baskets: dict[tuple[int, str, str], set[str]] = {}
    for customer, day, order, bought in lines:
        if bought == product:
            days[customer].add(day)
            baskets[customer, day, order] = set()
    first = {customer: min(some) for customer, some in days.items()}
    later: defaultdict[str, dict[int, str]] = defaultdict(dict)
    earlier: defaultdict[str, set[int]] = defaultdict(set)
    # Tens of thousands of lines go through here.
    for customer, day, order, bought in lines:
        if bought == product or not bought:
            continue
        began = first[customer]
        if day > began:
            buyers = later[bought]
            if customer not in buyers or day < buyers[customer]:
                buyers[customer] = day
        elif day < began:
            earlier[bought].add(customer)
        if day in days[customer] and (customer, day, order) in baskets:
            baskets[customer, day, order].add(bought)
    return Around(list(baskets.values()), days, first, later, earlier)


def days_of(bought: Iterable[tuple[int, str]]) -> Mapping[int, set[str]]:
    """The ISO days of each customer."""
    days: defaultdict[int, set[str]] = defaultdict(set)
    for customer, day in bought:
        days[customer].add(day)
    return days


def cycles(days: Mapping[int, set[str]], ordinals: Mapping[str, int]) -> list[int]:
    """The days from one of a customer's days to the next, of all customers."""
    return [
        ordinals[later] - ordinals[earlier]
        for some in days.values()
        if len(some) > 1
        for earlier, later in pairwise(sorted(some))
    ]


def _most(cases: Mapping[str, int]) -> list[Alike]:
    """The products that most cases have, equals by name."""
    fewest = min(nlargest(MOST_ALIKE, cases.values()), default=0)
    most = sorted((-count, product) for product, count in cases.items() if count >= fewest)
    return [Alike(product, -count) for count, product in most[:MOST_ALIKE]]
