"""Rows by table and number, for undo and merge, which learn from the journal what stood where.

Names of tables and columns out of the journal become part of SQL here, so each is checked first: a table against
the list of this file, a column against the table. Anything else means a damaged database.
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from retain_cli.errors import DatabaseUnusable
from retain_cli.store.store import Store

Row = dict[str, Any]

OF_CUSTOMERS = {
    "review_item": "id",
    "coupon": "id",
    "customer_day": "id",
    "customer_identity": "id",
    "decision": "id",
    "enrolment": "customer_id",
    "feedback": "id",
    "holdout_member": "id",
    "offer": "id",
    "past_enrolment": "id",
    "pin": "id",
    "plan_line": "id",
    "points_entry": "id",
    "prediction": "customer_id",
    "preference": "id",
    "purchase": "id",
    "referral": "id",
    "rhythm": "id",
    "ticket": "id",
    "visit": "id",
    "campaign_contact": "id",
    "clock": "id",
    "gift": "id",
    "invitation": "id",
    "moved_day": "id",
    "need": "id",
    "promise": "id",
    "rating": "id",
    "referred": "id",
    "visit_original": "id",
}
"""Every table whose rows belong to customers, with the column that numbers its rows.

What others point at comes first.
"""

_KEYS = {"customer": "id", "goal": "id", "staff": "id", **OF_CUSTOMERS}


def read_row(store: Store, table: str, number: int) -> Row | None:
    """One row with all its columns, or None."""
    return _rows(store, table, _key(table), [number]).get(number)


def rows_of(store: Store, table: str, customers: Sequence[int]) -> dict[int, Row]:
    """Every row of a table that belongs to one of these customers, by its number."""
    return _rows(store, table, "id" if table == "customer" else "customer_id", customers)


def insert_row(store: Store, table: str, row: Row) -> None:
    """Put a row there with these columns."""
    names = ", ".join(_checked(store, table, row))
    marks = ", ".join("?" * len(row))
    store.run(f"insert into {table} ({names}) values ({marks})", list(row.values()))


def change_row(store: Store, table: str, number: int, cells: Mapping[str, Any]) -> bool:
    """Set some columns of a row; False where another row stands against it, and nothing is changed."""
    names = ", ".join(f"{column} = ?" for column in _checked(store, table, cells))
    try:
        store.run(f"update {table} set {names} where {_key(table)} = ?", [*cells.values(), number])
    except sqlite3.IntegrityError:
        return False
    return True


def delete_row(store: Store, table: str, number: int) -> None:
    """Take one row away."""
    store.run(f"delete from {table} where {_key(table)} = ?", (number,))


def _rows(store: Store, table: str, column: str, wanted: Sequence[int]) -> dict[int, Row]:
    key = _key(table)
    marks = ", ".join("?" * len(wanted))
    cursor = store.run(f"select * from {table} where {column} in ({marks})", wanted)
    names = [about[0] for about in cursor.description]
    found = (dict(zip(names, row, strict=True)) for row in cursor)
    return {row[key]: row for row in found}


def _key(table: str) -> str:
    if table not in _KEYS:
        raise _damaged(f"a table {table!r}")
    return _KEYS[table]


def _checked(store: Store, table: str, columns: Collection[str]) -> Collection[str]:
    _key(table)
    known = {about[0] for about in store.run(f"select * from {table} limit 0").description}
    for column in columns:
        if column not in known:
            raise _damaged(f"a column {column!r} of {table}")
    return columns


def _damaged(what: str) -> DatabaseUnusable:
    return DatabaseUnusable(f"the journal speaks of {what}, which this database has not", "Use a copy from before.")
