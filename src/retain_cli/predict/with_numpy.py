"""The sums of `bg_nbd` over hundreds of thousands of histories by numpy, where it happens to be installed.

The same formulas in the same order of thought; a test holds the answers against those of plain Python.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

_LARGE = 500.0


class Columns(NamedTuple):
    """The histories in which somebody may have stopped, sorted by repeats."""

    numpy: Any
    last: Any
    age: Any
    customers: Any
    repeats: Any
    """The different numbers of repeats, and where each begins."""
    begins: Any
    of_row: Any
    stops: int


def columns(rows: Mapping[int, Sequence[tuple[int, int, int]]], stops: int) -> Columns | None:
    """The rows as columns, or None where there is no numpy."""
    try:
        numpy = import_module("numpy")
    except ImportError:
        return None
    known = sorted(x for x in rows if x + stops)
    lengths = [len(rows[x]) for x in known]
    table = numpy.concatenate([numpy.array(rows[x], dtype=numpy.int64) for x in known])
    return Columns(
        numpy,
        table[:, 0].copy(),
        table[:, 1].copy(),
        table[:, 2].astype(float),
        numpy.array(known, dtype=float),
        numpy.cumsum([0, *lengths[:-1]]),
        numpy.repeat(numpy.arange(len(known)), lengths),
        stops,
    )


def stopping(
    found: Columns, logarithms: list[float], inverses: list[float], r: float, a: float, b: float
) -> tuple[float, ...]:
    """The same as `Likelihood._stopping`."""
    numpy = found.numpy
    silence, by_time, odds, rate, b_last = _odds(found, logarithms, inverses, r, a, b)
    logs = numpy.where(odds < _LARGE, numpy.log1p(numpy.exp(numpy.minimum(odds, _LARGE))), odds)
    share = found.customers / (1 + numpy.exp(-numpy.clip(odds, -_LARGE, _LARGE)))
    stopped = numpy.add.reduceat(share, found.begins)
    by_alpha = float(numpy.dot(rate, numpy.add.reduceat(share * by_time, found.begins)))
    return (
        float(numpy.dot(found.customers, logs)),
        float(numpy.dot(share, silence)),
        by_alpha,
        float(stopped.sum() / a),
        -float((stopped / b_last).sum()),
    )


def stopping_twice(
    found: Columns, logarithms: list[float], inverses: list[float], r: float, a: float, b: float
) -> dict[int, tuple[float, ...]]:
    """The same as `Likelihood._stopping_twice`."""
    numpy = found.numpy
    silence, by_time, odds, _, _ = _odds(found, logarithms, inverses, r, a, b)
    stopped = 1 / (1 + numpy.exp(-numpy.clip(odds, -_LARGE, _LARGE)))
    share = found.customers * stopped
    spread = share * (1 - stopped)
    squares = numpy.array(inverses) ** 2
    parts = (
        share, share * by_time, share * (squares[found.last] - squares[found.age]), spread, spread * silence,
        spread * by_time, spread * silence**2, spread * silence * by_time, spread * by_time**2,
    )  # fmt: skip
    sums = [numpy.add.reduceat(part, found.begins).tolist() for part in parts]
    return {int(x): tuple(part[n] for part in sums) for n, x in enumerate(found.repeats)}


def _odds(
    found: Columns, logarithms: list[float], inverses: list[float], r: float, a: float, b: float
) -> tuple[Any, Any, Any, Any, Any]:
    """Of each row the silence, its derivative and the logarithm of the odds; of each number of repeats the rest."""
    numpy = found.numpy
    of_day, by_day = numpy.array(logarithms), numpy.array(inverses)
    silence = of_day[found.age] - of_day[found.last]
    by_time = by_day[found.age] - by_day[found.last]
    rate, b_last = r + found.repeats, b + found.repeats + found.stops - 1
    odds = rate[found.of_row] * silence + (numpy.log(a) - numpy.log(b_last))[found.of_row]
    return silence, by_time, odds, rate, b_last
