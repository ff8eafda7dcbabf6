"""Loading many lines at once: new ones are inserted, lines that are there already are recognised.

A line is what its key columns say. Equal lines of one load are different lines and get numbers (`nth`) from 0; a
load that brings them again finds them by key and number, however the load is ordered.
"""

import sqlite3
from collections.abc import Callable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from retain_cli.store.journal import write_changed
from retain_cli.store.store import Store

_ROWS_A_STATEMENT = 50


class Lines:
    """Loads lines of one table for one import batch, counting what became of them."""

    def __init__(self, store: Store, table: str, key: Sequence[str], rest: Sequence[str], batch: int) -> None:
        self.created = 0
        self.updated = 0
        self.unchanged = 0
        self.watch: Callable[[tuple[Any, ...], str, dict[str, tuple[Any, Any]]], None] | None = None
        """Is told of every line what became of it, and what of it was changed."""
        self._store = store
        self._table = table
        self._rest = rest
        self._batch = batch
        self._key = len(key)
        self._taken = bytearray()
        """A bit for every row of the table that a line of this load was recognised as."""
        columns = [*key, *rest]
        self._insert = f"insert into {table} ({', '.join(columns)}, nth, batch_id) values "
        self._one = f"({', '.join('?' * len(columns))}, ?, {batch:d})"
        self._first = f"({', '.join('?' * len(columns))}, 0, {batch:d})"
        self._full = self._insert + ", ".join([self._first] * _ROWS_A_STATEMENT)
        # Led by what is wanted, so that each key is looked up in the index; `in (values …)` reads the whole table.
        self._find = (
            f"with wanted ({', '.join(key)}) as (values {{}}) "
            f"select line.id, line.nth, line.batch_id, {', '.join(f'line.{name}' for name in columns)} "
            f"from wanted cross join {table} as line "
            f"where {' and '.join(f'line.{name} = wanted.{name}' for name in key)} order by line.nth"
        )
        self._find_one = f"({', '.join('?' * len(key))})"
        self._update = f"update {table} set {', '.join(f'{name} = ?' for name in rest)} where id = ?"

    def load(self, lines: list[tuple[Any, ...]]) -> None:
        """Take in lines, each the key's values and then the rest's; they are put in order of the first."""
        # Neighbours in the index are written together: half the time of taking them as they come.
        lines.sort(key=itemgetter(0))
        for start in range(0, len(lines), _ROWS_A_STATEMENT):
            chunk = lines[start : start + _ROWS_A_STATEMENT]
            sql = (
                self._full
                if len(chunk) == _ROWS_A_STATEMENT
                else self._insert + ", ".join([self._first] * len(chunk))
            )
            try:
                self._store.run(sql, list(chain.from_iterable(chunk)))
            except sqlite3.IntegrityError:
                self._load_known(chunk)
            else:
                self.created += len(chunk)
                if self.watch is not None:
                    for line in chunk:
                        self.watch(line, "created", {})

    def has_recognised(self, number: int) -> bool:
        """Whether a line of this load was recognised as that row."""
        return self._is_taken(number)

    def _load_known(self, chunk: list[tuple[Any, ...]]) -> None:
        keys = list(dict.fromkeys(line[: self._key] for line in chunk))
        found: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {key: [] for key in keys}
        sql = self._find.format(", ".join([self._find_one] * len(keys)))
        for row in self._store.run(sql, [value for key in keys for value in key]):
            found[row[3 : 3 + self._key]].append(row)
        for line in chunk:
            known = found[line[: self._key]]
            free = [row for row in known if row[2] != self._batch and not self._is_taken(row[0])]
            if free:
                same = (row for row in free if row[3 + self._key :] == line[self._key :])
                self._recognise(next(same, free[0]), line)
            else:
                nth = 1 + max((row[1] for row in known), default=-1)
                made = self._store.run(self._insert + self._one, [*line, nth]).lastrowid
                known.append((made, nth, self._batch, *line))
                self.created += 1
                if self.watch is not None:
                    self.watch(line, "created", {})

    def _recognise(self, row: tuple[Any, ...], line: tuple[Any, ...]) -> None:
        self._take(row[0])
        if row[3 + self._key :] == line[self._key :]:
            self.unchanged += 1
            if self.watch is not None:
                self.watch(line, "unchanged", {})
            return
        before = dict(zip(self._rest, row[3 + self._key :], strict=True))
        now = dict(zip(self._rest, line[self._key :], strict=True))
        changed = {name: value for name, value in now.items() if value != before[name]}
        write_changed(self._store, self._batch, self._table, row[0], before, changed)
        self._store.run(self._update, [*line[self._key :], row[0]])
        self.updated += 1
        if self.watch is not None:
            self.watch(line, "updated", {name: (before[name], value) for name, value in changed.items()})

    def _is_taken(self, number: int) -> bool:
        byte, bit = divmod(number, 8)
        return byte < len(self._taken) and bool(self._taken[byte] >> bit & 1)

    def _take(self, number: int) -> None:
        byte, bit = divmod(number, 8)
        if byte >= len(self._taken):
            self._taken.extend(bytes(byte + 1024 - len(self._taken)))
        self._taken[byte] |= 1 << bit
