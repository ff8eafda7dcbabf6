"""A backtest as figures to be drawn: labels, and one row of values for each line or bar along them."""

from collections.abc import Sequence
from typing import NamedTuple

from retain_cli.predict.backtest import Backtest


class Values(NamedTuple):
    """One line of a figure: a value for each label, None where there is none to be told."""

    name: str
    values: list[float | None]


class Figure(NamedTuple):
    """A figure as data; `description` says what is to be seen in it, for whoever does not see it."""

    title: str
    description: str
    labels: list[str]
    series: list[Values]


def revenue_caught(found: Backtest) -> Figure:
    """Percent of the hidden months' revenue that the best 10, 20 and 30 of a hundred of each ranking caught.

    Where returns ate the revenue up there is no share of it, and every value is None.
    """
    tops = found.rankings[0].tops if found.rankings else []
    series = [
        Values(
            ranked.ranking,
            [round(100 * top.amount_share, 1) if found.amount > 0 else None for top in ranked.tops],
        )
        for ranked in found.rankings
    ]
    return Figure(
        "Revenue caught",
        f"Percent of what customers spent after {found.learned_until} that the best of each ranking spent.",
        [f"best {top.percent}%" for top in tops],
        series,
    )


def expected_against_placed(found: Backtest) -> Figure:
    """The orders of each tenth of customers, the least expected first: expected with its interval, and placed."""
    groups = found.calibration
    columns: Sequence[tuple[str, list[float | None]]] = (
        ("expected", [round(group.expected, 2) for group in groups]),
        ("low", [round(group.low, 2) for group in groups]),
        ("high", [round(group.high, 2) for group in groups]),
        ("placed", [float(group.actual) for group in groups]),
    )
    return Figure(
        "Orders expected and placed",
        f"Orders up to {found.hidden_until} by tenths of the customers, from those of whom least was expected.",
        [str(number) for number in range(1, len(groups) + 1)],
        [Values(name, values) for name, values in columns] if groups else [],
    )
