"""Who serves whom, resolved on the day it is asked."""

from datetime import date
from pathlib import Path

import pytest

from retain_cli.plan.staff import who_serves
from retain_cli.store.store import open_store


@pytest.fixture
def shop(retain, csv_file, machine):
    """Three of staff, each the next one's backup round the circle; customer 1 is Li's."""
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-10-01,100\n2,2026-10-01,50\n"))
    retain("classify")
    for name in ("Li", "Wang", "Chen"):
        retain("staff", "add", name)
    for name, backup in (("Li", "Wang"), ("Wang", "Chen"), ("Chen", "Li")):
        retain("staff", "set", name, "--backup", backup)
    retain("staff", "assign", "1", "--to", "li")

    def serving(day):
        with open_store(Path(machine / "shop.db"), writes=False) as store:
            return {duty.owner: duty.server for duty in who_serves(store, date.fromisoformat(day)).values()}

    return serving


def test_everybody_serves_their_own(shop):
    assert shop("2026-11-23") == {"Li": "Li", "Wang": "Wang", "Chen": "Chen"}


def test_the_backup_serves_from_the_first_day_away_to_the_last(retain, shop):
    retain("staff", "away", "Li", "2026-12-01", "2026-12-05")
    assert [shop(f"2026-{day}")["Li"] for day in ("11-30", "12-01", "12-05", "12-06")] == [
        "Li",
        "Wang",
        "Wang",
        "Li",
    ]


def test_a_backup_who_is_away_has_a_backup_and_nobody_is_left_when_all_are(retain, shop):
    retain("staff", "away", "Li", "2026-12-01", "2026-12-05")
    retain("staff", "away", "Wang", "2026-12-03", "2026-12-10")
    assert shop("2026-12-03") == {"Li": "Chen", "Wang": "Chen", "Chen": "Chen"}
    retain("staff", "away", "Chen", "2026-12-04", "2026-12-04")
    assert shop("2026-12-04") == {"Li": None, "Wang": None, "Chen": None}


def test_who_retired_serves_nobody_and_comes_back_by_being_set(retain, shop):
    retain("staff", "retire", "Li")
    assert shop("2026-11-23")["Li"] == "Wang"
    assert shop("2026-11-22")["Li"] == "Li"
    retain("staff", "set", "Li", "--hours", "4")
    assert shop("2026-11-23")["Li"] == "Li"


def test_the_list_says_hours_customers_and_who_serves(retain, shop):
    retain("staff", "away", "Li", "2026-11-23", "2026-11-24")
    li = next(one for one in retain("staff", "-f", "json").data if one["name"] == "Li")
    assert (li["customers"], li["served_by"], li["hours"]) == (1, "Wang", 8.0)
    assert li["away"] == [{"from": "2026-11-23", "until": "2026-11-24"}]


def test_what_makes_no_sense_is_refused(retain, shop):
    for words in (
        ("add", "li"),
        ("set", "Li", "--backup", "Li"),
        ("set", "Zhao"),
        ("away", "Li", "2026-12-05", "2026-12-01"),
    ):
        assert retain("staff", *words).code == 2


def test_the_check_adds_up_what_the_plan_asks_by_hand(retain, csv_file):
    # 10 customers: 2 A, 3 B, 5 C; return visits of 30 minutes monthly, quarterly, half-yearly; maintenance of 90
    # twice a year and yearly; a senior visit of 60 a year.
    orders = "".join(f"{n},2026-10-01,{100 - n}\n" for n in range(1, 11))
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders))
    retain("classify")
    retain("staff", "add", "Li", "--hours", "0.5", "--work-days", "mon,tue,wed,thu,fri")
    for n in range(1, 11):
        retain("staff", "assign", f"#{n}", "--to", "Li")
    a_year = 2 * (12 * 30 + 2 * 90 + 60) + 3 * (4 * 30 + 90) + 5 * 2 * 30
    found = retain("plan", "check", "-f", "json").data
    (li,) = found["staff"]
    assert li["hours_per_week"] == round(a_year / 60 / (365.25 / 7), 1)
    assert (li["customers"], li["capacity_hours"], found["fits"]) == (10, 2.5, True)
    retain("staff", "set", "Li", "--hours", "0.1")
    found = retain("plan", "check", "-f", "json").data
    assert found["fits"] is False
    assert found["staff"][0]["shortfall_hours"] > 0
    # The lowest grade gives first.
    assert found["cadence"][0]["grade"] == "C"
