"""Where the table stands among the records of a file: how many rows its header has, and how wide it is."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from itertools import zip_longest
from typing import NamedTuple

from retain_cli.importing.dialect import Record

ROWS_THAT_SHOW_IT = 200

_HEADER_WITHIN = 60
_MOST_HEADER_ROWS = 3
_NEARLY_ALL = 0.9
_SAYS_DATA = re.compile(
    r"[-+(]?\W?\d[\d\s.,:/%)-]*(?:[eE][+-]?\d+)?|.*\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}.*|\S+@\S+\.\S+|https?://.*",
    re.DOTALL,
)
HeaderWords = Mapping[str, re.Pattern[str] | None]
"""Words that headers have, and what the cells below one look like where that can be told."""


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


def find_shape(records: list[Record], known: HeaderWords, header_rows: int | None = None) -> Shape:
    """The shape that the first records show; header words among `known` help.

    `header_rows` says how many rows the header has, where somebody knows; 0 means that all are data.
    """
    if header_rows == 0 or not any(cell.strip() for _, cells in records for cell in cells):
        return Shape([], 1, 0, _usual_width(records), True, 0)
    at = _header_at(records[:_HEADER_WITHIN], known)
    certain = at is not None
    at = _first_filled(records) if at is None else at
    header = _Header(cleaned(records[at][1]))
    end = at + 1
    if header_rows is not None:
        for _, cells in records[end : at + header_rows]:
            header.add(cleaned(cells))
        end = at + header_rows
    elif certain:
        end = _further_header_rows(records, at, header, known)
        if at and header.stands_under(cleaned(records[at - 1][1]), known):
            at -= 1
    names, width, short_by = _fitted(header.names, records[end:], known)
    last = [cells[-1] for _, cells in records[end:] if len(cells) == width]
    closed = sum(bool(cell.strip()) for cell in last) >= _NEARLY_ALL * len(last) > 0
    return Shape(names, records[at][0], end, width, certain, short_by, closed)


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


def _further_header_rows(records: list[Record], at: int, header: "_Header", known: Collection[str]) -> int:
    """Where the header ends: rows right below it belong to it that say it again, or that stand under its groups."""
    end = at + 1
    while end < len(records) and end < at + _MOST_HEADER_ROWS:
        cells = cleaned(records[end][1])
        filled = [cell for cell in cells if cell]
        if trimmed(cells) == trimmed(header.names):
            header.add(cells, instead=False)
        elif not filled or _names_like(cells) < 1 or len(cells) != len(header.names):
            break
        elif not header.add_below_groups(cells, known):
            words = _known(cells, known)
            gaps = sum(1 for name, cell in zip(header.names, cells, strict=True) if cell and not name)
            if words < max(2, len(filled) / 2) and not (gaps and words):
                break
            better = gaps or words > _known(header.names, known)
            header.add(cells, instead=bool(better))
        end += 1
    return end


class _Header:
    """What a header of one row or several calls the columns."""

    def __init__(self, cells: list[str]) -> None:
        self.names = cells

    def add(self, cells: list[str], *, instead: bool | None = None) -> None:
        """One more row below: its words count `instead` of those above, or not at all, or behind them."""
        pairs = list(zip_longest(self.names, cells, fillvalue=""))
        if instead is None:
            self.names = [" ".join(filter(None, pair)) for pair in pairs]
        elif instead:
            self.names = [below or above for above, below in pairs]

    def add_below_groups(self, cells: list[str], known: Collection[str]) -> bool:
        """Add the row below if it stands under groups; False where it does not."""
        found = _under_groups(self.names, cells, known)
        if found is not None:
            self.names = found
        return found is not None

    def stands_under(self, above: list[str], known: Collection[str]) -> bool:
        """Take in the row above if the names stand under its groups; False where they do not."""
        found = _under_groups(above, self.names, known)
        if found is not None:
            self.names = found
        return found is not None


def _under_groups(groups: list[str], below: list[str], known: Collection[str]) -> list[str] | None:
    """The names of columns that stand under groups: `Customer` over `ID` and `Name`; None where they are none.

    A group reaches to the next. It is part of a name that is known only with it, or that stands under several.
    """
    width = len(below)
    groups = (groups + [""] * width)[:width]
    filled = [cell for cell in groups if cell]
    gaps = sum(1 for group, name in zip(groups, below, strict=True) if name and not group)
    if len(filled) < 2 or not gaps or _names_like(groups) < 1 or len(set(filled)) < len(filled):
        return None
    names, helped, group = [], 0, ""
    for over, name in zip(groups, below, strict=True):
        group = over or group
        whole = f"{group} {name}".strip()
        only_so = bool(name) and _normal(whole) in known and _normal(name) not in known
        helped += only_so
        names.append(whole if only_so or (name and below.count(name) > 1) else name or over)
    return names if helped or len(set(names)) > len(set(below)) else None


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


def cleaned(cells: list[str]) -> list[str]:
    """The words of a header, with one blank between them and nothing that is not seen."""
    return [" ".join(cell.replace("\ufeff", "").replace("\u200b", "").split()) for cell in cells]


def trimmed(words: list[str]) -> list[str]:
    """Words without case, and without the empty ones at the end."""
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
