"""`retain due`."""

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from retain_cli.errors import WrongUse
from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.document import Document
    from retain_cli.due.filters import Wanted
    from retain_cli.due.listing import DueLine, DueList
    from retain_cli.due.occurrence import Occurrence
    from retain_cli.store.store import Store

_HEADER = (
    "id", "external_id", "name", "phone", "email", "area", "grade", "reason", "service", "due_on",
    "planned_on", "days_late", "late", "missed", "channel", "about", "because", "reasons", "score", "why",
    "where", "say", "owner", "served_by", "suppressed", "last_words", "last_words_on",
)  # fmt: skip
"""The columns of the CSV form."""


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
    asked = _Asked(workspace.today, days, why, by == "area", suppressed)
    with workspace.open() as store:
        wanted, covers = _wanted(store, workspace.today, staff, area, grade, channel, reason)
        policy = read_policy(store)
        if segment is not None or where is not None:
            from retain_cli.segments.saved import filter_customers, numbers

            only = filter_customers(store, policy, workspace.today, segment=segment, where=where)
            wanted = wanted._replace(among=numbers(store, only) if only else None)
        shop = shop_id(store) if workspace.format == "ics" else ""
        found = whom_to_contact(
            store, policy, workspace.today, ahead=days, limit=limit, wanted=wanted, suppressed=suppressed
        )
    if quiet:
        return 1 if found.total else 0
    document = _document(found, asked, covers)
    if workspace.format == "ics":
        from retain_cli.due.calendar import calendar

        said = [_say(line) for line in found.lines]
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


class _Asked(NamedTuple):
    today: "date"
    days: int = 0
    why: bool = False
    by_area: bool = False
    suppressed: bool = False


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
    from retain_cli.due.filters import Wanted
    from retain_cli.model.grade import GRADES, NONE_YET
    from retain_cli.model.words import CHANNELS

    number, covers = _staff(store, today, staff) if staff is not None else (None, [])
    if grade is not None:
        given = grade.strip()
        grade = word_option(given, [*map(str.casefold, GRADES), NONE_YET], "--grade")
        grade = grade if grade == NONE_YET else grade.upper()
    if channel is not None:
        channel = word_option(channel, CHANNELS, "--channel")
    if reason is not None:
        reason = _reason(store, reason)
    return Wanted(number, area, grade, channel, reason), covers


def _reason(store: "Store", written: str) -> str:
    from retain_cli.due.listing import reason_sentences
    from retain_cli.plan.lines import read_plan

    known = dict.fromkeys([*reason_sentences(), *(line.service for line in read_plan(store))])
    folded = " ".join(written.casefold().replace("-", " ").split())
    for name in known:
        if name.casefold().replace("-", " ") == folded:
            return name
    raise WrongUse(f"there is no reason {written!r}", f"Known are: {', '.join(known)}.", code="reason-unknown")


def _staff(store: "Store", today: "date", written: str) -> tuple[int, list[str]]:
    from retain_cli.due.filters import NOBODY, NOBODY_WORDS
    from retain_cli.model.name import search_key
    from retain_cli.plan.staff import called, team, who_serves

    if search_key(written) in NOBODY_WORDS:
        return NOBODY, []
    people = team(store)
    found = called(people, written)
    if len(found) != 1:
        names = ", ".join(one.name for one in found or people)
        said = (
            f"{written!r} fits several of the team" if found else f"there is nobody called {written!r} in the team"
        )
        raise WrongUse(said, f"Name one of: {names}." if names else "See: retain staff.", code="staff-unknown")
    (person,) = found
    duties = who_serves(store, today).values()
    covers = [
        f"{person.name} stands in for {one.owner} today."
        for one in duties
        if one.covered and one.server_id == person.id
    ]
    own = [one for one in duties if one.owner_id == person.id and one.server_id != person.id]
    away = [f"{person.name} is not there today; {one.server or 'nobody'} stands in." for one in own]
    return person.id, [*away, *covers]


def due_document(found: "DueList", today: "date", days: int = 0, why: bool = False) -> "Document":
    """The list as an answer."""
    return _document(found, _Asked(today, days, why), [])


def _document(found: "DueList", asked: _Asked, covers: list[str]) -> "Document":
    from retain_cli.document import Document

    if asked.by_area:
        found = found._replace(lines=[line for lines in _areas(found).values() for line in lines])
    data = [_entry(line) for line in found.lines]
    notes = [*covers, *_notes(found, asked.suppressed)]
    records = [_record(entry) for entry in data]
    return Document(data, _blocks(found, asked, notes), records, notes, header=_HEADER)


def _areas(found: "DueList") -> "dict[str, list[DueLine]]":
    """The lines by area, the area of the customer most worth first; those without one last."""
    areas: dict[str, list[DueLine]] = {}
    for line in found.lines:
        areas.setdefault(line.customer.area or "", []).append(line)
    if "" in areas:
        areas[""] = areas.pop("")
    return areas


def _notes(found: "DueList", listed: bool) -> list[str]:
    """Who is not on the list, and why."""
    from retain_cli.commands.parameters import count_of

    notes = []
    if found.suppressed and not listed:
        reasons = found.left_out
        if len(reasons) == 1:
            (only,) = reasons
            said = f"they {only}" if only.startswith("asked") else only
        else:
            said = ", ".join(
                f"{count} {words}" for words, count in sorted(reasons.items(), key=lambda i: (-i[1], i))
            )
        notes.append(f"{count_of(found.suppressed, 'customer')} left out: {said}.")
    if found.snoozed:
        notes.append(f"{count_of(found.snoozed, 'customer')} with something put off to a later day.")
    if found.unowned:
        notes.append(f"{count_of(found.unowned, 'customer')} on nobody's list: retain due --staff nobody.")
    if found.no_room:
        notes.append(
            f"{count_of(found.no_room, 'customer')} more may order, drift away or be won back; the day is full: "
            "retain due --reason lists them."
        )
    return notes


def _entry(line: "DueLine") -> dict[str, Any]:
    first = line.occurrences[0]
    customer = line.customer
    names = ("id", "external_id", "name", "phone", "email", "area", "grade")
    return {
        "customer": {name: getattr(customer, name) for name in names},
        **_occurrence(first),
        "reasons": [_occurrence(occurrence) for occurrence in line.occurrences],
        "score": line.score,
        "why": [term._asdict() for term in line.terms],
        "where": customer.address or customer.area,
        "say": _say(line),
        "owner": line.duty.owner if line.duty else None,
        "served_by": line.duty.server if line.duty else None,
        "suppressed": line.left_out,
        "last_words": line.last_words.note if line.last_words else None,
        "last_words_on": line.last_words.visited_on if line.last_words else None,
    }


def _occurrence(occurrence: "Occurrence") -> dict[str, Any]:
    from retain_cli.due.listing import reason_sentences

    names = ("reason", "service", "due_on", "planned_on", "days_late", "late", "missed", "channel")
    said = {name: getattr(occurrence, name) for name in names} | {"about": occurrence.about or None}
    return said | {"because": reason_sentences()[occurrence.reason]}


def _record(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry as one flat line, the customer's columns first."""
    flat = {**entry["customer"], **entry}
    flat["reasons"] = [occurrence["service"] for occurrence in entry["reasons"]]
    del flat["customer"]
    return flat


def _say(line: "DueLine") -> str:
    """What to open the conversation with, from what is known."""
    said = []
    if any(occurrence.reason == "birthday" for occurrence in line.occurrences):
        said.append("Wish a happy birthday.")
    if line.last_words:
        words = line.last_words.note
        said.append(f"Last time ({line.last_words.visited_on}): {words}{'' if words[-1] in '.!?。！？' else '.'}")
    if line.last_purchase:
        said.append(f"Ask about the {line.last_purchase.product}, bought {line.last_purchase.bought_on}.")
    return " ".join(said)


def _blocks(found: "DueList", asked: _Asked, sentences: list[str]) -> list[Any]:
    from retain_cli.commands.parameters import count_of, spoken
    from retain_cli.document import Column, Note, Table

    horizon = f" and the {count_of(asked.days, 'day')} after" if asked.days else ""
    notes = [Note(sentence) for sentence in sentences]
    if not found.lines:
        nobody = "Nobody is left out" if asked.suppressed else "Nobody is due"
        return [Note(f"{nobody} on {spoken(asked.today)}{horizon}."), *notes]
    columns = [Column("", wraps=False), Column("Whom and where"), Column("Why"), Column("What was said last")]
    what = "left out" if asked.suppressed else "to contact"
    title = f"{spoken(asked.today)}{horizon}: {count_of(found.total, 'customer')} {what}"
    if found.total > len(found.lines):
        notes.insert(0, Note(f"and {found.total - len(found.lines):,} more."))
    if not asked.by_area:
        rows = [_row(line, asked) for line in found.lines]
        return [Table(columns, rows, title, lines_between=True), *notes]
    tables = [
        Table(
            columns,
            [_row(line, asked) for line in lines],
            f"{area or 'No area'}: {count_of(len(lines), 'customer')}",
            lines_between=True,
        )
        for area, lines in _areas(found).items()
    ]
    return [Note(title), *tables, *notes]


def _row(line: "DueLine", asked: _Asked) -> list[Any]:
    from retain_cli.due.listing import reason_sentences

    customer = line.customer
    reasons = [
        words for occurrence in line.occurrences for words in (titled(occurrence), _when(occurrence, asked.today))
    ]
    if line.left_out:
        reasons.append(f"left out: {line.left_out}")
    if asked.why:
        reasons += dict.fromkeys(reason_sentences()[occurrence.reason] for occurrence in line.occurrences)
        reasons.append(f"Score {line.score} = " + " + ".join(f"{t.term} {t.value}" for t in line.terms))
    whose = f"{line.duty.owner}'s" if line.duty and line.duty.covered else None
    return [
        customer.grade or "",
        [customer.name, customer.phone or customer.email, customer.address or customer.area, whose],
        reasons,
        _said(line),
    ]


def _said(line: "DueLine") -> list[str]:
    """The last words with their day; where there are none, what the customer bought, to have something to ask."""
    if line.last_words:
        return [f"{line.last_words.visited_on}", line.last_words.note]
    if line.last_purchase:
        return ["nothing yet", f"bought {line.last_purchase.product}, {line.last_purchase.bought_on}"]
    return ["nothing yet"]


def titled(occurrence: "Occurrence") -> str:
    """The service, and what it is about where that says more: `promise: quote`."""
    return f"{occurrence.service}: {occurrence.about}" if occurrence.about else occurrence.service


def _when(occurrence: "Occurrence", today: "date") -> str:
    """How, and when: today, in so many days, or since when it waits."""
    from retain_cli.commands.parameters import count_of

    ahead = (occurrence.due_on - today).days
    if ahead > 0:
        when = f"in {count_of(ahead, 'day')}"
    elif ahead == 0:
        when = "today"
    else:
        gone_by = count_of(-ahead, "day")
        when = f"late by {gone_by}" if occurrence.late else f"due {gone_by} ago"
    missed = f", {occurrence.missed} missed" if occurrence.missed else ""
    return f"{occurrence.channel}, {when}{missed}"
