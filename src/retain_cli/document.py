"""What a command answers with, before anybody decides how it looks.

`data` is the answer itself, in plain values, `Money`, `Rate` and days: JSON writes all of it, CSV its records.
`blocks` say the same to a person at a terminal. Writers format; they never compute.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

FEWEST_FOR_PERCENT = 5


class Rate(NamedTuple):
    """A share with what it is a share of; no percentage is printed for fewer than five cases."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The share as a fraction, or None when there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None


class Column(NamedTuple):
    """A column of a table for people."""

    title: str
    align: str = "left"
    wraps: bool = True


class Table(NamedTuple):
    """Rows of cells under titles; a cell is a value, or several lines of text."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    title: str = ""
    lines_between: bool = False


class Figures(NamedTuple):
    """Named values, one under the other."""

    pairs: Sequence[tuple[str, Any]]
    title: str = ""


class Note(NamedTuple):
    """A sentence to the reader."""

    text: str


class Heading(NamedTuple):
    """What the blocks after it are about, and in a sentence what they say."""

    title: str
    sentence: str = ""


Block = Table | Figures | Note | Heading


class CalendarEntry(NamedTuple):
    """Something to do on a day, as a calendar shows it; `uid` is the same for as long as it is the same thing."""

    uid: str
    on: date
    title: str
    words: str = ""
    place: str = ""


class Document(NamedTuple):
    """The answer of a command."""

    data: Any
    blocks: Sequence[Block] = ()
    records: Sequence[Mapping[str, Any]] | None = None
    """The rows of the CSV form, where they are not simply `data`."""
    problems: Sequence[str] = ()
    calendar: Sequence[CalendarEntry] = ()
    """The entries of the calendar form, of commands that have one."""
    header: Sequence[str] = ()
    """What the columns of the CSV form are called where there is no row to tell."""
