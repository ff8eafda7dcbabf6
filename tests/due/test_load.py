"""`retain agenda --staff`: the days of one of the team."""

import icalendar
import pytest

DAYS = 45
TEAM = """\
staff add Li --hours 4
staff add Chen --hours 8
staff add Zhou --hours 4 --backup Chen
staff assign K0 K1 K2 K3 K4 K5 --to Li
staff assign K6 K7 K8 K9 --to Zhou
staff away Zhou 2026-11-25 2026-12-04
policy set daily_capacity 8
"""


@pytest.fixture(autouse=True)
def _shop(retain, csv_file):
    """Fourteen customers; ten of them Li's and Zhou's, for whom Chen stands in from the 25th to the 4th."""
    people = "".join(f"K{n},Guest {n},1980-{11 + n % 2}-{n + 15:02}\n" for n in range(14))
    orders = "".join(f"K{n},2026-0{1 + n % 9}-12,{900 - n}\n" for n in range(14))
    retain("import", csv_file("p.csv", "Customer ID,Name,Birthday\n" + people), today="2026-11-01")
    retain("import", csv_file("o.csv", "Customer,Date,Amount\n" + orders), today="2026-11-01")
    retain("classify", today="2026-11-01")
    for line in TEAM.splitlines():
        answer = retain(*line.split())
        assert answer.code == 0, answer.err


def days(retain, *words):
    return {one["day"]: one for one in retain("agenda", "--days", str(DAYS), "-f", "json", *words).data}


def named(retain, *words):
    """Who is named on which day, and the id of that day's entry."""
    text = retain("agenda", "--days", str(DAYS), "-f", "ics", *words).out
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return {
        event.decoded("DTSTART").isoformat(): (
            {line.partition(" (")[0] for line in str(event["DESCRIPTION"]).splitlines() if line[0] != " "},
            str(event["UID"]),
        )
        for event in events
    }


def test_the_days_of_all_and_of_nobody_are_the_days_of_the_team(retain):
    whole = days(retain)
    parts = [days(retain, "--staff", name) for name in ("Li", "Chen", "Zhou", "nobody")]
    assert sum(day["customers"] for day in whole.values()) > 14
    for day, one in whole.items():
        for figure in ("customers", "services", "minutes"):
            assert one[figure] == sum(part[day][figure] for part in parts), (day, figure)


def test_each_day_has_whom_they_own_or_stand_in_for_on_that_day(retain):
    owned = {f"Guest {n}": "Li" if n < 6 else "Zhou" if n < 10 else "nobody" for n in range(14)}
    of_team = named(retain)
    found = {name: named(retain, "--staff", name) for name in ("Li", "Chen", "Zhou", "nobody")}
    assert any(names for names, _ in found["Chen"].values())
    for day, (names, _) in of_team.items():
        away = "2026-11-25" <= day <= "2026-12-04"
        for name, theirs in found.items():
            serves = {"Zhou": "Chen"} if away else {}
            expected = {guest for guest in names if serves.get(owned[guest], owned[guest]) == name}
            assert theirs.get(day, (set(), ""))[0] == expected, (day, name)


def test_today_has_the_same_customers_as_the_list_of_the_same_person(retain):
    for name in ("Li", "Chen", "Zhou", "nobody"):
        listed = {one["customer"]["name"] for one in retain("due", "--staff", name, "-f", "json").data}
        assert named(retain, "--staff", name).get("2026-11-23", (set(), ""))[0] == listed


def test_the_room_is_their_part_of_the_hours_and_none_where_they_are_away(retain):
    """Eight customers a day by four, eight and four hours: two, four and two."""
    room = {name: days(retain, "--staff", name) for name in ("Li", "Chen", "Zhou")}
    for name, customers in (("Li", 2), ("Chen", 4), ("Zhou", 2)):
        assert (room[name]["2026-11-23"]["capacity"], room[name]["2026-11-23"]["work_day"]) == (customers, True)
    assert (room["Zhou"]["2026-11-25"]["capacity"], room["Zhou"]["2026-11-25"]["work_day"]) == (0, False)
    assert (room["Zhou"]["2026-12-07"]["capacity"], room["Li"]["2026-11-29"]["capacity"]) == (2, 0)


def test_no_two_of_the_team_have_entries_of_one_id(retain):
    ids = [
        uid for words in ((), ("--staff", "Li"), ("--staff", "Zhou")) for _, uid in named(retain, *words).values()
    ]
    assert len(set(ids)) == len(ids)


def test_who_stands_in_today_is_said_and_whoever_is_not_known_is_wrong_use(retain):
    said = retain("agenda", "--staff", "chen", today="2026-11-26").out
    assert "30 days from 2026-11-26, Chen" in said
    assert "Chen stands in for Zhou today." in said
    assert retain("agenda", "--staff", "Wang").code == 2
    assert retain("agenda", "--staff", "Li", "--by", "value").code == 2
