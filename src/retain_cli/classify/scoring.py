"""What a scheme is given, and what it answers with: a score for everybody who bought, and two borders."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from retain_cli.classify.window import NetAmounts
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class Asked(NamedTuple):
    """Whose purchases are scored, and by which rules."""

    store: Store
    policy: Policy
    day: date
    bought: NetAmounts


class Thresholds(NamedTuple):
    """The smallest scores that are still an A and a B; None where nobody has a score.

    Scores of `amount` and `value` are minor units of the shop's currency; others are the scheme's own.
    """

    customers: int
    lowest_a: int | None
    lowest_b: int | None


class Scored(NamedTuple):
    """One customer's net amount in the window, in minor units, and their score where it is not that."""

    amount: int | None
    score: int | None


class _Borders(NamedTuple):
    lowest_a: int
    lowest_b: int


class _Around(NamedTuple):
    above_a: int
    from_a: int
    above_b: int
    from_b: int


_BOUGHT = Question("select count(*) from net", Number, needs="net")
_AMOUNT_AT = Question("select amount from net order by amount desc limit 1 offset :place - 1", Number, needs="net")
_LAST_BORDERS = Question(
    "select lowest_a, lowest_b from grading where lowest_b is not null order by id desc limit 1", _Borders
)
_AROUND = Question(
    """
    select count(*) filter (where amount > :lowest_a), count(*) filter (where amount >= :lowest_a),
        count(*) filter (where amount > :lowest_b), count(*) filter (where amount >= :lowest_b)
    from net
    """,
    _Around,
    needs="net",
)
_ABOVE = Question(
    "select amount from net where amount > :border order by amount limit 1 offset :further", Number, needs="net"
)
_BELOW = Question(
    "select amount from net where amount < :border order by amount desc limit 1 offset :further",
    Number,
    needs="net",
)
_SCORE_AT = Question("select score from net order by score desc limit 1 offset :place - 1", Number, needs="net")


def empty_tables(store: Store, tables: Mapping[str, str]) -> None:
    """Make temporary tables of these names and columns, with nothing in them."""
    for name, columns in tables.items():
        store.run(f"create temp table if not exists {name} ({columns})")
        store.run(f"delete from {name}")


def number(store: Store, question: Question[Number], **parameters: object) -> int:
    """The one number a question answers with, 0 for none."""
    answer = store.first(question, **parameters)
    return (answer.value or 0) if answer else 0


def bought(store: Store) -> int:
    """How many customers are in `net`."""
    return number(store, _BOUGHT)


def by_shares(policy: Policy, customers: int, score_at: Callable[[int], int]) -> Thresholds:
    """Where A and B end among so many customers; `score_at(1)` is the best score, and so on.

    A is the best `share_a` of a hundred, B the next `share_b`, both rounded up to whole customers. The scores at
    those two places decide, so that equal scores get equal grades and a tie at a border falls to the better one.
    """
    if not customers:
        return Thresholds(0, None, None)
    last_a = max(math.ceil(customers * policy.share_a / 100), 1)
    last_b = min(math.ceil(customers * (policy.share_a + policy.share_b) / 100), customers)
    return Thresholds(customers, score_at(last_a), score_at(last_b))


def amounts_at(store: Store) -> Callable[[int], int]:
    """What the customer at a place bought, 1 the one who bought most.

    Where A and B began last is near to where they begin now: counting from there to the place takes a look at
    everybody, putting everybody in order four times as long.
    """
    last = store.first(_LAST_BORDERS)
    if last is None:
        store.run("create index if not exists net_by_amount on net (amount)")
        return lambda place: number(store, _AMOUNT_AT, place=place)
    around = store.first(_AROUND, lowest_a=last.lowest_a, lowest_b=last.lowest_b) or _Around(0, 0, 0, 0)
    known = ((last.lowest_a, around.above_a, around.from_a), (last.lowest_b, around.above_b, around.from_b))

    def amount_at(place: int) -> int:
        border, above, down_to = min(known, key=lambda one: max(one[1] + 1 - place, place - one[2]))
        if place > down_to:
            return number(store, _BELOW, border=border, further=place - down_to - 1)
        return number(store, _ABOVE, border=border, further=above - place) if place <= above else border

    return amount_at


def score_at(store: Store, place: int) -> int:
    """The score of the customer at a place, 1 the best."""
    return number(store, _SCORE_AT, place=place)
