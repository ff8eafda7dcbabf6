"""A file to import as rows of cells with their line numbers, read as a stream and readable again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Protocol, runtime_checkable

from retain_cli.errors import BadInput
from retain_cli.importing.block import Block, block_of, in_groups
from retain_cli.importing.body import LeftOut, Refuse, blocks_of, rows_of
from retain_cli.importing.encoding import Encoding
from retain_cli.importing.fields import DAYS, KINDS, normal, without_brackets
from retain_cli.importing.shape import ROWS_THAT_SHOW_IT, Shape, find_shape

_LOOKS = {
    "day": re.compile(r"\W*\d.*[-/.年月].*\d.*"),
    "amount": re.compile(r"[-+(]?\W{0,3}\d[\d.,\s]*\W{0,3}(?:[A-Z]{3})?(?:[(（].*[)）])?"),
    "quantity": re.compile(r"[-+]?\d[\d.,]*"),
    "email": re.compile(r"\S+@\S+"),
    "phone": re.compile(r"[-+()/.\s\d]{5,}"),
}
"""What cells of some fields look like at a glance, to tell a shifted column from one in its place."""

Row = tuple[int, list[str]]
"""The line a record starts on, counted from 1, and its cells."""


class Hints(NamedTuple):
    """What was said by hand about how a file is to be read."""

    encoding: str | None = None
    sheet: str | None = None
    delimiter: str | None = None
    header_rows: int | None = None
    width: int = 0
    """How many columns a file without a header has, where somebody named them."""


class Container(Protocol):
    """What a table comes in."""

    name: str
    size: int
    notes: list[str]

    @property
    def position(self) -> int: ...
    @property
    def encoding(self) -> Encoding | None: ...
    @property
    def has_nul(self) -> bool: ...
    @property
    def delimiter(self) -> str: ...
    def records(self, delimiter: str | None = None, width: int = 0) -> Iterator[Row]: ...


@runtime_checkable
class InColumns(Protocol):
    """A container that gives its columns, which nobody has to make of rows."""

    def blocks(self, skip: int) -> Iterator[Block]: ...


class Source:
    """One file that is being imported; it can be read from the start as often as needed."""

    def __init__(self, container: Container, hints: Hints) -> None:
        self.name = container.name
        self.size = container.size
        self.left_out = LeftOut()
        self.refuse: Refuse = _ignore
        """What is told of a record that has more or fewer cells than the header."""
        self._container = container
        self._hints = hints
        self._shapes: dict[str | None, Shape] = {}
        self._parted_by: str | None = None

    @property
    def position(self) -> int:
        """How far it has been read, of its size."""
        return self._container.position

    @property
    def encoding(self) -> Encoding | None:
        """The encoding of a text; None for what has none."""
        return self._container.encoding

    @property
    def delimiter(self) -> str:
        """What parts the cells."""
        return self._container.delimiter

    @property
    def since_1904(self) -> bool:
        """Whether bare numbers of days count from 1904 and not from 1900."""
        return getattr(self._container, "since_1904", False)

    @property
    def notes(self) -> list[str]:
        """What people should know of how it was read."""
        said = list(self._container.notes)
        if (encoding := self.encoding) and encoding.codec != "utf-8":
            guessed = "" if encoding.certain else f"{self._examples()}; --encoding if that is wrong"
            said.append(f"text read as {encoding.name}{guessed}")
        if self.left_out.count:
            said.append(f"left out {', '.join(self.left_out.said)}")
        return said

    def doubt(self, names: Sequence[str]) -> str:
        """What the text says if its encoding was guessed right; nothing where that is certain.

        A header in `names` that is a word for a field with letters beyond English is proof: none comes by chance.
        """
        encoding = self.encoding
        if encoding is None or encoding.certain:
            return ""
        known = header_words()
        for name in names:
            words = (normal(name), normal(without_brackets(name)))
            if not name.isascii() and any(word in known for word in words if len(word) > 1):
                return ""
        return f"{self.name} is read as {encoding.name} by a guess{self._examples()}"

    def shape(self, delimiter: str | None = None) -> Shape:
        """Where the header stands and how wide the table is."""
        if delimiter not in self._shapes:
            records = list(islice(self._container.records(delimiter), ROWS_THAT_SHOW_IT))
            found = find_shape(records, header_words(), self._hints.header_rows)
            if self._hints.header_rows == 0 and self._hints.width:
                found = found._replace(width=self._hints.width)
            self._shapes[delimiter] = found
        return self._shapes[delimiter]

    def rows(self, delimiter: str | None = None) -> Iterator[Row]:
        """The header, if the file has one, then every row of the table.

        What has more or fewer cells than the header is told to `refuse` instead. BadInput names the line where the
        file as a whole cannot be read right.
        """
        shape = self._whole_shape(delimiter)
        yield from self._rows(shape, delimiter, self.refuse)

    def blocks(self, delimiter: str | None = None) -> Iterator[Block]:
        """The rows without the header, many at a time; what `rows` refuses is refused here too."""
        shape = self._whole_shape(delimiter)
        if self._container.has_nul:
            rows = islice(self._rows(shape, delimiter, self.refuse), bool(shape.names), None)
            yield from map(block_of, in_groups(rows))
            return
        self._begin(shape, delimiter)
        some: Iterable[Sequence[Row] | Block]
        if isinstance(self._container, InColumns):
            some = self._container.blocks(shape.skip)
        else:
            some = in_groups(islice(self._container.records(delimiter, shape.width), shape.skip, None))
        yield from blocks_of(some, shape, self.name, self.refuse, self.left_out)

    def _whole_shape(self, delimiter: str | None) -> Shape:
        self._parted_by = delimiter
        shape = self.shape(delimiter)
        if shape.short_by:
            raise BadInput(
                f"{self.name}:{shape.line}: the header has {shape.width - shape.short_by} names"
                f" where the rows have {shape.width} cells",
                "Add the name that is missing, or a delimiter behind the last one if that is all.",
                code="header-short",
            )
        return shape

    def table(self, delimiter: str | None = None) -> "Table":
        """All of it at once, with what could not be read."""
        shape = self.shape(delimiter)
        problems: list[str] = []

        def refuse(row: Row, cell: int | None, why: str) -> None:
            at = "" if cell is None else f" cell {cell + 1}:"
            problems.append(f"{self.name}:{row[0]}:{at} {why}")

        if shape.short_by:
            problems.append(f"{self.name}:{shape.line}: the header lacks {shape.short_by} of {shape.width} names")
        rows: list[list[str]] = []
        try:
            for _, cells in self._rows(shape, delimiter, refuse):
                rows.append(cells)
        except BadInput as problem:
            problems.append(problem.message)
        if not shape.names:
            return Table([], rows, problems)
        if not shape.certain:
            return Table([], rows, problems)
        return Table(rows[0], rows[1:], problems)

    def _rows(self, shape: Shape, delimiter: str | None, refuse: Refuse) -> Iterator[Row]:
        self._begin(shape, delimiter)
        if shape.names:
            yield shape.line, list(shape.names)
        records: Iterator[Row] = islice(self._container.records(delimiter, shape.width), shape.skip, None)
        if self._container.has_nul:
            records = _without_nul(records, refuse)
        yield from rows_of(records, shape, self.name, refuse, self.left_out)

    def _begin(self, shape: Shape, delimiter: str | None) -> None:
        """Count what stands above the header."""
        self.left_out = LeftOut()
        for line, cells in islice(self._container.records(delimiter, shape.width), shape.skip):
            if line < shape.line and any(cell.strip() for cell in cells):
                self.left_out.add(line, "above the header")

    def _examples(self) -> str:
        """A few words that hang on the encoding, so that a wrong guess is seen."""
        # Not by `rows`, which counts what is left out and tells of bad rows: both are known by now.
        records = self._container.records(self._parted_by, self.shape(self._parted_by).width)
        cells = (cell for _, row in records for cell in row if not cell.isascii())
        found = ", ".join(dict.fromkeys(" ".join(cell.split())[:20] for cell in islice(cells, 12)))
        return f", so that it says {found}" if found else ""


class Table(NamedTuple):
    """What a file holds, read without knowing any field."""

    names: list[str]
    """The header; empty where the file has none."""
    rows: list[list[str]]
    problems: list[str]
    """What could not be read, each with file and line; an import is refused for any of them."""


def header_words() -> dict[str, re.Pattern[str] | None]:
    """The words that headers have, and what the cells below each look like at a glance."""
    return {
        word: _LOOKS.get("day" if field in DAYS else field)
        for kind in KINDS.values()
        for field, words in kind.words.items()
        for word in words
    }


def _without_nul(records: Iterator[Row], refuse: Refuse) -> Iterator[Row]:
    for record in records:
        at = next((n for n, cell in enumerate(record[1]) if "\0" in cell), None)
        if at is None:
            yield record
        else:
            refuse(record, at, "holds a NUL character")


def _ignore(row: Row, cell: int | None, why: str) -> None:
    """Somebody else counts what is refused."""
