"""The sums of `bg_nbd` over hundreds of thousands of histories by numpy, where it happens to be installed.

The same formulas in the same order of thought; a test holds the answers against those of plain Python.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

from retain_cli.predict.histories import History
from retain_cli.predict.likelihood import Sums

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


def grouped(
    repeats: Sequence[int], last: Sequence[int], age: Sequence[int], stops: int, few: int
) -> tuple[Sums, list[tuple[History, int]]] | None:
    """Everyone's histories, grouped, and about so many of them from all over; None where there is no numpy."""
    try:
        numpy = import_module("numpy")
    except ImportError:
        return None
    of_repeats, of_last, of_age = (numpy.asarray(part, dtype=numpy.int64) for part in (repeats, last, age))
    span = int(of_age.max()) + 1
    keys, customers = numpy.unique((of_repeats * span + of_last) * span + of_age, return_counts=True)
    before, different_age = numpy.divmod(keys, span)
    different_repeats, different_last = numpy.divmod(before, span)
    by_repeats, by_age = numpy.bincount(of_repeats), numpy.bincount(of_age)
    repeats_by_age = numpy.bincount(of_age, weights=of_repeats)
    may_stop = different_repeats + stops > 0
    known, begins, of_row = numpy.unique(different_repeats[may_stop], return_index=True, return_inverse=True)
    sums = Sums(
        {},
        {int(x): int(by_repeats[x]) for x in numpy.flatnonzero(by_repeats)},
        {int(days): (int(by_age[days]), int(repeats_by_age[days])) for days in numpy.flatnonzero(by_age)},
        len(of_repeats),
        int(of_repeats.sum()),
        span - 1,
        Columns(
            numpy,
            different_last[may_stop],
            different_age[may_stop],
            customers[may_stop].astype(float),
            known.astype(float),
            begins,
            of_row,
            stops,
        ),
    )
    every = len(keys) // few
    if every < 2:
        return sums, []
    parts = (part[::every].tolist() for part in (different_repeats, different_last, different_age, customers))
    return sums, [(History(x, days, until), n) for x, days, until, n in zip(*parts, strict=True)]


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
