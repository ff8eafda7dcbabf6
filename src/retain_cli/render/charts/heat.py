"""A table of shares whose cells are the darker the larger the share."""

from typing import NamedTuple

from retain_cli.document import Chart, Rate
from retain_cli.render.charts.value import across, height
from retain_cli.render.words import words

STEPS = 6
"""How many shades there are."""
ROW = 26
_HEAD = 20
_LABEL = 0.25
"""How much of the width is for the names of the rows."""


class Cell(NamedTuple):
    """One share; `step` is its shade, or None where nothing is told of it."""

    x: str
    y: int
    width: str
    middle: str
    words_at: int
    step: int | None
    short: str
    told: str


class Head(NamedTuple):
    """Words over a column or before a row."""

    words: str
    x: str
    y: int


class Heat(NamedTuple):
    """All cells, with the names of columns and rows."""

    tall: int
    columns: list[Head]
    rows: list[Head]
    cells: list[Cell]


def heat(chart: Chart) -> Heat:
    """The cells of a chart; a share is shown where it is of five or more, else what it is made of."""
    width = (1 - _LABEL) / max(len(chart.labels), 1)
    columns = [Head(name, across(_LABEL + (n + 0.5) * width), 13) for n, name in enumerate(chart.labels)]
    rows = [Head(series.name, "0", _HEAD + ROW * n + 17) for n, series in enumerate(chart.series)]
    cells = [
        _cell(value, f"{series.name}, {chart.labels[c]}", _LABEL + c * width, width, _HEAD + ROW * r)
        for r, series in enumerate(chart.series)
        for c, value in enumerate(series.values)
        if isinstance(value, Rate)
    ]
    return Heat(_HEAD + ROW * len(chart.series), columns, rows, cells)


def _cell(rate: Rate, where: str, x: float, width: float, y: int) -> Cell:
    share = height(rate)
    step = None if share is None else min(int(share * STEPS), STEPS - 1)
    short = f"{rate.numerator}/{rate.denominator}" if share is None else f"{100 * share:.0f}"
    middle = across(x + width / 2)
    return Cell(across(x), y, across(width), middle, y + 17, step, short, f"{where}: {words(rate)}")
