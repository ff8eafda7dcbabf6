"""What `retain log-visit` answers: the visit, what it settled, and what comes next."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.commands.parameters import Json
    from retain_cli.document import Document
    from retain_cli.due.occurrence import Occurrence
    from retain_cli.record.find import Found
    from retain_cli.record.visit import Logged


class Entry(NamedTuple):
    """One customer's visit as it was kept, with what it settled, what comes next, and what came of the words."""

    found: "Found"
    visit: "Logged"
    ratings: dict[str, int]
    services: list[str]
    settled: "list[Occurrence]"
    unsettled: "list[Occurrence]"
    """What still stands on the list after they were reached, since only naming the service settles it."""
    coming: "list[Occurrence]"
    needs: "list[Json]"
    promises: "list[Json]"
    gifts: "list[Json]"


def document(entries: list[Entry], today: "date", *, corrected: bool = False) -> "Document":
    """What was logged, for each customer; with several the first leads, and all stand in `visits`."""
    from retain_cli.document import Document

    data = [_data(entry) for entry in entries]
    notes = [note for entry in entries for note in _notes(entry, today, corrected)]
    records = [
        {
            **one["visit"],
            "ratings": [f"{question}={score}" for question, score in entry.ratings.items()],
            "settled": [o.service for o in entry.settled],
            "next_due_on": one["next_due_on"],
        }
        for one, entry in zip(data, entries, strict=True)
    ]
    return Document(data[0] | ({"visits": data} if len(data) > 1 else {}), notes, records)


def _data(entry: Entry) -> dict[str, Any]:
    from retain_cli.commands.parameters import money
    from retain_cli.commands.ratings import as_list

    def due(occurrences: "list[Occurrence]") -> list[dict[str, Any]]:
        return [{"reason": o.reason, "service": o.service, "due_on": o.due_on} for o in occurrences]

    found, visit = entry.found, entry.visit
    return {
        "visit": {
            "id": visit.id,
            "customer": {"id": found.id, "external_id": found.external_id, "name": found.name},
            "visited_on": visit.visited_on,
            "channel": visit.channel,
            "outcome": visit.outcome,
            "services": entry.services,
            "satisfaction": visit.satisfaction,
            "ratings": as_list(entry.ratings),
            "note": visit.note,
            "cost": money(visit.cost, visit.currency or ""),
            "minutes": visit.minutes,
            "next_on": visit.next_on,
            "staff": visit.staff,
        },
        "settled": due(entry.settled),
        "unsettled": due(entry.unsettled),
        "next_due_on": entry.coming[0].due_on if entry.coming else None,
        "next": due(entry.coming),
        "needs": entry.needs,
        "promises": entry.promises,
        "gifts": entry.gifts,
    }


def _notes(entry: Entry, today: "date", corrected: bool) -> "list[Any]":
    from retain_cli.document import Note

    visit = entry.visit
    did = f"Corrected visit {visit.id}" if corrected else "Logged"
    said = [f"{did}: {entry.found.name}, {visit.channel} on {visit.visited_on}, {visit.outcome}."]
    if corrected:
        said[0] += " The original is kept; retain show has both."
    said += [f"Promised by {one['due_on']}: {one['words']} (promise {one['id']})." for one in entry.promises]
    said += [f"Needed{_when(one['wanted_on'])}: {one['what']} (need {one['id']})." for one in entry.needs]
    said += [f"Given: {one['what']} (gift {one['id']})." for one in entry.gifts]
    return [Note(words) for words in (*said, *what_it_changed(entry, today))]


def what_it_changed(entry: Entry, today: "date") -> list[str]:
    """What a contact settled and what it did not, with the command line that would, and what comes next."""
    from retain_cli.commands.coming import coming_sentences

    said = []
    if entry.settled:
        said.append("Settled: " + ", ".join(f"{o.service} (due {o.due_on})" for o in entry.settled) + ".")
    if names := list(dict.fromkeys(o.service for o in entry.unsettled)):
        options = " ".join(f'--service "{name}"' for name in (*entry.services, *names))
        said.append(
            f"Not settled: {', '.join(names)}. If it was done: "
            f"retain log-visit '#{entry.found.id}' --correct {entry.visit.id} {options}"
        )
    return said + coming_sentences(entry.coming, today)


def _when(day: "date | None") -> str:
    return f" from {day}" if day else ""
