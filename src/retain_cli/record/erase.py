"""Forgetting a customer: every row that is theirs, and every trace of it that was kept to take something back."""

from datetime import date
from typing import NamedTuple

from retain_cli.store.erasure import remember_erased
from retain_cli.store.question import Number, Question
from retain_cli.store.rows import OF_CUSTOMERS, delete_row, rows_of
from retain_cli.store.store import Store

FORGOTTEN = "somebody who was erased"
"""In place of a name, where a change of the base is listed."""


class _Id(NamedTuple):
    source: str
    external_id: str | None
    phone: str | None
    email: str | None


_KNOWN_BY = Question(
    """
    select source, external_id, phone, email from customer where id = :customer
    union all
    select source, external_id, null, null from customer_identity where customer_id = :customer
    """,
    _Id,
)
# A merge keeps both customers whole, and says their names; so does the word that somebody may be contacted again.
_TOLD_IN = Question(
    """
    select id from import_batch where kind in ('merge', 'contact') and (
        file like '#' || :customer || ' %' or file like '% into #' || :customer || ' %' or exists (
            select 1 from journal
            where batch_id = import_batch.id and table_name = 'customer' and row_id = :customer))
    """,
    Number,
)
_MAY_BE_ABOUT = Question(
    """
    select review_item.id from review_item
    where customer_id = :customer or exists (select 1 from json_each(candidates) where value = :customer)
    """,
    Number,
)
# The guests of one occasion stay together.
# Purchases that an import took out are nowhere but in the journal.
_FORGET_TAKEN_OUT = "delete from journal where table_name = 'purchase' and column_name = '' and old like ?"
_OCCASIONS = """
    update visit set occasion_id = (
        select min(other.id) from visit as other
        where other.occasion_id = visit.occasion_id and other.customer_id <> :customer
    )
    where customer_id <> :customer and occasion_id in (select id from visit where customer_id = :customer)
"""


def erase(store: Store, customer: int, today: date) -> dict[str, int]:
    """Take the customer and all that is theirs away for good; how many rows of each table there were.

    Their phone, e-mail and ids stay as salted hashes, so that no import brings them back. What others were told,
    such as a note that names them, is not looked through.
    """
    for known in store.ask(_KNOWN_BY, customer=customer):
        remember_erased(
            store,
            today,
            source=known.source,
            external_id=known.external_id or "",
            phone=known.phone or "",
            email=known.email or "",
        )
    # Rows point at each other across the tables; at the end none is left to point.
    store.run("pragma defer_foreign_keys = on")
    store.run(_OCCASIONS, {"customer": customer})
    for batch in store.ask(_TOLD_IN, customer=customer):
        store.run("delete from journal where batch_id = ?", (batch.value,))
        store.run("update import_batch set file = ? where id = ?", (FORGOTTEN, batch.value))
    for item in store.ask(_MAY_BE_ABOUT, customer=customer):
        delete_row(store, "review_item", item.value or 0)
    store.run(_FORGET_TAKEN_OUT, (f'%"customer_id": {customer:d},%',))
    removed: dict[str, int] = {}
    for table in (*OF_CUSTOMERS, "customer"):
        numbers = list(rows_of(store, table, [customer]))
        for number in numbers:
            store.run("delete from journal where table_name = ? and row_id = ?", (table, number))
            delete_row(store, table, number)
        if numbers:
            removed[table] = len(numbers)
    return removed
