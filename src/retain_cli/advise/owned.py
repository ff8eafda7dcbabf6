"""What one customer has, and what they are never to be offered."""

from datetime import date
from typing import NamedTuple

from retain_cli.advise.asked import Owned, Unwelcome
from retain_cli.store.question import Question, Text
from retain_cli.store.store import Store

DISPLEASED = 2
"""A satisfaction of so much or less, of five, is a complaint."""


class _Line(NamedTuple):
    bought_on: date
    product: str
    category: str
    quantity: float
    amount: int
    currency: str


_LINES = Question(
    """
    select bought_on, product, category, quantity, amount, currency from purchase
    where customer_id = :customer and bought_on <= :day and product <> '' order by bought_on, id
    """,
    _Line,
)
_COMPLAINTS = Question(
    f"""
    select note from visit
    where customer_id = :customer and note is not null and visited_on <= :day
        and (satisfaction <= {DISPLEASED} or outcome = 'incident')
    union all
    select words from ticket where customer_id = :customer and kind = 'complaint' and opened_on <= :day
    union all
    select words from feedback where customer_id = :customer and kind = 'complaint' and said_on <= :day
    """,
    Text,
)


def owned_and_unwelcome(store: Store, customer: int, day: date) -> tuple[list[Owned], Unwelcome]:
    """The products a customer has, the one bought last first, and what is never to be offered to them.

    Returned is what has a line below zero. What they were given for nothing they have, though it tells of no habit.
    Complained of is what is named in the words of a complaint, or of a contact that ended badly: a satisfaction of
    DISPLEASED or less, or an incident.
    """
    by_product: dict[str, list[_Line]] = {}
    for line in store.ask(_LINES, customer=customer, day=day.isoformat()):
        by_product.setdefault(line.product, []).append(line)
    complaints = store.ask(_COMPLAINTS, customer=customer, day=day.isoformat())
    unwelcome = Unwelcome(
        frozenset(p.casefold() for p, lines in by_product.items() if _returned_or_had_for_nothing(lines)),
        "\n".join(text.value or "" for text in complaints).casefold(),
    )
    owned = [_owned(lines) for product, lines in by_product.items() if product not in unwelcome]
    owned = [one for one in owned if one.days]
    owned.sort(key=lambda one: (one.days[-1], one.amount), reverse=True)
    return owned, unwelcome


def _returned_or_had_for_nothing(lines: list[_Line]) -> bool:
    return any(line.amount < 0 for line in lines) or not any(line.amount > 0 for line in lines)


def _owned(lines: list[_Line]) -> Owned:
    bought = [line for line in lines if line.amount > 0]
    last = bought[-1] if bought else lines[-1]
    alike = [line for line in bought if line.currency == last.currency]
    return Owned(
        last.product,
        last.category,
        sorted({line.bought_on for line in bought}),
        sum(line.quantity for line in alike),
        sum(line.amount for line in alike),
        last.currency,
    )
