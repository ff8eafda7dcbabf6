"""`retain backtest`."""

from typing import Annotated

import typer

from retain_cli.workspace import Workspace

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
    ranking would have caught. The report shows the last one, too.
    """
    from contextlib import suppress

    from retain_cli.document import Document, Note
    from retain_cli.errors import BadInput, DatabaseLocked, NotPermitted
    from retain_cli.predict.backtest import backtest as compare
    from retain_cli.predict.backtest import months_before
    from retain_cli.predict.kept_backtest import keep_backtest
    from retain_cli.report.backtested import backtest_blocks, backtest_charts, backtest_data, backtest_records
    from retain_cli.store.policy import read_policy, set_policy

    with workspace.open() as store:
        policy = read_policy(store)
        found = compare(store, policy, months_before(workspace.today, months), workspace.today)
    if choose and not found.better:
        raise BadInput(
            f"nobody known on {found.learned_until} bought after it, so no ranking is better than another",
            "Hide other months with --months.",
            code="nothing-to-compare",
        )
    # What was found is told where it cannot be kept, too; a choice that is not kept is none.
    with suppress(*(() if choose else (DatabaseLocked, NotPermitted))), workspace.change() as store:
        keep_backtest(store, found, policy.currency, workspace.today)
        if choose:
            set_policy(store, "ranking", found.better[0].best)
    data = backtest_data(found, policy.currency) | {"chosen": found.better[0].best if choose else None}
    blocks = backtest_blocks(found, data)
    if choose:
        blocks.append(Note(f"Kept: retain list --sort best now goes by {data['chosen']}."))
    if workspace.format == "html":
        blocks += backtest_charts(found)
    title = f"Who would have been found, {found.learned_until} to {found.hidden_until}"
    workspace.answer(Document(data, blocks, backtest_records(data), header=_HEADER, title=title), output)
