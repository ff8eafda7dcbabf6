"""`retain due`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.document import Document
    from retain_cli.due.listing import DueLine, DueList
    from retain_cli.due.occurrence import Occurrence

_HEADER = (
    "id", "external_id", "name", "phone", "email", "area", "grade", "reason", "service", "due_on",
    "days_late", "late", "missed", "channel", "because", "reasons", "score", "why", "where", "say",
    "last_words", "last_words_on",
)  # fmt: skip
"""The columns of the CSV form."""


def due(
    workspace: Workspace,
    days: Annotated[int, typer.Option("--days", metavar="N", min=0, max=366, help="Look so many days ahead.")] = 0,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Show the N most worth, after ranking all.")
    ] = None,
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

    Most worth first. Whoever is due stays on the list until they are contacted.
    """
    from retain_cli.due.listing import whom_to_contact
    from retain_cli.store.policy import read_policy, shop_id

    if notify or dry_run:
        return _tell(workspace, days, limit, notify=notify, dry_run=dry_run)
    with workspace.open() as store:
        shop = shop_id(store) if workspace.format == "ics" else ""
        found = whom_to_contact(store, read_policy(store), workspace.today, ahead=days, limit=limit)
    if quiet:
        return 1 if found.total else 0
    document = due_document(found, workspace.today, days, why)
    if workspace.format == "ics":
        from retain_cli.due.calendar import calendar

        said = [_say(line) for line in found.lines]
        document = document._replace(calendar=calendar(found.lines, said, workspace.today, shop))
    workspace.show(document)
    return 0


def _tell(workspace: Workspace, days: int, limit: int | None, *, notify: bool, dry_run: bool) -> int:
    from retain_cli.commands.notify import tell
    from retain_cli.errors import WrongUse

    if not notify:
        raise WrongUse("--dry-run stands with --notify", "Without --notify nothing is sent.")
    if days:
        raise WrongUse("a digest is of one day", "Leave --days away, or --notify.")
    return tell(workspace, limit=limit, dry_run=dry_run)


def due_document(found: "DueList", today: "date", days: int = 0, why: bool = False) -> "Document":
    """The list as an answer."""
    from retain_cli.document import Document

    data = [_entry(line) for line in found.lines]
    records = [_record(entry) for entry in data]
    return Document(data, _blocks(found, today, days, why), records, header=_HEADER)


def _entry(line: "DueLine") -> dict[str, Any]:
    first = line.occurrences[0]
    customer = line.customer
    names = ("id", "external_id", "name", "phone", "email", "area", "grade")
    return {
        "customer": {name: getattr(customer, name) for name in names},
        **_occurrence(first),
        "reasons": [_occurrence(occurrence) for occurrence in line.occurrences],
        "score": line.score,
        "why": [{"term": term.term, "value": term.value} for term in line.terms],
        "where": customer.address or customer.area,
        "say": _say(line),
        "last_words": line.last_words.note if line.last_words else None,
        "last_words_on": line.last_words.visited_on if line.last_words else None,
    }


def _occurrence(occurrence: "Occurrence") -> dict[str, Any]:
    from retain_cli.due.listing import reason_sentences

    names = ("reason", "service", "due_on", "days_late", "late", "missed", "channel")
    said = {name: getattr(occurrence, name) for name in names}
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


def _blocks(found: "DueList", today: "date", days: int, why: bool) -> list[Any]:
    from retain_cli.commands.parameters import count_of, spoken
    from retain_cli.document import Column, Note, Table

    horizon = f" and the {count_of(days, 'day')} after" if days else ""
    suppressed = [Note(f"{count_of(found.suppressed, 'customer')} left out: they asked not to be contacted.")]
    notes = suppressed if found.suppressed else []
    if not found.lines:
        return [Note(f"Nobody is due on {spoken(today)}{horizon}."), *notes]
    columns = [Column("", wraps=False), Column("Whom and where"), Column("Why"), Column("What was said last")]
    rows = [_row(line, today, why) for line in found.lines]
    title = f"{spoken(today)}{horizon}: {count_of(found.total, 'customer')} to contact"
    table = Table(columns, rows, title, lines_between=True)
    if found.total > len(found.lines):
        notes.insert(0, Note(f"and {found.total - len(found.lines):,} more."))
    return [table, *notes]


def _row(line: "DueLine", today: "date", why: bool) -> list[Any]:
    from retain_cli.due.listing import reason_sentences

    customer = line.customer
    reasons = [words for occurrence in line.occurrences for words in (occurrence.service, _when(occurrence, today))]
    if why:
        reasons += dict.fromkeys(reason_sentences()[occurrence.reason] for occurrence in line.occurrences)
        reasons.append(f"Score {line.score} = " + " + ".join(f"{t.term} {t.value}" for t in line.terms))
    return [
        customer.grade or "",
        [customer.name, customer.phone or customer.email, customer.address or customer.area],
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
