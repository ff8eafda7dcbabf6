"""Cells of several words in a file whose cells are parted by blanks: put together again where that is certain.

There the mark between cells stands within every cell of two words that somebody forgot to quote. What the rows tell
that have as many cells as the header decides: which columns hold words, and how all the others are written.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_FEWEST_ROWS = 5
_MOST_FORMS = 3
_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+(?:[.,]\d+)?")


class Column(NamedTuple):
    """What is known of the cells of one column."""

    holds_mark: bool
    """Whether some of them, quoted, hold the mark between cells: they are words."""
    forms: frozenset[str]
    """The few ways in which they are written, such as `9/9/9`; none where there are many."""

    def fits(self, cell: str) -> bool:
        """Whether a cell is written like the others."""
        return not self.forms or _form(cell) in self.forms


def columns_of(records: Iterable[Sequence[str]], width: int, mark: str) -> tuple[Column, ...]:
    """What the records below the first tell that are as wide as they should be; nothing where they are too few."""
    regular = [cells for cells in records if len(cells) == width][1:]
    return (
        tuple(_column(cells, mark) for cells in zip(*regular, strict=True)) if len(regular) >= _FEWEST_ROWS else ()
    )


def rejoined(line: str, cells: list[str], columns: Sequence[Column], mark: str, quote: str) -> list[str]:
    """The cells of a line that has too many, in as many columns; as they are where no way or several are right.

    Only words that stand side by side without quotes are joined, and only where every column then holds what it
    holds elsewhere.
    """
    beyond = len(cells) - len(columns)
    quoted = _quoted(line.rstrip("\r\n"), mark, quote)
    if beyond <= 0 or len(quoted) != len(cells):
        return cells
    found = []
    for at, column in enumerate(columns):
        end = at + beyond + 1
        if column.holds_mark and not any(quoted[at:end]):
            joined = [*cells[:at], mark.join(cells[at:end]), *cells[end:]]
            if all(one.fits(cell) for one, cell in zip(columns, joined, strict=True)):
                found.append(joined)
    return found[0] if len(found) == 1 else cells


def _column(cells: Sequence[str], mark: str) -> Column:
    forms = frozenset(map(_form, cells))
    holds_mark = any(mark in cell.strip(mark) for cell in cells)
    return Column(holds_mark, frozenset() if holds_mark or len(forms) > _MOST_FORMS else forms)


def _form(cell: str) -> str:
    """How a cell is written: every number as 9, with decimals or not, and every word as a."""
    return _DIGITS.sub("9", _LETTERS.sub("a", cell))


def _quoted(line: str, mark: str, quote: str) -> list[bool]:
    """Which cells of a line stand in quotes."""
    between, around = re.escape(mark), re.escape(quote)
    in_quotes = rf"{around}(?:[^{around}]|{around}{around})*{around}"
    # With a mark behind the last one too, every cell ends in one.
    found = re.findall(rf"({in_quotes}|[^{between}]*){between}", line + mark)
    return [cell.startswith(quote) for cell in found]
