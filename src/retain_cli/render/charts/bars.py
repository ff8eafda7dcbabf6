"""Bars, each as long as the page is wide, in parts."""

from typing import NamedTuple

from retain_cli.document import Chart
from retain_cli.render.charts.value import across, height
from retain_cli.render.words import words

ROW = 44
_BAR_BELOW = 20
THICK = 16


class Part(NamedTuple):
    """One part of a bar; `number` is which series it is of."""

    x: str
    width: str
    number: int
    told: str


class Bar(NamedTuple):
    """One bar, the words over it and what it comes to."""

    label: str
    end: str
    words_at: int
    y: int
    parts: list[Part]


class Bars(NamedTuple):
    """All of them, one under the other."""

    tall: int
    bars: list[Bar]


def bars(chart: Chart) -> Bars:
    """The bars of a chart; the parts of a bar share its length as they share its sum."""
    return Bars(ROW * len(chart.labels), [_bar(chart, number) for number in range(len(chart.labels))])


def _bar(chart: Chart, number: int) -> Bar:
    heights = [height(series.values[number]) or 0.0 for series in chart.series]
    total = sum(heights)
    parts, done = [], 0.0
    for which, part in enumerate(heights):
        if part > 0:
            told = f"{chart.series[which].name}: {words(chart.series[which].values[number])}"
            parts.append(Part(across(done / total), across(part / total), which, told))
            done += part
    end = words(chart.ends[number]) if chart.ends else ""
    return Bar(chart.labels[number], end, ROW * number + 13, ROW * number + _BAR_BELOW, parts)
