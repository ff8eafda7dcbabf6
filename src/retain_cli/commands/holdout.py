"""`retain holdout`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Block, Document
    from retain_cli.plan.holdout import Holdout

WORDS = ("show", "set", "off")
LARGEST = 50


def holdout(
    workspace: Workspace,
    what: Annotated[str, typer.Argument(metavar="show|set|off", help="Look, begin or end.")] = "show",
    share: Annotated[
        str | None, typer.Argument(metavar="[PERCENT]", help="Of a hundred C customers, 10% say.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", help="Draw the same lots again; else the day is the seed.")
    ] = None,
    birthdays: Annotated[
        bool, typer.Option("--birthdays", help="Leave their birthdays out too, which otherwise are kept.")
    ] = False,
) -> None:
    """Leave some C customers out of the routine, to see what it is good for.

    `retain holdout set 10%` draws them by lot, `retain report effect` compares them with the others. Service,
    complaints and what was agreed are never left out.
    """
    from retain_cli.commands.parameters import word_option
    from retain_cli.errors import WrongUse
    from retain_cli.plan.holdout import last_trial

    word = word_option(what, WORDS, "holdout")
    if (word == "set") != (share is not None):
        raise WrongUse("only `holdout set` takes a share, and it needs one", "Write: retain holdout set 10%.")
    if word == "show":
        with workspace.open() as store:
            trial = last_trial(store)
    elif word == "off":
        trial = _end(workspace)
    else:
        trial = _begin(workspace, _percent(share or ""), seed, birthdays)
    workspace.show(_document(trial))


def _percent(written: str) -> int:
    from retain_cli.errors import WrongUse

    digits = written.strip().removesuffix("%").strip()
    if not digits.isascii() or not digits.isdecimal() or not 1 <= int(digits) <= LARGEST:
        raise WrongUse(f"{written!r} is not a share from 1% to {LARGEST}%", "Write: retain holdout set 10%.")
    return int(digits)


def _begin(workspace: Workspace, percent: int, seed: int | None, birthdays: bool) -> "Holdout":
    from retain_cli.errors import BadInput, WrongUse
    from retain_cli.plan.holdout import begin, running

    with workspace.change() as store:
        if trial := running(store):
            raise WrongUse(
                f"a trial with {trial.percent}% runs since {trial.started_on}", "End it first: retain holdout off."
            )
        begun = begin(
            store,
            percent,
            workspace.today.toordinal() if seed is None else seed,
            workspace.today,
            birthdays=birthdays,
        )
        if begun is None or not begun.held_out:
            raise BadInput(
                f"there are too few C customers to leave {percent}% of them out",
                "Run retain classify first, or name a larger share.",
                code="too-few-customers",
            )
    return begun


def _end(workspace: Workspace) -> "Holdout":
    from retain_cli.errors import WrongUse
    from retain_cli.plan.holdout import end

    with workspace.change() as store:
        trial = end(store, workspace.today)
        if trial is None:
            raise WrongUse("no trial runs", "Begin one: retain holdout set 10%.")
    return trial


def _document(trial: "Holdout | None") -> "Document":
    from retain_cli.document import Document, Note
    from retain_cli.plan.holdout import Holdout

    header = (*Holdout._fields, "runs")
    if trial is None:
        hint = "Nobody was ever left out. Begin: retain holdout set 10%."
        return Document(None, [Note(hint)], [], header=header)
    data: dict[str, Any] = trial._asdict() | {"birthdays": bool(trial.birthdays), "runs": trial.ended_on is None}
    besides = "routine and birthdays" if trial.birthdays else "routine"
    blocks: list[Block] = [
        Note(
            f"{trial.held_out:,} of {trial.customers:,} C customers are left out of the {besides} since "
            f"{trial.started_on}."
            if trial.ended_on is None
            else f"{trial.held_out:,} of {trial.customers:,} C customers were left out of the {besides} from "
            f"{trial.started_on} to {trial.ended_on}."
        ),
        Note(f"Drawn by lot with seed {trial.seed}, as many of each tenth by amount. See: retain report effect."),
    ]
    return Document(data, blocks, header=header)
