"""Calendars, read back by the library and byte by byte as RFC 5545 has them."""

import io
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from retain_cli.document import CalendarEntry, Document
from retain_cli.render.ics_writer import write

TODAY = date(2026, 11, 23)


def written(*entries):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\r\n")
    write(Document([], calendar=entries), stream, today=TODAY)
    stream.flush()
    return stream.buffer.getvalue()


def events(data):
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


LONG = CalendarEntry(
    "one@retain",
    date(2026, 12, 31),
    "王小红, 李; \\ Müller: return visit",
    "a\nb " + "浦东世纪大道" * 40,
    "Quay 1; 2, 3",
)


def test_what_is_written_is_read_back():
    (event,) = events(written(LONG))
    assert event["UID"] == "one@retain"
    assert event["SUMMARY"] == LONG.title
    assert event["DESCRIPTION"] == LONG.words
    assert event["LOCATION"] == LONG.place
    assert event.decoded("DTSTART") == date(2026, 12, 31)
    assert event.decoded("DTEND") == date(2027, 1, 1)
    assert event.decoded("DTSTAMP") == datetime(2026, 11, 23, tzinfo=UTC)


def test_an_event_is_of_a_whole_day_in_no_time_zone():
    data = written(LONG)
    assert b"DTSTART;VALUE=DATE:20261231\r\n" in data
    assert b"DTEND;VALUE=DATE:20270101\r\n" in data


def test_lines_end_as_they_should_and_none_is_longer_than_75_bytes():
    data = written(LONG)
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    # What is folded is whole again, and no character was cut in two.
    assert LONG.words.replace("\n", "\\n") in data.replace(b"\r\n ", b"").decode("utf-8")


def test_nobody_due_is_a_calendar_without_events():
    assert events(written()) == []
    assert icalendar.Calendar.from_ical(written())["VERSION"] == "2.0"


def test_it_is_utf_8_whatever_the_stream_is():
    assert "王小红".encode() in written(LONG)


@pytest.mark.parametrize("hostile", ["a\r\nEND:VEVENT", "\x1b[2J", "x\x00y", "a\nATTACH:file:///etc/passwd"])
def test_no_title_ends_its_line(hostile):
    data = written(LONG._replace(title=hostile, place=hostile, words=hostile))
    (event,) = events(data)
    assert set(event.keys()) == {
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DTSTAMP",
        "UID",
        "DESCRIPTION",
        "LOCATION",
        "TRANSP",
    }
    assert b"\x1b" not in data
    assert b"\x00" not in data


def test_the_same_twice_is_the_same_bytes():
    assert written(LONG) == written(LONG)


def test_days_at_the_ends_of_the_calendar():
    (event,) = events(written(LONG._replace(on=date(2028, 2, 29))))
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
