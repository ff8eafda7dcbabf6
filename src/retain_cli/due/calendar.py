"""The list as entries of a calendar: each customer on the day of the first thing that is due for them."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from retain_cli.document import CalendarEntry
from retain_cli.due.listing import DueLine
from retain_cli.due.occurrence import Occurrence


def calendar(lines: Sequence[DueLine], said: Sequence[str], today: date, shop: str) -> list[CalendarEntry]:
    """One entry for each customer and day, what waits since earlier on `today`; `said` are the words for each line.

    An entry keeps its id from day to day for as long as the earliest thing in it waits.
    """
    entries = []
    for line, words in zip(lines, said, strict=True):
        by_day: dict[date, list[Occurrence]] = {}
        for occurrence in line.occurrences:
            by_day.setdefault(max(occurrence.due_on, today), []).append(occurrence)
        entries += [_entry(line, words, on, due, shop) for on, due in by_day.items()]
    return sorted(entries, key=lambda entry: entry.on)


def _entry(line: DueLine, words: str, on: date, due: list[Occurrence], shop: str) -> CalendarEntry:
    customer = line.customer
    first = min(due, key=lambda occurrence: (occurrence.due_on, occurrence.reason, occurrence.service))
    thing = (shop, str(customer.id), first.reason, first.service, first.due_on.isoformat())
    since = f"since {first.due_on}" if first.due_on < on else ""
    reach = filter(None, (customer.phone, customer.email))
    return CalendarEntry(
        f"{sha256(chr(10).join(thing).encode()).hexdigest()[:32]}@retain",
        on,
        f"{customer.name}: {', '.join(dict.fromkeys(occurrence.service for occurrence in due))}",
        "\n".join(filter(None, (", ".join(reach), since, words))),
        ", ".join(filter(None, (customer.address, customer.area))),
    )
