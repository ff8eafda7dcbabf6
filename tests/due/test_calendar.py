"""`retain due -f ics`: the list as a feed."""

import icalendar
import pytest

TODAY = "2026-11-23"

ORDERS = "Customer,Date,Amount\nK1,2026-03-02,900\nK2,2026-04-10,500\nK3,2026-05-05,100\n"
PEOPLE = """\
Customer ID,Name,Phone,Area,Address,Birthday
K1,Wang Fang,13800138001,Pudong,Century Avenue 1,1980-11-25
K2,Li Lei,13800138002,Minhang,Elm Road 9,1990-11-28
K3,王小红,13800138003,Pudong,,
"""


@pytest.fixture(autouse=True)
def _shop(retain, csv_file):
    """Three customers since the first of June."""
    retain("import", csv_file("p.csv", PEOPLE), csv_file("o.csv", ORDERS), today="2026-06-01")
    retain("classify", today="2026-06-01")


def events(retain, *argv, today=TODAY):
    answer = retain("due", *argv, "-f", "ics", today=today)
    assert answer.code == 0, answer.err
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(answer.out).walk("VEVENT")}


def test_everybody_on_the_list_is_in_the_calendar_today(retain):
    listed = retain("due", "-f", "json").data
    found = events(retain).values()
    for entry in listed:
        (event,) = [e for e in found if str(e["SUMMARY"]).startswith(entry["customer"]["name"] + ": ")
                    and e.decoded("DTSTART").isoformat() == TODAY]  # fmt: skip
        assert entry["customer"]["phone"] in event["DESCRIPTION"]
        assert entry["where"] in event["LOCATION"]


def test_days_ahead_stand_on_their_own_days_and_what_waits_on_today(retain):
    for event in events(retain, "--days", "30").values():
        assert event.decoded("DTSTART").isoformat() >= TODAY
    for entry in retain("due", "--days", "30", "-f", "json").data:
        on = {max(reason["due_on"], TODAY) for reason in entry["reasons"]}
        found = {
            event.decoded("DTSTART").isoformat()
            for event in events(retain, "--days", "30").values()
            if str(event["SUMMARY"]).startswith(entry["customer"]["name"] + ": ")
        }
        assert found == on


def test_an_entry_keeps_its_name_from_day_to_day_until_it_is_done(retain):
    before = events(retain)
    after = events(retain, today="2026-11-24")
    assert before
    assert set(before) <= set(after)
    assert {event.decoded("DTSTART").isoformat() for name, event in after.items() if name in before} == {
        "2026-11-24",
        "2026-11-25",  # a birthday, shown before its day
    }
    retain("log-visit", "K3", today="2026-11-24")
    gone = set(after) - set(events(retain, today="2026-11-24"))
    assert ["王小红" in after[name]["SUMMARY"] for name in gone] == [True]


def test_two_shops_share_no_names(retain, machine, csv_file, new_databases_are_copies, monkeypatch):
    from retain_cli.store import migrate

    monkeypatch.setattr(migrate, "create", new_databases_are_copies)
    everywhere = ["--db", "other.db"]
    retain("import", csv_file("p.csv", PEOPLE), csv_file("o.csv", ORDERS), *everywhere, today="2026-06-01")
    retain("classify", *everywhere, today="2026-06-01")
    mine, theirs = events(retain), events(retain, *everywhere)
    assert len(mine) == len(theirs) > 0
    assert set(mine).isdisjoint(theirs)


def test_other_commands_have_no_calendar(retain):
    answer = retain("list", "-f", "ics")
    assert answer.code == 2
    assert "ics" in answer.err


def test_a_file_is_what_was_printed(retain, machine):
    """As `retain due -f ics > feed.ics` does it, in a process of its own."""
    import subprocess
    import sys

    with (machine / "feed.ics").open("wb") as file:
        command = [sys.executable, "-m", "retain_cli", "due", "-f", "ics", "--today", TODAY]
        subprocess.run(command, stdout=file, check=True)
    data = (machine / "feed.ics").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    assert {str(event["UID"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")} == set(events(retain))
