"""Charts in characters, for a terminal: bars, sparklines, and shares in a grid."""

from collections.abc import Sequence
from typing import NamedTuple

from retain_cli.document import Chart, Rate
from retain_cli.render.charts.value import height, percent
from retain_cli.render.words import words

LONG = 20
"""Characters of the longest bar."""
_FILLS = "█▓░▒▚·"
_LEVELS = "▁▂▃▄▅▆▇█"
_POINTS = 8


class Drawing(NamedTuple):
    """Rows of cells, how each column is aligned, and what the characters mean."""

    rows: list[list[str]]
    aligns: Sequence[str]
    legend: str = ""


def in_characters(chart: Chart) -> Drawing:
    """The chart in characters; what a share is of stands with it."""
    return {"bars": _bars, "lines": _lines, "heat": _heat, "curve": _curve}[chart.kind](chart)


def _bars(chart: Chart) -> Drawing:
    rows = []
    for n, label in enumerate(chart.labels):
        heights = [height(series.values[n]) or 0.0 for series in chart.series]
        bar = "".join(fill * size for fill, size in zip(_FILLS, _sizes(heights), strict=False))
        rows.append([label, bar, words(chart.ends[n]) if chart.ends else ""])
    legend = "  ".join(f"{fill} {series.name}" for fill, series in zip(_FILLS, chart.series, strict=False))
    return Drawing(rows, ("left", "left", "left"), legend)


def _sizes(heights: Sequence[float]) -> list[int]:
    """How many characters each part gets of `LONG`; the largest remainders are rounded up."""
    total = sum(heights)
    if not total:
        return [0] * len(heights)
    exact = [LONG * one / total for one in heights]
    sizes = [int(one) for one in exact]
    short = LONG - sum(sizes)
    for n in sorted(range(len(exact)), key=lambda n: sizes[n] - exact[n])[:short]:
        sizes[n] += 1
    return sizes


def _lines(chart: Chart) -> Drawing:
    rows = []
    for series in chart.series:
        heights = [height(value) for value in series.values]
        known = [(n, one) for n, one in enumerate(heights) if one is not None]
        if not known:
            rows.append([series.name, "", "nothing to draw"])
            continue
        low, high = chart.span or (min(0.0, *(h for _, h in known), 0.0), max(h for _, h in known) or 1.0)
        spark = "".join(" " if h is None else _level((h - low) / ((high - low) or 1)) for h in heights)
        (first, _), (last, _) = known[0], known[-1]
        told = f"{chart.labels[first]}: {words(series.values[first])}"
        if last != first:
            told += f" → {chart.labels[last]}: {words(series.values[last])}"
        rows.append([series.name, spark, told])
    return Drawing(rows, ("left", "left", "left"))


def _level(share: float) -> str:
    return _LEVELS[min(max(int(share * len(_LEVELS)), 0), len(_LEVELS) - 1)]


def _heat(chart: Chart) -> Drawing:
    rows = [["", *chart.labels]]
    rows += [[series.name, *map(_share, series.values)] for series in chart.series]
    return Drawing(rows, ("left", *("right" for _ in chart.labels)))


def _share(rate: Rate | None) -> str:
    if rate is None:
        return ""
    share = height(rate)
    return f"{rate.numerator}/{rate.denominator}" if share is None else f"{100 * share:.0f}%"


def _curve(chart: Chart) -> Drawing:
    """Some points along the way, those next to the marks among them."""
    wanted = sorted({mark.at for mark in chart.marks} | {0.01, 0.05, 0.1, 0.2, 0.5, 0.8})
    rows = []
    for series in chart.series:
        last = height(series.values[-1]) if series.values else None
        if not last:
            continue
        chosen = sorted({min(range(len(chart.at)), key=lambda n: abs(chart.at[n] - at)) for at in wanted})
        for n in chosen[:_POINTS]:
            share = (height(series.values[n]) or 0.0) / last
            bar = _FILLS[0] * round(LONG * share)
            rows.append([chart.labels[n], bar.ljust(LONG), f"{percent(share)} ({words(series.values[n])})"])
    return Drawing(rows, ("right", "left", "left"))
