"""The journal: what was changed and what stood there before, so that it can be undone."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from retain_cli.store.rows import OF_CUSTOMERS, Row, rows_of
from retain_cli.store.store import Store

_BEGIN = """
    insert into import_batch (file, kind, imported_on, rows, created, updated, unchanged, rejected, review)
    values (?, ?, ?, 0, 0, 0, 0, 0, 0)
"""
_WRITE = "insert into journal (batch_id, table_name, row_id, column_name, old, new) values (?, ?, ?, ?, ?, ?)"


def begin_change(store: Store, kind: str, words: str, today: date) -> int:
    """A number for a change of the base, under which it is listed and can be undone."""
    number = store.run(_BEGIN, (words, kind, today.isoformat())).lastrowid
    assert number is not None  # noqa: S101
    return number


def write_changed(store: Store, batch: int, table: str, row: int, old: Mapping[str, Any], new: Row) -> None:
    """Keep what the cells of a row that are being changed held before; `new` has only those that change."""
    store.run_many(
        _WRITE, [(batch, table, row, column, _json(old[column]), _json(value)) for column, value in new.items()]
    )


def write_made(store: Store, batch: int, table: str, number: int, row: Row) -> None:
    """Keep that a row was put in, where the row itself does not say which batch it came with."""
    store.run(_WRITE, (batch, table, number, "", None, _json(row)))


def write_gone(store: Store, batch: int, table: str, number: int, row: Row) -> None:
    """Keep a row that is taken away."""
    store.run(_WRITE, (batch, table, number, "", _json(row), None))


@contextmanager
def recording(store: Store, batch: int, customers: Sequence[int]) -> Iterator[None]:
    """Whatever the block does to these customers and all that is theirs goes into the journal."""
    before = _everything(store, customers)
    yield
    after = _everything(store, customers)
    entries: list[tuple[Any, ...]] = []
    for table, rows in before.items():
        now = after[table]
        for number, row in rows.items():
            if number not in now:
                entries.append((batch, table, number, "", _json(row), None))
            else:
                entries += [
                    (batch, table, number, column, _json(value), _json(now[number][column]))
                    for column, value in row.items()
                    if value != now[number][column]
                ]
        entries += [(batch, table, n, "", None, _json(row)) for n, row in now.items() if n not in rows]
    store.run_many(_WRITE, entries)


def _everything(store: Store, customers: Sequence[int]) -> dict[str, dict[int, Row]]:
    return {table: rows_of(store, table, customers) for table in ("customer", *OF_CUSTOMERS)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
