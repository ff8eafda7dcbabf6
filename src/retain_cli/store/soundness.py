"""Whether the file is whole, as SQLite sees it."""

import sqlite3
from typing import NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.store import Store

_SHOWN = 3


class Orphan(NamedTuple):
    """A record of something that is not there: its table and number, and the table that lacks the other."""

    table: str
    row: int | None
    parent: str


class _Said(NamedTuple):
    words: str


_INTEGRITY = Question(f"pragma integrity_check({_SHOWN})", _Said)
_LINKS = Question('select "table", rowid, parent from pragma_foreign_key_check', Orphan)


def damage(store: Store) -> str:
    """What is damaged, in SQLite's words; nothing where the file is whole."""
    try:
        said = [row.words for row in store.ask(_INTEGRITY)]
    except sqlite3.DatabaseError as problem:
        return str(problem)
    return "" if said == ["ok"] else "; ".join(said)


def orphans(store: Store) -> list[Orphan]:
    """Every record of something that is not there."""
    return store.ask(_LINKS)
