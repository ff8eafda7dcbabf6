"""What a command has at hand: the day of the shop's own zone, the format, the streams."""

import io
import sys
from datetime import UTC, date, datetime

import pytest

from retain_cli import workspace as module
from retain_cli.document import Document, Note
from retain_cli.errors import BadConfiguration, WrongUse
from retain_cli.workspace import FIRST_DAY, LAST_DAY, Workspace, workspace


def clock(monkeypatch, moment):
    """Stop the clock at a moment."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    monkeypatch.setattr(module, "datetime", Stopped)


def today(**how):
    return workspace("list", how.get("db"), how.get("today"), "table", False).today


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Asia/Shanghai", date(2026, 11, 23)),
        ("UTC", date(2026, 11, 22)),
        ("Pacific/Kiritimati", date(2026, 11, 23)),
        ("America/Los_Angeles", date(2026, 11, 22)),
        ("Asia/Kathmandu", date(2026, 11, 22)),
    ],
)
def test_today_is_the_day_of_the_shops_zone(monkeypatch, zone, day):
    clock(monkeypatch, datetime(2026, 11, 22, 16, 30, tzinfo=UTC))
    monkeypatch.setenv("RETAIN_TZ", zone)
    assert today() == day


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        # Clocks are put forward at midnight, so that the day begins at one.
        (datetime(2024, 9, 8, 4, 0, tzinfo=UTC), "America/Santiago", date(2024, 9, 8)),
        (datetime(2024, 9, 8, 3, 59, tzinfo=UTC), "America/Santiago", date(2024, 9, 7)),
        # A whole day was left out.
        (datetime(2011, 12, 30, 9, 59, tzinfo=UTC), "Pacific/Apia", date(2011, 12, 29)),
        (datetime(2011, 12, 30, 10, 1, tzinfo=UTC), "Pacific/Apia", date(2011, 12, 31)),
    ],
)
def test_odd_days_of_odd_zones(monkeypatch, moment, zone, day):
    clock(monkeypatch, moment)
    monkeypatch.setenv("RETAIN_TZ", zone)
    assert today() == day


def test_a_day_that_is_said_beats_every_clock(monkeypatch):
    clock(monkeypatch, datetime(2026, 11, 22, tzinfo=UTC))
    monkeypatch.setenv("RETAIN_TZ", "Nowhere/Land")
    assert today(today="2025-02-28") == date(2025, 2, 28)
    with pytest.raises(BadConfiguration, match="Nowhere/Land"):
        today()


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/localtime", "Asia", " "])
def test_what_is_no_zone_is_refused(monkeypatch, zone):
    monkeypatch.setenv("RETAIN_TZ", zone)
    with pytest.raises(BadConfiguration):
        today()


@pytest.mark.parametrize(
    "written", ["someday", "2026-02-30", "23.11.2026", "1899-12-31", "3000-01-01", "0001-01-01"]
)
def test_what_is_no_day_within_reach_is_refused(written):
    with pytest.raises(WrongUse) as refused:
        today(today=written)
    assert refused.value.code == "day-unreadable"


def test_the_first_and_the_last_day_can_be_lived_through(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer,Date,Amount\n1,2026-01-02,5\n"))
    for day in (FIRST_DAY, LAST_DAY):
        for command in (["classify"], ["due", "--days", "366"], ["list"], ["show", "1"], ["report"], ["plan"]):
            assert retain(*command, today=str(day)).code == 0, (day, command)


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(WrongUse) as refused:
        workspace("list", None, "2026-01-01", "xml", False)
    assert "table, json, csv" in refused.value.hint


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_document_is_written_in_the_format_asked_for(monkeypatch, machine, form):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    Workspace("list", machine / "x.db", date(2026, 1, 2), form).show(Document([{"a": 1}], [Note("one")]))
    assert (
        stream.getvalue()
        == {
            "table": "one\n",
            "json": '{\n  "retain": 1,\n  "command": "list",\n  "today": "2026-01-02",\n  "data": [\n    {\n'
            '      "a": 1\n    }\n  ],\n  "problems": []\n}\n',
            "csv": "a\n1\n",
        }[form]
    )


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("answer", "agreed"), [("y\n", True), ("YES\n", True), ("n\n", False), ("\n", False), ("", False)]
)
def test_a_person_is_asked_and_only_yes_is_yes(monkeypatch, machine, capsys, answer, agreed):
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    asked = Workspace("erase", machine / "x.db", date(2026, 1, 2))
    if agreed:
        asked.confirm("erase \x1b[2J?")
    else:
        with pytest.raises(WrongUse) as refused:
            asked.confirm("erase \x1b[2J?")
        assert refused.value.code == "not-agreed"
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "erase \\x1b[2J? [y/N] "


def test_what_is_said_to_a_person_goes_to_stderr_harmlessly(machine, capsys):
    Workspace("list", machine / "x.db", date(2026, 1, 2)).say("\x1b[2Jhello\n")
    out, err = capsys.readouterr()
    assert (out, err) == ("", "\\x1b[2Jhello\\x0a\n")


@pytest.mark.parametrize("written", ["tomorrow", "2026-02-30", "3000-01-01"])
def test_a_day_of_the_environment_that_is_none_is_a_wrong_environment(retain, written):
    answer = retain("list", today=written)
    assert answer.code == 78
    assert answer.err.startswith("retain: error: RETAIN_TODAY ")
    assert retain("list", "-f", "json", today=written).json["error"]["code"] == "configuration"


def test_a_day_that_is_said_is_not_asked_of_the_environment(retain):
    assert retain("list", "--today", "2026-11-23", today="tomorrow").code == 72
