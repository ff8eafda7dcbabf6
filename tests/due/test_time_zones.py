"""The day of the list is the shop's, at every midnight and where the clock is turned."""

from datetime import UTC, date, datetime, timedelta, tzinfo

import pytest

from retain_cli import workspace

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# A day on which the clock is turned, or any where it is not, with the hours ahead of UTC before and after it: from
# the public time zone database (https://www.iana.org/time-zones).
ZONES = [
    ("Pacific/Kiritimati", "2026-06-01", 14, 14),
    ("Pacific/Auckland", "2026-09-27", 12, 13),
    ("Australia/Lord_Howe", "2026-10-04", 10.5, 11),
    ("Asia/Tokyo", "2026-12-31", 9, 9),
    ("Asia/Shanghai", "2027-01-01", 8, 8),
    ("Asia/Kathmandu", "2026-02-28", 5.75, 5.75),
    ("Asia/Kolkata", "2028-02-29", 5.5, 5.5),
    # The hour from midnight to one is left out.
    ("Africa/Cairo", "2026-04-24", 2, 3),
    ("Europe/Berlin", "2026-03-29", 1, 2),
    ("Europe/London", "2026-10-25", 1, 0),
    ("America/St_Johns", "2026-03-08", -3.5, -2.5),
    ("America/New_York", "2026-11-01", -4, -5),
    ("America/Los_Angeles", "2026-03-08", -8, -7),
    ("Pacific/Pago_Pago", "2026-06-01", -11, -11),
]


class _Clock(datetime):
    """A clock that stands still at an instant."""

    instant = datetime(2026, 1, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return cls.instant.astimezone(tz)


@pytest.mark.parametrize(("zone", "turned", "before", "after"), ZONES)
def test_an_agreed_day_is_due_from_its_own_midnight_on(retain, csv_file, monkeypatch, zone, turned, before, after):
    monkeypatch.setenv("RETAIN_TZ", zone)
    day = date.fromisoformat(turned)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    retain("import", csv_file("c.csv", "Customer ID,Name\n1,Ann\n"), today=str(day - 9 * DAY))
    retain("log-visit", 1, "--next", str(day), today=str(day - 9 * DAY))
    begins, ends = midnight - timedelta(hours=before), midnight + DAY - timedelta(hours=after)
    monkeypatch.setattr(workspace, "datetime", _Clock)
    for instant, late in (
        (begins - DAY, -1),
        (begins - MINUTE, -1),
        (begins, 0),
        (begins + MINUTE, 0),
        (begins + timedelta(hours=3), 0),
        (ends - MINUTE, 0),
        (ends, 1),
        (ends + DAY - MINUTE, 1),
        (ends + DAY, 2),
    ):
        monkeypatch.setattr(_Clock, "instant", instant)
        answer = retain("due", "-f", "json", today="")
        assert answer.json["today"] == str(day + DAY * late), instant
        assert [line["days_late"] for line in answer.data] == ([late] if late >= 0 else []), instant
