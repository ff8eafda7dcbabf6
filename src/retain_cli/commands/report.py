"""`retain report`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.report.scope import Scope
    from retain_cli.store.store import Store

_COMPARED = ("previous", "last-year")


def report(
    workspace: Workspace,
    sections: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SECTION]...",
            help="grades, coverage, acceptance, retention, referral, satisfaction, promises, tickets, benefits, "
            "cost, effect, goals, prediction; else all.",
        ),
    ] = None,
    from_day: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="The first day; else a year before the last.")
    ] = None,
    to_day: Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day; else today.")] = None,
    compare: Annotated[
        str | None,
        typer.Option("--compare", metavar="previous|last-year", help="Beside the period before, or a year ago."),
    ] = None,
    grade: Annotated[
        str | None, typer.Option("--grade", metavar="A|B|C|none", help="Only customers of that grade.")
    ] = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar="NAME", help="Only customers of theirs.")] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Everybody who was not served, and who drifted away, by name.")
    ] = False,
    define: Annotated[bool, typer.Option("--define", help="Say what every figure means.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="NEWFILE", help="Write it there and not to stdout; with -f html, a page."
        ),
    ] = None,
) -> None:
    """Who was served and who was not, what came back, what it cost."""
    from dateutil.relativedelta import relativedelta

    from retain_cli.commands.parameters import day_option, word_option
    from retain_cli.errors import WrongUse
    from retain_cli.report.building import build, document, section_names
    from retain_cli.report.periods import period_before, year_before
    from retain_cli.report.section import Asked
    from retain_cli.store.policy import read_policy

    last = day_option(to_day, workspace.today, "--to") if to_day else workspace.today
    first = day_option(from_day, workspace.today, "--from") if from_day else last - relativedelta(years=1, days=-1)
    if first > last:
        raise WrongUse(
            f"the report would end on {last}, before it begins on {first}", "Turn --from and --to round."
        )
    known = section_names()
    chosen = [word_option(section, known, "SECTION") for section in sections or []] or known
    before = None
    if compare is not None:
        earlier = period_before if word_option(compare, _COMPARED, "--compare") == "previous" else year_before
        before = earlier(first, last)
    with workspace.open() as store:
        policy, scope = read_policy(store), _scope(store, grade, staff)
        asked = Asked(store, policy, first, last, workspace.today, scope, names)
        parts = build(asked, chosen, before)
    answer = document(parts, asked, before, define=define)
    workspace.answer(answer, output)


def _scope(store: "Store", grade: str | None, staff: str | None) -> "Scope":
    """Whose figures; WrongUse for a grade or one of the staff who is not known."""
    from retain_cli.commands.parameters import grade_option
    from retain_cli.record.owner import staff_number
    from retain_cli.report.scope import Scope

    return Scope(grade and grade_option(grade, "--grade"), staff_number(store, staff) if staff else None)
