"""`retain due`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.errors import WrongUse
from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.due.filters import Wanted
    from retain_cli.store.store import Store


def due(
    workspace: Workspace,
    days: Annotated[int, typer.Option("--days", metavar="N", min=0, max=366, help="Look so many days ahead.")] = 0,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Show the N most worth, after ranking all.")
    ] = None,
    staff: Annotated[
        str | None,
        typer.Option("--staff", metavar="NAME", help="Whom one of the team serves today; nobody for the rest."),
    ] = None,
    segment: Annotated[
        str | None, typer.Option("--segment", metavar="NAME", help="Only customers of a segment.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="CONDITION", help="Only customers a condition means.")
    ] = None,
    area: Annotated[str | None, typer.Option("--area", metavar="AREA", help="Only customers there.")] = None,
    grade: Annotated[
        str | None, typer.Option("--grade", metavar="A|B|C|none", help="Only customers of this grade.")
    ] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="WORD", help="Only with something to do this way.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="NAME", help="Only for this reason or service.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="area", help="Put together who lives in one area.")
    ] = None,
    suppressed: Annotated[
        bool, typer.Option("--suppressed", help="List those who are left out instead, and why.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Print the terms of each score and their sum.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing; exit 1 if somebody is due, 0 if nobody is.")
    ] = False,
    notify: Annotated[
        bool, typer.Option("--notify", help="Send the list of the day through your channels, once a day; for cron.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --notify: show what would be sent to whom, and send nothing.")
    ] = False,
) -> int:
    """Whom to contact today, where, why, and what was said last.

    Most worth first. Whoever is due stays until contacted, skipped or put off.

    A customer who is listed for one reason is shown with all of them.
    """
    from retain_cli.classify.first_time import waits_for_grades
    from retain_cli.commands.due_answer import UNGRADED, Asked, due_document, say
    from retain_cli.due.listing import whom_to_contact
    from retain_cli.store.policy import read_policy, shop_id

    if by not in (None, "area"):
        raise WrongUse(f"--by {by!r} is not known", "The list can be put together --by area.")
    if notify or dry_run:
        if any((staff, area, grade, channel, reason)):
            raise WrongUse(
                "a digest is whole", "Write staff into the settings of a channel to send it one person's list."
            )
        return _tell(workspace, days, limit, notify=notify, dry_run=dry_run)
    asked = Asked(workspace.today, days, why, by == "area", suppressed)
    with workspace.open() as store:
        wanted, covers = _wanted(store, workspace.today, staff, area, grade, channel, reason)
        policy = read_policy(store)
        if segment is not None or where is not None:
            from retain_cli.segments.saved import filter_customers, numbers

            only = filter_customers(store, policy, workspace.today, segment=segment, where=where)
            wanted = wanted._replace(among=numbers(store, only) if only else None)
        if waits_for_grades(store):
            covers = [*covers, UNGRADED]
        shop = shop_id(store) if workspace.format == "ics" else ""
        found = whom_to_contact(
            store, policy, workspace.today, ahead=days, limit=limit, wanted=wanted, suppressed=suppressed
        )
    if quiet:
        return 1 if found.total else 0
    document = due_document(found, asked, covers)
    if workspace.format == "ics":
        from retain_cli.due.calendar import calendar

        said = [say(line) for line in found.lines]
        document = document._replace(calendar=calendar(found.lines, said, workspace.today, shop))
    workspace.show(document)
    return 0


def _tell(workspace: Workspace, days: int, limit: int | None, *, notify: bool, dry_run: bool) -> int:
    from retain_cli.commands.notify import tell

    if not notify:
        raise WrongUse("--dry-run stands with --notify", "Without --notify nothing is sent.")
    if days:
        raise WrongUse("a digest is of one day", "Leave --days away, or --notify.")
    return tell(workspace, limit=limit, dry_run=dry_run)


def _wanted(
    store: "Store",
    today: "date",
    staff: str | None,
    area: str | None,
    grade: str | None,
    channel: str | None,
    reason: str | None,
) -> "tuple[Wanted, list[str]]":
    """The part of the list that the options name, and sentences on whom somebody stands in for."""
    from retain_cli.commands.parameters import word_option
    from retain_cli.commands.served_by import served_by
    from retain_cli.due.filters import Wanted
    from retain_cli.model.grade import GRADES, NONE_YET
    from retain_cli.model.words import CHANNELS

    asked = served_by(store, today, staff) if staff is not None else None
    if grade is not None:
        given = grade.strip()
        grade = word_option(given, [*map(str.casefold, GRADES), NONE_YET], "--grade")
        grade = grade if grade == NONE_YET else grade.upper()
    if channel is not None:
        channel = word_option(channel, CHANNELS, "--channel")
    if reason is not None:
        reason = _reason(store, reason)
    number, said = (asked.number, asked.said) if asked else (None, [])
    return Wanted(number, area, grade, channel, reason), said


def _reason(store: "Store", written: str) -> str:
    from retain_cli.due.listing import reason_sentences
    from retain_cli.plan.lines import read_plan

    known = dict.fromkeys([*reason_sentences(), *(line.service for line in read_plan(store))])
    folded = " ".join(written.casefold().replace("-", " ").split())
    for name in known:
        if name.casefold().replace("-", " ") == folded:
            return name
    raise WrongUse(f"there is no reason {written!r}", f"Known are: {', '.join(known)}.", code="reason-unknown")
