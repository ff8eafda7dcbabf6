"""The whole table of what is bought together: association rules with one product on the right.

Support is the share of orders with all the products of a rule, confidence the share of the orders with the left
side that have the right one too, lift the confidence divided by the right side's own share (Agrawal, Imielinski,
Swami 1993; Brin and others 1997). Pairs are counted product by product; larger sets are found by intersecting,
one bit an order (Zaki 2000), which is quicker there because few pairs are left.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from json import loads
from math import ceil
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


class _Lines(NamedTuple):
    orders: str
    products: str


# Each customer's lines as two arrays: a million rows would take longer to hand over than to count. They come in the
# order of the index by customer, so that nothing has to be sorted.
_LINES = Question(
    """
    select json_group_array(bought_on || order_number), json_group_array(product) from purchase
    where amount > 0 and product <> '' and bought_on <= :day
    group by customer_id
    """,
    _Lines,
)

USUAL_SUPPORT = 0.006
"""Where no other is asked for; then FEWEST_CASES orders have to show a rule, too."""

_BASKETS_AT_ONCE = 50_000

Items = tuple[int, ...]
"""Products by number, in ascending order."""


def association_rules(
    store: Store, day: date, min_support: float | None, min_confidence: float
) -> tuple[int, list[Rule]]:
    """How many orders there are, and every rule with so much support and confidence, the highest lift first.

    One order is what a customer bought on one day under one order number; a product counts once in it, a return
    not at all.
    """
    names = _Numbers()
    baskets = _baskets(store, day, names)
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
    found: dict[Items, int] = {(item,): singles[item] for item in common}
    followers: dict[Items, list[int]] = {}
    for item, later in _counted_after(kept, common).items():
        if lasts := [other for other, count in later.items() if count >= fewest]:
            found |= {(item, other): later[other] for other in lasts}
            followers[(item,)] = lasts
    if any(len(items) > 1 for items in followers.values()):
        _grow(
            found, _orders_of(kept, {item for pair in found if len(pair) == 2 for item in pair}), followers, fewest
        )
    return found


def _counted_after(baskets: Sequence[Items], items: Iterable[int]) -> dict[int, Counter[int]]:
    """For each item, how many baskets have which item after it.

    Gathered by item and counted in one go: counting numbers is several times as quick as counting pairs of them.
    """
    counts: dict[int, Counter[int]] = {item: Counter() for item in items}
    for first in range(0, len(baskets), _BASKETS_AT_ONCE):
        after: dict[int, list[int]] = {item: [] for item in counts}
        for basket in baskets[first : first + _BASKETS_AT_ONCE]:
            for place, item in enumerate(basket, 1):
                after[item].extend(basket[place:])
        for item, later in after.items():
            counts[item].update(later)
    return counts


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


class _Numbers(dict[str, int]):
    """The products numbered in the order they are met."""

    def __missing__(self, product: str) -> int:
        self[product] = len(self)
        return self[product]


def _baskets(store: Store, day: date, numbers: dict[str, int]) -> list[Items]:
    """The products of each order."""
    number = numbers.__getitem__
    baskets: list[Items] = []
    # A million lines go through here.
    for orders, products in store.bare(_LINES, day=day.isoformat()):
        of_order: defaultdict[str, list[int]] = defaultdict(list)
        for order, item in zip(_texts(orders), map(number, _texts(products)), strict=True):
            of_order[order].append(item)
        baskets += [tuple(sorted(set(items))) for items in of_order.values()]
    return baskets


def _texts(array: str) -> list[str]:
    """The texts of a JSON array; where nothing is escaped, they are what stands between the quotes."""
    return loads(array) if "\\" in array else array[2:-2].split('","')
