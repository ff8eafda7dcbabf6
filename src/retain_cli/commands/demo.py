"""`retain demo`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

EXPORTS = ("customers.csv", "orders.csv", "visits.csv")
BEGAN = "2026-05-25"
"""When the shop of the example began with retain."""
DAY = "2026-11-23"
"""The morning after the last day of its exports."""


def demo(
    workspace: Workspace,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="PATH", help="Leave the database there to play with.")
    ] = None,
) -> None:
    """Try everything on a small shop's own exports.

    Imports them into a database of its own, grades the customers and prints the list of the day.
    """
    import tempfile

    from retain_cli.errors import OutputExists

    if keep is not None and Path(keep).exists():
        raise OutputExists(f"{keep} is there already", "Name another file, or take it away.")
    with tempfile.TemporaryDirectory(prefix="retain-demo-") as folder:
        _demo(workspace, Path(keep) if keep else Path(folder) / "demo.db", kept=keep)


def _demo(workspace: Workspace, path: Path, kept: str | None) -> None:
    from dataclasses import replace
    from datetime import date

    from retain_cli.commands.due import due
    from retain_cli.importing.files import HowToRead, import_files
    from retain_cli.importing.problems import Rejects

    today = workspace.today if workspace.day_was_given else date.fromisoformat(DAY)
    inside = replace(workspace, database=path, today=today)
    files = [str(_exports() / name) for name in EXPORTS]
    with inside.change(creates=True) as store:
        began = min(date.fromisoformat(BEGAN), today)
        read = import_files(store, files, HowToRead(), began, Rejects(None), lambda *_: None)
    rows = ", ".join(f"{one.counts.created} {one.layout.kind.name}" for one in read)
    for day in (began, today):
        _grade(inside, day)
    workspace.say(f"A small flooring shop: {rows}.")
    due(inside)
    if kept:
        workspace.say(f"Play with it: export RETAIN_DB={kept} RETAIN_TODAY={today}")
    else:
        workspace.say("Keep it to play with: retain demo --keep shop.db")


def _grade(workspace: Workspace, day: "date") -> None:
    from retain_cli.classify.grading import grade_everyone
    from retain_cli.plan.enrolment import enrol
    from retain_cli.store.policy import read_policy

    with workspace.change() as store:
        policy = read_policy(store)
        grade_everyone(store, policy, day)
        enrol(store, policy, day)


def _exports() -> Path:
    """The shop's exports: inside the installed package, or beside the sources."""
    installed = Path(__file__).parents[1] / "examples" / "shop"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "examples" / "shop"
