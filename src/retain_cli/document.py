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
    sums: bool = False
    """Whether the last row is about all the others together, and stays the last however they are sorted."""


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


class Series(NamedTuple):
    """One row of values of a chart, a value for each of its labels: a number, `Money`, a `Rate`, or None."""

    name: str
    values: Sequence[Any]


class Mark(NamedTuple):
    """A border on the way along a curve; `at` is from 0 to 1."""

    at: float
    name: str


class Chart(NamedTuple):
    """Figures to be seen at a glance, as data; how they are drawn is the writer's business.

    `kind` is one of
    `bars`   a bar for each label, made of one part for each series; `ends` says what stands behind each bar;
    `lines`  a line for each series along the labels, within `span` where that is given;
    `heat`   a row for each series, a column for each label, every value a `Rate`;
    `curve`  a line for each series through points that lie `at` 0 to 1 along the way, with `marks` across it.
    """

    kind: str
    title: str
    description: str
    """What is to be seen in it, for whoever does not see it."""
    labels: Sequence[str]
    series: Sequence[Series]
    ends: Sequence[Any] = ()
    span: tuple[float, float] | None = None
    at: Sequence[float] = ()
    marks: Sequence[Mark] = ()

    def data(self) -> dict[str, Any]:
        """The chart for programs."""
        return {
            "kind": self.kind,
            "title": self.title,
            "description": self.description,
            "labels": list(self.labels),
            "series": [{"name": series.name, "values": list(series.values)} for series in self.series],
            "marks": [mark._asdict() for mark in self.marks],
        }

    def points(self) -> list[dict[str, Any]]:
        """The chart as lines of a table of measures, one for each value that is known."""
        return [
            {"chart": self.title, "series": series.name, "label": label, "value": value}
            for series in self.series
            for label, value in zip(self.labels, series.values, strict=True)
            if value is not None
        ]


def is_told(value: Any) -> bool:
    """Whether a value may be drawn or written as one number: no share of fewer than five cases may."""
    return value is not None and not (isinstance(value, Rate) and value.denominator < FEWEST_FOR_PERCENT)


Block = Table | Figures | Note | Heading | Chart


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
    """The columns of the CSV form in their order, also where there is no row to tell; others stand behind them."""
    title: str = ""
    """What stands over the page form, of commands that have one."""
