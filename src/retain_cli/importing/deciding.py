"""Deciding whom a row that waits is about, and taking it in."""

from datetime import date

from retain_cli.errors import WrongUse
from retain_cli.importing import purchases, visits
from retain_cli.importing.people import People, Suppressed
from retain_cli.importing.review import Item, item, mark, open_items
from retain_cli.store.store import Store


def waiting(store: Store, numbers: list[int], *, same: bool) -> list[Item]:
    """The rows with these numbers, and with `same` all others that say the same person."""
    found = {}
    for number in numbers:
        row = item(store, number)
        if row is None or row.decision is not None:
            state = "is decided already" if row else "is not there"
            raise WrongUse(
                f"row {number} {state}", "See those that wait with: retain review.", code="review-unknown"
            )
        found[number] = row
    if same:
        whom = {row.who for row in found.values()}
        found |= {row.id: row for row in open_items(store) if row.who in whom}
    return list(found.values())


def decide(store: Store, row: Item, today: date, decision: str, customer: int | None) -> int | None:
    """Take the row in for the customer, for a new one, or not at all; the number of whom it went to.

    It belongs to the import it came with, and is taken back with it.
    """
    if decision == "drop":
        mark(store, row.id, decision, today, None)
        return None
    values = row.values
    people = People(store, today, row.batch_id, row.source)
    if decision == "new":
        try:
            customer = people.create(values)
        except Suppressed:
            raise WrongUse(
                f"row {row.id} is about somebody who was erased", "Drop it with --drop.", code="erased"
            ) from None
    assert customer is not None  # noqa: S101
    people.know_as(customer, values.get("external_id") or "")
    if row.kind == "customers":
        people.update(customer, values)
    else:
        loader = purchases if row.kind == "purchases" else visits
        loader.apply(store, row.batch_id, customer, values)
    mark(store, row.id, decision, today, customer)
    return customer
