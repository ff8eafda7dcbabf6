"""What goes with a product, counted from all the lines of those who bought it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
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

    orders: int
    """The orders looked at that have the product."""
    buyers: int
    """The customers looked at who bought it."""
    together: list[Alike]
    """Of the orders, those that have the other product."""
    afterwards: list[Alike]
    """Of the buyers, those who bought the other product on a day after their first of this one."""
    before: list[Alike]
    """Of the buyers, those who had bought the other product on a day before it."""
    gaps: dict[str, list[int]]
    """The days from each buyer's first purchase of this product to the next of the other, later one."""
    cycles: list[int]
    """The days from one purchase day of this product to the same buyer's next."""


def around(product: str, lines: Sequence[tuple[int, str, str, str]], ordinals: Mapping[str, int]) -> Around:
    """Count what goes with `product` in all the lines of its buyers: customer, ISO day, order number and product.

    Nothing is asked of the order of the lines. An order is a customer's day and order number; `ordinals` makes
    days of it that can be subtracted.
    """
    days: dict[int, set[str]] = {}
    baskets: dict[tuple[int, str, str], set[str]] = {}
    for customer, day, order, bought in lines:
        if bought == product:
            days.setdefault(customer, set()).add(day)
            baskets[customer, day, order] = set()
    first = {customer: min(some) for customer, some in days.items()}
    later: dict[str, dict[int, str]] = {}
    earlier: dict[str, set[int]] = {}
    # Tens of thousands of lines go through here.
    for customer, day, order, bought in lines:
        if bought == product or not bought:
            continue
        began = first[customer]
        if day > began:
            buyers = later.setdefault(bought, {})
            if day < buyers.setdefault(customer, day):
                buyers[customer] = day
        elif day < began:
            earlier.setdefault(bought, set()).add(customer)
        basket = baskets.get((customer, day, order))
        if basket is not None:
            basket.add(bought)
    gaps = {
        other: [ordinals[day] - ordinals[first[customer]] for customer, day in buyers.items()]
        for other, buyers in later.items()
    }
    return Around(
        len(baskets),
        len(days),
        _most(Counter(chain.from_iterable(baskets.values()))),
        _most({other: len(buyers) for other, buyers in later.items()}),
        _most({other: len(buyers) for other, buyers in earlier.items()}),
        gaps,
        _cycles(days, ordinals),
    )


def cycles_of(bought: Iterable[tuple[int, str]], ordinals: Mapping[str, int]) -> list[int]:
    """The days between one purchase and the same customer's next, of customers and ISO days in any order."""
    days: dict[int, set[str]] = {}
    for customer, day in bought:
        days.setdefault(customer, set()).add(day)
    return _cycles(days, ordinals)


def _cycles(days: Mapping[int, set[str]], ordinals: Mapping[str, int]) -> list[int]:
    return [
        ordinals[later] - ordinals[earlier]
        for some in days.values()
        if len(some) > 1
        for earlier, later in pairwise(sorted(some))
    ]


def _most(cases: Mapping[str, int]) -> list[Alike]:
    """The products that most cases have, equals by name."""
    return [Alike(*one) for one in nsmallest(MOST_ALIKE, cases.items(), key=lambda one: (-one[1], one[0]))]
