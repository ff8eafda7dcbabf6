"""Whole tables into a database that holds nothing yet, under the numbers their rows have had."""

import re
import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from retain_cli.store.store import Store
from retain_cli.store.tables import IMPORTED, RECORDS

_OF_A_NEW_SHOP = ("plan_line", "service", "policy")
"""Tables in which a new database has the usual, so that rows in them are no work of anybody's."""

_FAILED = re.compile(r"(UNIQUE|CHECK) constraint failed: (.*)")


class BrokenRule(ValueError):
    """A row that a rule of its table stands against: the rule's name, or the columns that are there already."""

    def __init__(self, why: str, rule: str = "", columns: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.rule = rule
        self.columns = tuple(columns)


class BrokenLink(NamedTuple):
    """A row whose column names a row of another table that is not there; `rowid` counts where it has no number."""

    table: str
    rowid: int
    column: str
    to: str


def kept_already(store: Store) -> str | None:
    """What somebody has kept in this database, as it is called outside; None where it is as good as new."""
    for name, table in (IMPORTED | RECORDS).items():
        if table not in _OF_A_NEW_SHOP and store.run(f"select 1 from {table} limit 1").fetchone():
            return name
    return None


def make_room(store: Store, tables: set[str]) -> None:
    """Let rows of these tables come in whatever order, in place of the usual ones of a new database."""
    # Rows point at each other across the tables; at the end each has to be there.
    store.run("pragma defer_foreign_keys = on")
    for table in _OF_A_NEW_SHOP:
        if table in tables:
            store.run(f"delete from {table}")


class Inserting:
    """Puts rows into one table; the table and its columns are the schema's."""

    def __init__(self, store: Store, table: str, columns: Sequence[str]) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        self._store = store
        self._insert = f"insert into {table} ({names}) values ({', '.join('?' * len(columns))})"

    def insert(self, values: Sequence[Any]) -> None:
        """Put one row in; BrokenRule where it cannot be there."""
        try:
            self._store.run(self._insert, values)
        except sqlite3.IntegrityError as problem:
            failed = _FAILED.fullmatch(str(problem))
            if failed and failed[1] == "UNIQUE":
                columns = [name.rpartition(".")[2] for name in failed[2].split(", ")]
                raise BrokenRule("is there twice", columns=columns) from None
            raise BrokenRule(str(problem), rule=failed[2] if failed else "") from None


def broken_link(store: Store) -> BrokenLink | None:
    """The first link that leads nowhere, or None."""
    found = store.run("pragma foreign_key_check").fetchone()
    if found is None:
        return None
    table, rowid, to, number = found
    links = store.run(f"pragma foreign_key_list({table})")
    return BrokenLink(table, rowid, next(row[3] for row in links if row[0] == number), to)


def give_none_again(store: Store, table: str, number: int) -> None:
    """Let the next row of a table that never gives a number twice have one beyond `number`."""
    kept = store.run("select seq from sqlite_sequence where name = ?", (table,)).fetchone()
    if kept is None:
        store.run("insert into sqlite_sequence (name, seq) values (?, ?)", (table, number))
    elif kept[0] < number:
        store.run("update sqlite_sequence set seq = ? where name = ?", (number, table))
