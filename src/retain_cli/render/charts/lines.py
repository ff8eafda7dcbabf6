"""Lines along labels, and curves through points that lie anywhere along the way."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from retain_cli.document import Chart, Rate
from retain_cli.render.charts.value import across, height, percent
from retain_cli.render.words import words

WIDE = 1000
"""The width that the points of a line are counted in; the page stretches it to its own."""
PLOT = 150
_ABOVE = 22
_BELOW = 24
_GRID = 4
_LEFT = 0.09
"""How much of the width is for the words before the grid."""
_MOST_WORDS_BELOW = 4
_MOST_DOTS = 40
_HIGH = 12
"""Units of the plot that a line of words takes."""


class Dot(NamedTuple):
    """A value on a line; `last` is said beside the last one."""

    x: str
    y: float
    told: str
    last: str
    anchor: str


class Line(NamedTuple):
    """One series: the stretches without a gap, as SVG counts points, and the values on them."""

    name: str
    stretches: list[str]
    dots: list[Dot]


class Level(NamedTuple):
    """A line across the plot from `x` on, with the value it stands for before it."""

    x: str
    y: float
    words: str


class Below(NamedTuple):
    """Words under the plot, or a border across it."""

    x: str
    words: str
    anchor: str


class Lines(NamedTuple):
    """All lines over their grid."""

    tall: int
    top: int
    levels: list[Level]
    below: list[Below]
    lines: list[Line]
    marks: list[Below]


def lines(chart: Chart) -> Lines:
    """The lines of a chart; a share of too few cases is a gap. A curve is drawn as shares of its last value."""
    places = [_LEFT + (1 - _LEFT) * at for at in (chart.at or _evenly(len(chart.labels)))]
    heights = [[height(value) for value in series.values] for series in chart.series]
    if chart.kind == "curve":
        heights = [_of_last(one) for one in heights]
    shares = chart.kind == "curve" or any(isinstance(v, Rate) for s in chart.series for v in s.values)
    low, high = chart.span or _span([h for one in heights for h in one if h is not None], shares)
    levels = [
        Level(
            across(_LEFT),
            _y(low + (high - low) * n / _GRID, low, high),
            _level(low + (high - low) * n / _GRID, shares),
        )
        for n in range(_GRID + 1)
    ]
    drawn = [
        _line(chart, number, places, [None if h is None else _y(h, low, high) for h in one], one)
        for number, one in enumerate(heights)
    ]
    _keep_apart(drawn)
    # The name of a border stands before it: it is of what lies there.
    marks = [Below(across(_LEFT + (1 - _LEFT) * mark.at), mark.name, "end") for mark in chart.marks]
    return Lines(_ABOVE + PLOT + _BELOW, _ABOVE, levels, _below(chart, places), drawn, marks)


def _evenly(count: int) -> list[float]:
    return [n / (count - 1) if count > 1 else 0.5 for n in range(count)]


def _of_last(heights: Sequence[float | None]) -> list[float | None]:
    last = heights[-1] if heights else None
    return [None if h is None or not last else h / last for h in heights]


def _span(heights: Sequence[float], shares: bool) -> tuple[float, float]:
    """From nothing to a round number above them all."""
    if shares or not heights:
        return 0.0, 1.0
    most = max(*heights, 1.0)
    step = 10 ** math.floor(math.log10(most))
    return min(0.0, *heights), next(step * n for n in (1, 2, 4, 5, 8, 10) if step * n >= most)


def _y(value: float, low: float, high: float) -> float:
    return round(_ABOVE + PLOT * (1 - (value - low) / (high - low)), 1)


def _level(value: float, shares: bool) -> str:
    if shares:
        return percent(value)
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def _line(
    chart: Chart, number: int, places: Sequence[float], ys: Sequence[float | None], heights: Sequence[float | None]
) -> Line:
    series = chart.series[number]
    nothing = f"{WIDE * _LEFT:.0f},{PLOT}"
    stretches: list[list[str]] = [[nothing] if chart.kind == "curve" else []]
    for place, y in zip(places, ys, strict=True):
        if y is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{WIDE * place:.0f},{round(y - _ABOVE, 1):g}")
    known = [n for n, y in enumerate(ys) if y is not None]
    # A point for each would be a caterpillar; the table has them all.
    shown = known if len(known) <= _MOST_DOTS else []
    last = known[-1] if known and chart.kind != "curve" else None
    dots = [
        Dot(
            across(places[n]),
            ys[n] or 0.0,
            f"{series.name}, {chart.labels[n]}: {_told(chart, series.values[n], heights[n])}",
            _told(chart, series.values[n], heights[n]) if n == last else "",
            _anchor(places[n]),
        )
        for n in shown
    ]
    return Line(series.name, [" ".join(stretch) for stretch in stretches if len(stretch) > 1], dots)


def _keep_apart(drawn: list[Line]) -> None:
    """What a last value says stays unsaid where it would cover that of an earlier line."""
    taken: list[Dot] = []
    for line in drawn:
        for number, dot in enumerate(line.dots):
            if not dot.last:
                continue
            if any(dot.x == other.x and abs(dot.y - other.y) < _HIGH for other in taken):
                line.dots[number] = dot._replace(last="")
            else:
                taken.append(dot)


def _told(chart: Chart, value: Any, share: float | None) -> str:
    return f"{words(value)}, {percent(share)}" if chart.kind == "curve" and share is not None else words(value)


def _below(chart: Chart, places: Sequence[float]) -> list[Below]:
    """Words under the first, the last and some between, so that none runs into the next."""
    if chart.kind == "curve":
        return [Below(across(_LEFT + (1 - _LEFT) * n / 4), f"{n * 25}%", _anchor(n / 4)) for n in range(5)]
    count = len(chart.labels)
    chosen = sorted({round(n * (count - 1) / (_MOST_WORDS_BELOW - 1)) for n in range(_MOST_WORDS_BELOW)})
    return [Below(across(places[n]), chart.labels[n], _anchor(places[n])) for n in chosen if 0 <= n < count]


def _anchor(place: float) -> str:
    return "start" if place <= _LEFT else "end" if place > 0.9 else "middle"
