"""`retain backtest`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Block, Document
    from retain_cli.predict.backtest import Backtest
    from retain_cli.store.policy import Policy

_HEADER = ("ranking", "percent", "orders", "orders_percent", "amount", "amount_currency", "amount_percent")
"""The columns of the CSV form."""


def backtest(
    workspace: Workspace,
    months: Annotated[int, typer.Option("--months", metavar="N", min=1, max=60, help="How many to hide.")] = 6,
    choose: Annotated[
        bool, typer.Option("--choose", help="Keep the best ranking: `list --sort best` follows it.")
    ] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="NEWFILE", help="Write it there and not to stdout; with -f html, a page."
        ),
    ] = None,
) -> None:
    """Which ranking would have found those who bought.

    Hides the last months, learns from the rest, and counts whose orders the best 10, 20 and 30 of a hundred of each
    ranking would have caught.
    """
    from retain_cli.errors import BadInput
    from retain_cli.predict.backtest import backtest as compare
    from retain_cli.predict.backtest import months_before
    from retain_cli.store.policy import read_policy, set_policy

    with workspace.change() if choose else workspace.open() as store:
        policy = read_policy(store)
        found = compare(store, policy, months_before(workspace.today, months), workspace.today)
        if choose and not found.better:
            raise BadInput(
                f"nobody known on {found.learned_until} bought after it, so no ranking is better than another",
                "Hide other months with --months.",
                code="nothing-to-compare",
            )
        if choose:
            set_policy(store, "ranking", found.better[0].best)
    answer = _document(found, policy, choose)
    if workspace.format == "html":
        answer = answer._replace(blocks=[*answer.blocks, *_charts(found)])
    workspace.answer(answer, output)


def _document(found: "Backtest", policy: "Policy", chosen: bool) -> "Document":
    from retain_cli.document import Document
    from retain_cli.model.money import Money

    rankings: list[dict[str, Any]] = [
        {
            "ranking": ranked.ranking,
            "top": [
                {
                    "percent": top.percent,
                    "orders": round(top.orders, 2),
                    "orders_percent": round(100 * top.orders_share, 1),
                    "amount": Money(round(top.amount), policy.currency),
                    "amount_percent": round(100 * top.amount_share, 1),
                }
                for top in ranked.tops
            ],
        }
        for ranked in found.rankings
    ]
    data: dict[str, Any] = {
        "learned_until": found.learned_until,
        "hidden_until": found.hidden_until,
        "model": found.fit.model,
        "because": found.fit.because,
        "customers": found.customers,
        "orders": found.orders,
        "amount": Money(found.amount, policy.currency),
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
        "chosen": found.better[0].best if chosen else None,
    }
    records: list[dict[str, Any]] = [
        {"ranking": ranked["ranking"], **top} for ranked in rankings for top in ranked["top"]
    ]
    title = f"Who would have been found, {found.learned_until} to {found.hidden_until}"
    return Document(data, _blocks(found, data), records, header=_HEADER, title=title)


def _charts(found: "Backtest") -> "list[Block]":
    """The tables once more, to be seen at a glance."""
    from retain_cli.document import Chart, Series
    from retain_cli.predict.backtest_series import expected_against_placed, revenue_caught

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


def _blocks(found: "Backtest", data: dict[str, Any]) -> "list[Block]":
    from retain_cli.commands.parameters import count_of
    from retain_cli.document import Column, Note, Table
    from retain_cli.predict.backtest import DECIDES
    from retain_cli.predict.fitting import sentence

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
    blocks += [
        Note(
            f"The best {DECIDES}% by {one['best']} caught {one['percentage_points']} percentage points more of the"
            f" orders than by {one['other']} ({one['low']} to {one['high']})."
        )
        for one in data["better"]
    ]
    if data["chosen"]:
        blocks.append(Note(f"Kept: retain list --sort best now goes by {data['chosen']}."))
    return [*blocks, *notes]


_TITLES = ("orders: 10%", "20%", "30%", "amount: 10%", "20%", "30%")
