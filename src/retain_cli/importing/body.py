"""The rows of a table among the records of a file: no blank line, rule, total, footer or header."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from retain_cli.errors import BadInput
from retain_cli.importing.block import Block, block_of
from retain_cli.importing.dialect import Record
from retain_cli.importing.shape import Shape, cleaned, trimmed

_MOST_HELD = 50
_RULE = re.compile(r"[-=_*+.·—─~#\s]+")
_TOTALS = (
    "total", "totals", "grand total", "subtotal", "sub total", "sum", "合计", "总计", "小计",
    "总额", "合計", "総計", "小計", "summe", "gesamt", "gesamtsumme", "zwischensumme",
    "total général", "sous-total", "suma", "total general",
)  # fmt: skip
_TOTAL = re.compile(rf"(?:{'|'.join(_TOTALS)})\s*[:：]?", re.IGNORECASE)
_RULES = {mark * length for mark in "-=_*" for length in range(3, 60)}
_SUM = re.compile(r"[-+(]?\W?\d{1,9}(?:[.,\s]\d+)*\W{0,2}")
_TOTALS_AS_WRITTEN = {
    written + mark
    for word in _TOTALS
    for written in (word, word.capitalize(), word.title(), word.upper())
    for mark in ("", ":", "：")
}

Refuse = Callable[[Record, int | None, str], None]
"""What is told of a record that cannot be a row: the record, the number of the cell at fault if one is, and why."""


@dataclass(slots=True)
class LeftOut:
    """Lines that are no rows, to be said in the summary."""

    said: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, what: str) -> None:
        """One more; only the first few are named."""
        self.count += 1
        if self.count <= 5:
            self.said.append(f"line {line} ({what})")
        elif self.count == 6:
            self.said.append("…")


def rows_of(
    records: Iterable[Record], shape: Shape, name: str, refuse: Refuse, left_out: LeftOut
) -> Iterator[Record]:
    """The rows of the table; what is blank, a repeated header, a rule, a total or a footer is left out.

    A record that has more or fewer cells than the header is refused, never shifted; BadInput where another table
    begins, since half a file is not taken in.
    """
    body = _Body(shape, name, refuse, left_out)
    for record in records:
        if body.is_row(record[1]):
            yield record
        else:
            yield from body.look_at(record)
    body.end()


def blocks_of(
    some: Iterable[Sequence[Record] | Block], shape: Shape, name: str, refuse: Refuse, left_out: LeftOut
) -> Iterator[Block]:
    """The same rows many at a time; `some` are records, or blocks where a file gives its columns."""
    body = _Body(shape, name, refuse, left_out)
    for records in some:
        if (block := body.as_rows(records)) is None:
            kept: list[Record] = []
            for record in records.rows() if isinstance(records, Block) else records:
                kept.extend((record,) if body.is_row(record[1]) else body.look_at(record))
            block = block_of(kept)
        if block.lines:
            yield block
    body.end()


class _Body:
    """Looks closely at the records that may not be rows."""

    def __init__(self, shape: Shape, name: str, refuse: Refuse, left_out: LeftOut) -> None:
        self._shape = shape
        self._file = name
        self._refuse = refuse
        self._left_out = left_out
        self._blank_before = False
        self._named = {word.casefold() for word in shape.names if word}
        self.lead = next((n for n, word in enumerate(shape.names) if word), 0)
        self.odd = {"", *_TOTALS_AS_WRITTEN, *_RULES}
        # Whichever column another table begins with, and however a header is written again.
        self.odd.update(form(word) for word in shape.names for form in (str, str.lower, str.upper, str.title))
        self.held: list[Record] = []
        """Lines that are a footer if no row comes after them."""

    def is_row(self, cells: list[str]) -> bool:
        """Whether it is one at a glance."""
        width = self._shape.width
        return len(cells) == width and width > 0 and cells[self.lead] not in self.odd and not self.held

    def as_rows(self, records: Sequence[Record] | Block) -> Block | None:
        """The records as a block, if all of them are rows at a glance."""
        if self.held or not records:
            return None
        if isinstance(records, Block):
            block = records
        elif {len(cells) for _, cells in records} == {self._shape.width}:
            block = block_of(records)
        else:
            return None
        usual = len(block.columns) == self._shape.width > 0 and self.odd.isdisjoint(block.columns[self.lead])
        return block if usual else None

    def look_at(self, record: Record) -> Iterator[Record]:
        line, cells = record
        filled = [cell for cell in cells if cell and not cell.isspace()]
        if not filled:
            self._blank_before = True
        elif what := self._is_no_row(line, cells, filled):
            self._left_out.add(line, what)
        elif len(filled) == 1 and self._shape.width > 1 and (len(cells) == 1 or self._blank_before):
            self.held.append(record)
            if len(self.held) > _MOST_HELD:
                yield from self._release()
        else:
            yield from self._release()
            self._blank_before = False
            yield from self._fitting(record)

    def end(self) -> None:
        """No row came after what is held: it was a footer."""
        for line, _ in self.held:
            self._left_out.add(line, "below the table")

    def _release(self) -> Iterator[Record]:
        held, self.held = self.held, []
        for record in held:
            yield from self._fitting(record)

    def _is_no_row(self, line: int, cells: list[str], filled: list[str]) -> str:
        if not self._shape.names:
            return ""
        words = cleaned(cells)
        again = sum(word.casefold() in self._named for word in words if word)
        if again == len(filled) and trimmed(words) == trimmed(self._shape.names):
            return "the header again"
        # A header has each of its words once; a row may say one of them in every cell.
        again = len({word.casefold() for word in words} & self._named)
        if again >= 3 and again * 3 >= len(filled) * 2 and again * 2 >= len(self._named):
            raise BadInput(
                f"{self._file}:{line}: another table begins, with the columns {', '.join(filter(None, words))}",
                "Save each table as a file of its own.",
                code="second-table",
            )
        if all(_RULE.fullmatch(cell) for cell in filled) and (len(filled) > 1 or len(filled[0].strip()) > 2):
            return "a rule"
        return "totals" if self._is_total(cells, filled) else ""

    def _is_total(self, cells: list[str], filled: list[str]) -> bool:
        """Whether it says so and has gaps where a row would say whom it is about."""
        if not _TOTAL.fullmatch(filled[0].strip()):
            return False
        width = self._shape.width
        sums = len(filled) < width and all(_SUM.fullmatch(cell.strip()) for cell in filled[1:])
        return sums or len(filled) * 2 <= width or len(cells) == 1

    def _fitting(self, record: Record) -> Iterator[Record]:
        line, cells = record
        width = self._shape.width
        beyond = len(cells) - width
        if beyond == 0:
            yield record
        elif beyond > 0 and self._only_ends_empty(cells):
            yield line, cells[:width]
        elif beyond < 0 and not any(self._shape.names[beyond:]):
            yield line, [*cells, *[""] * -beyond]
        else:
            self._refuse(
                record, width if beyond > 0 else None, f"has {len(cells)} cells where the header has {width}"
            )

    def _only_ends_empty(self, cells: list[str]) -> bool:
        """Whether it is certain that just the empty cells at the end are too many, and that none is shifted."""
        width = self._shape.width
        if any(cell.strip() for cell in cells[width:]):
            return False
        return all(cell.strip() for cell in cells[:width]) and self._shape.closed
