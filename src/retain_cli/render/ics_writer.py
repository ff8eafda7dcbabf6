"""Documents for a calendar: RFC 5545, all-day events, always UTF-8 with CRLF."""

from datetime import UTC, date, datetime, time, timedelta
from typing import IO, TYPE_CHECKING

from retain_cli.document import CalendarEntry, Document
from retain_cli.render.safe import safe

if TYPE_CHECKING:
    import icalendar


def write(document: Document, stream: IO[str], *, today: date) -> None:
    """Write the document's calendar entries as one calendar that can be subscribed to.

    Two calendars of the same facts and day are the same bytes: the stamp of an event is the beginning of the day.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//retain//retain-cli//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Customers to contact")
    # How often a subscriber looks again: RFC 7986 and what Outlook reads.
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in document.calendar:
        calendar.add_component(_event(entry, today))
    written = calendar.to_ical()
    binary = getattr(stream, "buffer", None)
    if binary is None:
        stream.write(written.decode())
        return
    stream.flush()
    binary.write(written)
    binary.flush()


def _event(entry: CalendarEntry, today: date) -> "icalendar.Event":
    import icalendar

    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", safe(entry.title))
    if entry.words:
        event.add("description", "\n".join(map(safe, entry.words.splitlines())))
    if entry.place:
        event.add("location", safe(entry.place))
    # The day stays free for appointments.
    event.add("transp", "TRANSPARENT")
    return event
