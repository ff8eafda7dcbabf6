"""Where the table stands among the records of a file: what is above its header, below its rows and between them."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from retain_cli.errors import BadInput
from retain_cli.importing.block import Block, block_of
from retain_cli.importing.dialect import Record

ROWS_THAT_SHOW_IT = 200

_HEADER_WITHIN = 60
_MOST_HEADER_ROWS = 3
_MOST_HELD = 50
_NEARLY_ALL = 0.9
_SAYS_DATA = re.compile(
    r"[-+(]?\W?\d[\d\s.,:/%)-]*(?:[eE][+-]?\d+)?|.*\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}.*|\S+@\S+\.\S+|https?://.*",
    re.DOTALL,
)
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

HeaderWords = Mapping[str, re.Pattern[str] | None]
"""Words that headers have, and what the cells below one look like where that can be told."""

Refuse = Callable[[Record, int | None, str], None]
"""What is told of a record that cannot be a row: the record, the number of the cell at fault if one is, and why."""


class Shape(NamedTuple):
    """Where the header stands, and how wide the table is."""

    names: list[str]
    """What the columns are called; none where the file has no header."""
    line: int
    skip: int
    """How many records stand above the first row, the header among them."""
    width: int
    certain: bool
    """Whether the header looks like one."""
    short_by: int
    """How many names the header lacks: its rows have that many cells more."""
    closed: bool = True
    """Whether the last column is nearly always filled, so that an empty cell behind it is no shifted one."""


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


def find_shape(records: list[Record], known: HeaderWords, header_rows: int | None = None) -> Shape:
    """The shape that the first records show; header words among `known` help.

    `header_rows` says how many rows the header has, where somebody knows; 0 means that all are data.
    """
    if header_rows == 0 or not any(cell.strip() for _, cells in records for cell in cells):
        return Shape([], 1, 0, _usual_width(records), True, 0)
    at = _header_at(records[:_HEADER_WITHIN], known)
    certain = at is not None
    at = _first_filled(records) if at is None else at
    names = _cleaned(records[at][1])
    end = at + 1
    if header_rows is None:
        names, end = _further_header_rows(records, at, names, known) if certain else (names, end)
    else:
        for _, cells in records[end : at + header_rows]:
            names = [" ".join(filter(None, pair)) for pair in zip_longest(names, _cleaned(cells), fillvalue="")]
        end = at + header_rows
    names, width, short_by = _fitted(names, records[end:], known)
    last = [cells[-1] for _, cells in records[end:] if len(cells) == width]
    closed = sum(bool(cell.strip()) for cell in last) >= _NEARLY_ALL * len(last) > 0
    return Shape(names, records[at][0], end, width, certain, short_by, closed)


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
        self.odd = {"", *_TOTALS_AS_WRITTEN, *_RULES, *shape.names[self.lead : self.lead + 1]}
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
        words = _cleaned(cells)
        again = sum(word.casefold() in self._named for word in words if word)
        if again == len(filled) and _trimmed(words) == _trimmed(self._shape.names):
            return "the header again"
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


def _header_at(records: list[Record], known: Collection[str]) -> int | None:
    """Which record is the header: the first with words that headers have, else the first that is full of names."""
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in records]
    for number, (_, cells) in enumerate(records):
        if _known(cells, known) >= 2 and _names_like(cells) >= 0.7:
            return number
    for number, (_, cells) in enumerate(records):
        after = sorted(filled[number + 1 :])
        usual = after[len(after) // 2] if after else filled[number]
        if filled[number] >= max(1, usual * 0.6, 2 if usual > 1 else 1) and _names_like(cells) == 1:
            return number
        if filled[number] >= 2 and _names_like(cells) < 0.7 and not after:
            return None
    return None


def _further_header_rows(
    records: list[Record], at: int, names: list[str], known: Collection[str]
) -> tuple[list[str], int]:
    """Rows right below the header that belong to it: it once more, in other words, or the names under a group."""
    end = at + 1
    while end < len(records) and end < at + _MOST_HEADER_ROWS:
        cells = _cleaned(records[end][1])
        filled = [cell for cell in cells if cell]
        words = _known(cells, known)
        if _trimmed(cells) == _trimmed(names):
            end += 1
            continue
        if not filled or _names_like(cells) < 1 or len(cells) != len(names):
            break
        gaps = sum(1 for name, cell in zip(names, cells, strict=True) if cell and not name)
        if words >= max(2, len(filled) / 2) or (gaps and words):
            below = [cell or name for name, cell in zip(names, cells, strict=True)]
            names = below if gaps or words > _known(names, known) else names
            end += 1
            continue
        break
    return names, end


def _fitted(names: list[str], rows: list[Record], known: HeaderWords) -> tuple[list[str], int, int]:
    """The names, as many as the rows have cells where that is certain; else how many the header lacks."""
    widths = Counter(len(cells) for _, cells in rows if sum(1 for cell in cells if cell.strip()) > 1)
    if not widths:
        return names, len(names), 0
    usual, often = widths.most_common(1)[0]
    over = len(names) - usual
    if often < _NEARLY_ALL * widths.total() or over == 0:
        return names, len(names), 0
    if over > 0 and not any(names[usual:]):
        return names[:usual], usual, 0
    if over > 0 and names.count("") == over:
        return [name for name in names if name], usual, 0
    if over < 0:
        ends_empty = not any(cell.strip() for _, cells in rows for cell in cells[len(names) :])
        # Rows that just end in a delimiter are as long as rows whose header lost one: what columns hold tells.
        lost = 0 if ends_empty and _hold_what_they_say(names, rows, known) else -over
        return [*names, *[""] * -over], usual, lost
    return names, len(names), 0


def _hold_what_they_say(names: list[str], rows: list[Record], known: HeaderWords) -> bool:
    """Whether two columns or more that name days, numbers or addresses hold them, and none holds other things."""
    sure = 0
    for column, name in enumerate(names):
        looks = known.get(_normal(name))
        cells = [cells[column].strip() for _, cells in rows if column < len(cells) and cells[column].strip()]
        if looks and cells:
            if sum(bool(looks.fullmatch(cell)) for cell in cells) < _NEARLY_ALL * len(cells):
                return False
            sure += 1
    return sure >= 2


def _usual_width(records: list[Record]) -> int:
    widths = Counter(len(cells) for _, cells in records if any(map(str.strip, cells)))
    return widths.most_common(1)[0][0] if widths else 0


def _first_filled(records: list[Record]) -> int:
    return next((n for n, (_, cells) in enumerate(records) if any(cell.strip() for cell in cells)), 0)


def _cleaned(cells: list[str]) -> list[str]:
    return [" ".join(cell.replace("\ufeff", "").replace("\u200b", "").split()) for cell in cells]


def _trimmed(words: list[str]) -> list[str]:
    """Without case, and without the empty ones at the end."""
    found = [word.casefold() for word in words]
    while found and not found[-1]:
        found.pop()
    return found


def _known(cells: list[str], known: Collection[str]) -> int:
    return len({word for cell in cells if (word := _normal(cell)) in known})


def _normal(cell: str) -> str:
    return "".join(filter(str.isalnum, cell.casefold()))


def _names_like(cells: list[str]) -> float:
    """Which share of the filled cells may be the name of a column."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return 0
    return sum(len(cell) <= 100 and not _SAYS_DATA.fullmatch(cell) for cell in filled) / len(filled)
