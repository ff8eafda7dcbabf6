"""The whole table of what is bought together: association rules with one product on the right.

Support is the share of orders with all the products of a rule, confidence the share of the orders with the left
side that have the right one too, lift the confidence divided by the right side's own share (Agrawal, Imielinski,
Swami 1993; Brin and others 1997). Pairs are counted order by order; larger sets are found by intersecting, one bit
an order (Zaki 2000), which is quicker there because few pairs are left.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, combinations, groupby
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from retain_cli.advise.market import FEWEST_CASES
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Rule(NamedTuple):
    """Who bought everything on the left also bought the right, in so many orders."""

    left: tuple[str, ...]
    right: str
    orders: int
    support: float
    confidence: float
    lift: float


class _Line(NamedTuple):
    customer_id: int
    day: str
    order_number: str
    product: str


# In the order of the index by customer and day, so that nothing has to be sorted.
_LINES = Question(
    """
    select customer_id, bought_on, order_number, product from purchase
    where amount > 0 and product <> '' and bought_on <= :day
    order by customer_id, bought_on
    """,
    _Line,
)

USUAL_SUPPORT = 0.006
"""Where no other is asked for; then FEWEST_CASES orders have to show a rule, too."""

Items = tuple[int, ...]
"""Products by number, in ascending order."""


def association_rules(
    store: Store, day: date, min_support: float | None, min_confidence: float
) -> tuple[int, list[Rule]]:
    """How many orders there are, and every rule with so much support and confidence, the highest lift first.

    One order is what a customer bought on one day under one order number; a product counts once in it, a return
    not at all.
    """
    names: dict[str, int] = {}
    baskets = list(_baskets(store, day, names))
    fewest = 1
    if min_support is None:
        min_support, fewest = USUAL_SUPPORT, FEWEST_CASES
    # 0.006 × 1000 is 6.000000000000001 to a computer; six orders are enough all the same.
    counts = frequent_sets(baskets, max(ceil(min_support * len(baskets) - 1e-9), fewest))
    rules = list(_rules(counts, list(names), len(baskets), min_confidence))
    rules.sort(key=lambda rule: (-rule.lift, -rule.orders, rule.left, rule.right))
    return len(baskets), rules


def frequent_sets(baskets: Sequence[Items], fewest: int) -> dict[Items, int]:
    """Every set of items that at least `fewest` baskets have, and how many do; baskets are in ascending order."""
    singles = Counter(chain.from_iterable(baskets))
    common = {item for item, count in singles.items() if count >= fewest}
    kept = [
        basket if common.issuperset(basket) else tuple(filter(common.__contains__, basket)) for basket in baskets
    ]
    pairs: Counter[Items] = Counter()
    for basket in kept:
        if len(basket) > 1:
            pairs.update(combinations(basket, 2))
    found: dict[Items, int] = {(item,): singles[item] for item in common}
    followers: dict[Items, list[int]] = defaultdict(list)
    for pair, count in pairs.items():
        if count >= fewest:
            found[pair] = count
            followers[pair[:1]].append(pair[1])
    if any(len(items) > 1 for items in followers.values()):
        _grow(
            found, _orders_of(kept, {item for pair in found if len(pair) == 2 for item in pair}), followers, fewest
        )
    return found


def _orders_of(baskets: Sequence[Items], wanted: set[int]) -> dict[int, int]:
    """For each item wanted a number with one bit set for each basket that has it."""
    places: dict[int, bytearray] = {item: bytearray(len(baskets) // 8 + 1) for item in wanted}
    for place, basket in enumerate(baskets):
        byte, bit = place >> 3, 1 << (place & 7)
        for item in basket:
            if item in places:
                places[item][byte] |= bit
    return {item: int.from_bytes(bits, "little") for item, bits in places.items()}


def _grow(found: dict[Items, int], orders: dict[int, int], followers: dict[Items, list[int]], fewest: int) -> None:
    """Extend the frequent pairs by one item after the other, as long as enough baskets have them."""
    for first, lasts in followers.items():
        for last in lasts:
            _extend(found, (*first, last), orders[first[0]] & orders[last], orders, sorted(lasts), fewest)


def _extend(
    found: dict[Items, int], items: Items, with_all: int, orders: dict[int, int], siblings: list[int], fewest: int
) -> None:
    longer = []
    for item in siblings:
        # Every pair within a frequent set is frequent itself: most candidates need no counting.
        if item > items[-1] and (items[-1], item) in found:
            with_item = with_all & orders[item]
            if (count := with_item.bit_count()) >= fewest:
                found[(*items, item)] = count
                longer.append((item, with_item))
    for item, with_item in longer:
        _extend(found, (*items, item), with_item, orders, [other for other, _ in longer], fewest)


def _rules(counts: dict[Items, int], names: Sequence[str], orders: int, min_confidence: float) -> Iterator[Rule]:
    for items, count in counts.items():
        if len(items) < 2:
            continue
        for right in items:
            left = tuple(item for item in items if item != right)
            confidence = count / counts[left]
            if confidence >= min_confidence - 1e-12:
                lift = confidence * orders / counts[(right,)]
                said = tuple(sorted(names[item] for item in left))
                yield Rule(said, names[right], count, count / orders, confidence, lift)


def _baskets(store: Store, day: date, names: dict[str, int]) -> Iterator[Items]:
    """The products of each order, numbered in the order they are met."""
    number = names.setdefault
    lines = store.stream(_LINES, day=day.isoformat())
    for _, of_day in groupby(lines, key=itemgetter(0, 1)):
        orders: dict[str, set[int]] = {}
        for line in of_day:
            orders.setdefault(line[2], set()).add(number(line[3], len(names)))
        for items in orders.values():
            yield tuple(sorted(items))
