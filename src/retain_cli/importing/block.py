"""Some rows of a table, column by column: what is asked of every cell is asked of a column at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, repeat
from typing import Any, NamedTuple, overload

from retain_cli.importing.dialect import Record

ROWS_AT_ONCE = 500
"""So few that they stay in the processor's cache while their columns are read: a quarter faster than thousands."""


class Typed(Sequence[str]):
    """Cells of one type that is not text, none of them blank; read as text they are what somebody would have typed.

    `write` makes the text of some values. It is asked only where somebody reads text: whoever can make the same of
    the `values` themselves saves writing them out and reading them back.
    """

    def __init__(self, values: Sequence[Any], write: Callable[[Sequence[Any]], list[str]]) -> None:
        self.values = values
        self._write = write
        self._texts: list[str] | None = None

    def text(self, value: Any) -> str:
        """The text of one value."""
        return self._write([value])[0]

    @property
    def texts(self) -> list[str]:
        """The text of every cell."""
        if self._texts is None:
            self._texts = self._write(self.values)
        return self._texts

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return self.texts[number]
        return self.text(self.values[number]) if self._texts is None else self._texts[number]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)


class Block(NamedTuple):
    """Rows that follow each other; every column has a cell for each of their lines."""

    lines: Sequence[int]
    columns: list[Sequence[str]]

    def row(self, number: int) -> Record:
        """One of the rows, counted from 0."""
        return self.lines[number], [column[number] for column in self.columns]

    def rows(self) -> list[Record]:
        """The rows one by one."""
        return list(zip(self.lines, map(list, zip(*self.columns, strict=True)), strict=True))


def block_of(records: Sequence[Record]) -> Block:
    """The block of records that are all equally wide; of no records a block without columns."""
    lines, rows = zip(*records, strict=True) if records else ((), ())
    return Block(lines, list(zip(*rows, strict=True)))


def in_groups(records: Iterable[Record]) -> Iterator[list[Record]]:
    """As many records at a time as a block has."""
    rest = iter(records)
    while some := list(islice(rest, ROWS_AT_ONCE)):
        yield some


def nothing(rows: int) -> Sequence[str]:
    """A column of empty cells, for a field that a file lacks."""
    return list(repeat("", rows))
