"""Who serves a customer, as a file names them: one of the staff, who is added where nobody is called so."""

from typing import NamedTuple

from retain_cli.model.name import search_key
from retain_cli.store.journal import write_made
from retain_cli.store.question import Question
from retain_cli.store.rows import read_row
from retain_cli.store.store import Store

NOBODY = frozenset(
    map(
        search_key, ("nobody", "none", "no owner", "unassigned", "not assigned", "未分配", "无负责人", "未割り当て")
    )
)
"""What programs write where a customer is nobody's; it overwrites nothing, as an empty cell does."""

LONGEST_NAME = 60


class _Known(NamedTuple):
    id: int
    name: str
    search_key: str


_STAFF = Question("select id, name, search_key from staff", _Known)


def owner(cell: str) -> str:
    """The name in a cell, empty where it says that there is nobody; ValueError where it is no name."""
    words = " ".join(cell.split())
    if len(words) > LONGEST_NAME:
        raise ValueError(f"longer than the {LONGEST_NAME} letters a name of the staff may have")
    return "" if search_key(words) in NOBODY else words


class Owners:
    """The staff by name, for one import batch; whoever is new is added, in the journal of the batch."""

    def __init__(self, store: Store, batch: int) -> None:
        self.added: list[str] = []
        """Who was added, in the order in which the file names them."""
        self._store = store
        self._batch = batch
        self._known: dict[str, int] | None = None
        self._names: dict[int | None, str] = {}

    def number(self, name: str) -> int:
        """The number of whoever is called so; a part of a name is not enough, for a file is not asked back."""
        key = search_key(name)
        known = self._read()
        if key not in known:
            known[key] = self._add(name, key)
        return known[key]

    def name(self, number: int | None) -> str | None:
        """What somebody of the staff is called."""
        self._read()
        return self._names.get(number)

    def _read(self) -> dict[str, int]:
        if self._known is None:
            people = self._store.ask(_STAFF)
            self._known = {one.search_key: one.id for one in people}
            self._names = {one.id: one.name for one in people}
        return self._known

    def _add(self, name: str, key: str) -> int:
        made = self._store.run(
            "insert into staff (name, search_key, minutes_per_day) values (?, ?, 480)", (name, key)
        ).lastrowid
        assert made is not None  # noqa: S101
        row = read_row(self._store, "staff", made)
        assert row is not None  # noqa: S101
        write_made(self._store, self._batch, "staff", made, row)
        self.added.append(name)
        self._names[made] = name
        return made
