"""A backtest as figures for programs, as tables for people, and as charts."""

from typing import Any

from retain_cli.document import Block, Chart, Column, Note, Series, Table
from retain_cli.model.money import Money
from retain_cli.predict.backtest import DECIDES, Backtest
from retain_cli.predict.backtest_series import expected_against_placed, revenue_caught
from retain_cli.predict.fitting import sentence
from retain_cli.wording import count_of

_TITLES = ("orders: 10%", "20%", "30%", "amount: 10%", "20%", "30%")


def backtest_data(found: Backtest, currency: str) -> dict[str, Any]:
    """What was found, shares in percent."""
    rankings: list[dict[str, Any]] = [
        {
            "ranking": ranked.ranking,
            "top": [
                {
                    "percent": top.percent,
                    "orders": round(top.orders, 2),
                    "orders_percent": round(100 * top.orders_share, 1),
                    "amount": Money(round(top.amount), currency),
                    "amount_percent": round(100 * top.amount_share, 1),
                }
                for top in ranked.tops
            ],
        }
        for ranked in found.rankings
    ]
    return {
        "learned_until": found.learned_until,
        "hidden_until": found.hidden_until,
        "model": found.fit.model,
        "because": found.fit.because,
        "customers": found.customers,
        "orders": found.orders,
        "amount": Money(found.amount, currency),
        "rankings": rankings,
        "calibration": [
            {name: round(part, 2) for name, part in group._asdict().items()} for group in found.calibration
        ],
        "better": [
            {
                "best": one.best,
                "other": one.other,
                "percentage_points": round(100 * one.difference, 1),
                "low": round(100 * one.low, 1),
                "high": round(100 * one.high, 1),
            }
            for one in found.better
        ],
    }


def backtest_records(data: dict[str, Any]) -> list[dict[str, Any]]:
    """A line for each top of each ranking."""
    return [{"ranking": ranked["ranking"], **top} for ranked in data["rankings"] for top in ranked["top"]]


def backtest_blocks(found: Backtest, data: dict[str, Any]) -> list[Block]:
    """The tables and sentences of what `backtest_data` says."""
    said = sentence(found.fit.model, found.fit.because)
    notes: list[Block] = [Note(said)] if said else []
    known = f"{count_of(found.customers, 'customer')} known on {found.learned_until}"
    if not found.better:
        return [Note(f"{known}; none of them bought after it, so there is nothing to compare."), *notes]
    title = f"{known}: {count_of(found.orders, 'order')}, {data['amount']}, up to {found.hidden_until}"
    columns = [Column("Caught by the best"), *(Column(words, "right") for words in _TITLES)]
    rows = [
        (
            ranked["ranking"],
            *(f"{top['orders_percent']:.1f}%" for top in ranked["top"]),
            *(f"{top['amount_percent']:.1f}%" for top in ranked["top"]),
        )
        for ranked in data["rankings"]
    ]
    blocks: list[Block] = [Table(columns, rows, title)]
    if groups := data["calibration"]:
        columns = [
            Column("Customers", "right"), Column("Orders expected", "right"), Column("between", "right"),
            Column("Orders placed", "right"),
        ]  # fmt: skip
        lines = [(g["customers"], g["expected"], f"{g['low']:.1f}–{g['high']:.1f}", g["actual"]) for g in groups]
        blocks.append(Table(columns, lines, "Expected against placed, by tenths of the customers"))
    better = [
        Note(
            f"The best {DECIDES}% by {one['best']} caught {one['percentage_points']} percentage points more of the"
            f" orders than by {one['other']} ({one['low']} to {one['high']})."
        )
        for one in data["better"]
    ]
    return [*blocks, *better, *notes]


def backtest_charts(found: Backtest) -> list[Block]:
    """The tables once more, to be seen at a glance."""
    figures = [figure for figure in (revenue_caught(found), expected_against_placed(found)) if figure.series]
    return [
        Chart(
            "lines",
            figure.title,
            figure.description,
            figure.labels,
            [Series(line.name, line.values) for line in figure.series],
        )
        for figure in figures
    ]
