"""`retain demo`."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.importing.files import Imported

EXPORTS = ("customers.csv", "orders.csv", "visits.csv")
RECORDS = "records.sh"
BEGAN = date(2026, 5, 25)
"""When the shop of the example began with retain."""
DAY = date(2026, 11, 23)
"""The morning after the last day of its exports."""


def demo(
    workspace: Workspace,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="PATH", help="Leave the database there to play with.")
    ] = None,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="With all the shop noted beside its exports; answers with the report."),
    ] = False,
) -> None:
    """Try everything on a small shop's own exports.

    Imports half a year of a flooring shop into a database of its own, grades the customers on the first of every
    month as the shop did, and prints the list of Monday 23 November 2026.
    """
    import tempfile

    from retain_cli.errors import OutputExists, WrongUse

    if workspace.day_was_given and workspace.today < DAY:
        raise WrongUse(
            f"the shop of the example has visits until {DAY}", "Leave --today away, or name a later day."
        )
    if keep is not None and Path(keep).exists():
        raise OutputExists(f"{keep} is there already", "Name another file, or take it away.")
    with tempfile.TemporaryDirectory(prefix="retain-demo-") as folder:
        _demo(workspace, Path(keep) if keep else Path(folder) / "demo.db", keep, whole=whole)


def _demo(workspace: Workspace, path: Path, kept: str | None, *, whole: bool) -> None:

    from retain_cli.commands.due import due
    from retain_cli.commands.report import report
    from retain_cli.wording import count_of

    inside = workspace._replace(database=path, today=workspace.today if workspace.day_was_given else DAY)
    read = _live_through(inside)
    kinds = {one.layout.kind.name: one.counts.rows for one in read}
    # Some customers are known by their orders alone.
    kinds["customers"] = sum(one.counts.customers_created for one in read)
    rows = ", ".join(count_of(count, kind.removesuffix("s")) for kind, count in kinds.items())
    workspace.say(f"A small flooring shop: {rows}.")
    if whole:
        _note_everything(inside)
        report(inside)
    else:
        due(inside)
    if kept:
        from shlex import quote

        workspace.say(f"Play with it: export RETAIN_DB={quote(kept)} RETAIN_TODAY={inside.today}")
    else:
        workspace.say("Keep it to play with: retain demo --keep shop.db")


def _live_through(inside: Workspace) -> "list[Imported]":
    """Bring the shop to where it would stand today, had every grading been run on its day."""
    from retain_cli.classify.grading import grade_everyone
    from retain_cli.classify.rhythm import find_rhythms
    from retain_cli.importing.files import HowToRead, import_files
    from retain_cli.importing.problems import Rejects
    from retain_cli.plan.clocks import follow_batch
    from retain_cli.plan.enrolment import enrol
    from retain_cli.predict.predictions import predict_everyone
    from retain_cli.store.policy import read_policy

    files = [str(_exports() / name) for name in EXPORTS]
    with inside.change(creates=True) as store:
        read = import_files(store, files, HowToRead(), inside.today, Rejects(None), lambda *_: None)
        for one in read:
            follow_batch(store, one.batch)
        policy = read_policy(store)
        for day in _grading_days(inside.today):
            grade_everyone(store, policy, day)
            enrol(store, policy, day)
        find_rhythms(store, inside.today)
        predict_everyone(store, policy, inside.today)
    return read


def _note_everything(inside: Workspace) -> None:
    """Run the command lines that the shop ran, each on its day."""
    from contextlib import redirect_stdout
    from io import StringIO
    from shlex import split

    from retain_cli.errors import RetainError

    assert inside.run is not None  # noqa: S101
    for line in (_exports() / RECORDS).read_text(encoding="utf-8").splitlines():
        if not line.startswith("RETAIN_TODAY="):
            continue
        day, _, *words = split(line)
        where = ["--db", str(inside.database), "--today", day.partition("=")[2]]
        with redirect_stdout(StringIO()):
            code = inside.run([*words, *where])
        if code:
            raise RetainError(f"the shop of the example could not do: {line}", "Please report it.")


def _grading_days(today: date) -> Iterator[date]:
    """The first day, the first of every month after it, and today."""
    day = BEGAN
    while day < today:
        yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    yield today


def _exports() -> Path:
    """The shop's exports: inside the installed package, or beside the sources."""
    installed = Path(__file__).parents[1] / "examples" / "shop"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "examples" / "shop"
