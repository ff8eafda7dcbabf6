"""What a scheme is given, and what it answers with: a score for everybody who bought, and two borders."""

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


_BOUGHT = Question("select count(*) from net", Number, needs="net")
_AMOUNT_AT = Question("select amount from net order by amount desc limit 1 offset :place - 1", Number, needs="net")
_SCORE_AT = Question("select score from net order by score desc limit 1 offset :place - 1", Number, needs="net")


def number(store: Store, question: Question[Number], **parameters: object) -> int:
    """The one number a question answers with, 0 for none."""
    answer = store.first(question, **parameters)
    return (answer.value or 0) if answer else 0


def bought(store: Store) -> int:
    """How many customers are in `net`."""
    return number(store, _BOUGHT)


def amount_at(store: Store, place: int) -> int:
    """The net amount of the customer at a place, 1 the largest."""
    return number(store, _AMOUNT_AT, place=place)


def score_at(store: Store, place: int) -> int:
    """The score of the customer at a place, 1 the best."""
    return number(store, _SCORE_AT, place=place)
