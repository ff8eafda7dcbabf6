"""Purchases, a line each; returns are below zero."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from retain_cli.exporting.asked import AS_KEPT, Asked, Record, identity
from retain_cli.model.money import Money
from retain_cli.store.question import Question

COLUMNS = (
    "external_id", "phone", "email", "bought_on", "amount", "currency", "order_number", "product", "category",
    "quantity",
)  # fmt: skip
KEPT = ("id", "customer_id", "nth", "batch_id")
_CALLED = {AS_KEPT + column: column for column in KEPT}


class _Purchase(NamedTuple):
    external_id: str | None
    phone: str | None
    email: str | None
    bought_on: date
    amount: int
    currency: str
    order_number: str
    product: str
    category: str
    quantity: float
    id: int
    customer_id: int
    nth: int
    batch_id: int | None


_PURCHASES = Question(
    """
    select external_id, phone, email, bought_on, amount, currency, order_number, product, category, quantity,
        purchase.id, customer_id, nth, purchase.batch_id
    from purchase join customer on customer.id = purchase.customer_id
    where source = :source
    order by purchase.id
    """,
    _Purchase,
)


def rows(asked: Asked) -> Iterator[Record]:
    """One row for each line of an order, in the order they came in."""
    for one in asked.store.stream(_PURCHASES, source=asked.source):
        yield {
            **identity(one.external_id, one.phone, one.email),
            "bought_on": one.bought_on,
            "amount": Money(one.amount, one.currency).plain(),
            "currency": one.currency,
            "order_number": one.order_number,
            "product": one.product,
            "category": one.category,
            "quantity": plain_number(one.quantity),
            **{called: getattr(one, column) for called, column in _CALLED.items()},
        }


def plain_number(number: float) -> str:
    """A number written out, without an exponent and without zeros that say nothing."""
    written = format(Decimal(repr(number)), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
