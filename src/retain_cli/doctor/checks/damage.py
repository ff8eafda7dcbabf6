"""The file is whole, and every record belongs to one that is there."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from retain_cli.doctor.finding import Asked, Finding
from retain_cli.store.question import Question
from retain_cli.wording import count_of

ORDER = 1
ENDS_IT = True

_SHOWN = 3


class _Broken(NamedTuple):
    table: str
    row: int | None
    parent: str
    link: int


class _Said(NamedTuple):
    words: str


_INTEGRITY = Question(f"pragma integrity_check({_SHOWN})", _Said)
_LINKS = Question('select "table", rowid, parent, fkid from pragma_foreign_key_check', _Broken)


def look(asked: Asked) -> Iterator[Finding]:
    """Damage, as SQLite names it, and records whose customer or other owner is gone."""
    try:
        said = [row.words for row in asked.store.ask(_INTEGRITY)]
        if said != ["ok"]:
            yield _damaged("; ".join(said))
            return
        broken = asked.store.ask(_LINKS)
    except sqlite3.DatabaseError as problem:
        yield _damaged(str(problem))
        return
    if broken:
        first = broken[0]
        yield Finding(
            f"{count_of(len(broken), 'record')} of something that is not there, the first: {first.table} "
            f"{first.row}, without its {first.parent}",
            "Put the newest backup in its place.",
        )


def _damaged(words: str) -> Finding:
    return Finding(f"the file is damaged: {words}", "Put the newest backup in its place.")
