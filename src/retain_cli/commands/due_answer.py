"""What `retain due` answers: the list for people, for programs and for a spreadsheet."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.document import Document
    from retain_cli.due.listing import DueLine, DueList
    from retain_cli.due.occurrence import Occurrence


_HEADER = (
    "id", "external_id", "name", "phone", "email", "area", "grade", "reason", "service", "due_on",
    "planned_on", "days_late", "late", "missed", "channel", "about", "because", "reasons", "score", "why",
    "where", "say", "owner", "served_by", "suppressed", "last_words", "last_words_on",
)  # fmt: skip
"""The columns of the CSV form."""


UNGRADED = "Nobody has a grade yet, so no visits are planned. Next: retain classify."


class Asked(NamedTuple):
    """What was asked for, as far as the answer depends on it."""

    today: "date"
    days: int = 0
    why: bool = False
    by_area: bool = False
    suppressed: bool = False


def due_document(found: "DueList", asked: Asked, covers: list[str]) -> "Document":
    """Whom to contact; `covers` are sentences on who is away and for whom somebody stands in."""
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
    from retain_cli.wording import count_of

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
        "say": say(line),
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


def say(line: "DueLine") -> str:
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


def _blocks(found: "DueList", asked: Asked, sentences: list[str]) -> list[Any]:
    from retain_cli.document import Column, Note, Table
    from retain_cli.wording import count_of, spoken

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


def _row(line: "DueLine", asked: Asked) -> list[Any]:
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
    from retain_cli.wording import count_of

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
