"""`retain staff hand-over`: a leaver's customers and open tasks go to others, previewed, exact, and reversible."""

import json
import sqlite3

import pytest

AREAS = ["Pudong"] * 5 + ["Minhang"] * 3 + ["Xuhui"] * 2
PEOPLE = "Customer ID,Name,Area,Owner\n" + "".join(f"K{n},Name {n},{area},Wang\n" for n, area in enumerate(AREAS))
ORDERS = "Customer ID,Date,Amount\n" + "".join(f"K{n},2026-10-01,{1000 * (n + 1)}\n" for n in range(10))


@pytest.fixture(autouse=True)
def _shop(retain, csv_file):
    """Ten customers of Wang's and one of Chen's; Wang stands in for Chen."""
    retain("import", csv_file("p.csv", PEOPLE + "Z,Other,Pudong,Chen\n"), csv_file("o.csv", ORDERS))
    retain("classify")
    retain("staff", "add", "Li")
    retain("staff", "set", "Chen", "--backup", "Wang")
    retain("promise", "add", "K1", "a quote", "--by", "2026-12-01", "--owner", "Wang")
    retain("promise", "add", "Z", "samples", "--by", "2026-12-01", "--owner", "Wang")
    retain("promise", "add", "K2", "a call", "--by", "2026-12-01", "--owner", "Chen")
    retain("promise", "add", "K3", "done long ago", "--by", "2026-11-23", "--owner", "Wang")
    retain("promise", "keep", "4")
    assert retain("ticket", "open", "K4", "repair", "the floor creaks", "--owner", "Wang").code == 0
    retain("feedback", "add", "K5", "open later")
    assert retain("feedback", "plan", "1", "ask the boss", "--owner", "Wang").code == 0


def everything(machine):
    """Every row that a hand-over may change, straight from the file."""
    base = sqlite3.connect(machine / "shop.db")
    tables = ("customer", "goal", "promise", "ticket", "feedback", "staff", "visit", "need", "enrolment", "clock")
    return {table: base.execute(f"select * from {table} order by 1").fetchall() for table in tables}


def owned(retain):
    return {one["name"]: one["customers"] for one in retain("staff", "-f", "json").data}


def owners(machine):
    """Who looks after whom, straight from the file."""
    base = sqlite3.connect(machine / "shop.db")
    return dict(base.execute("select external_id, staff.name from customer join staff on staff.id = owner_id"))


def over(retain, *argv, **how):
    return retain("staff", "hand-over", "Wang", *argv, "-f", "json", **how)


def test_a_dry_run_shows_who_gets_whom_and_changes_nothing(retain, machine):
    before = everything(machine)
    shown = over(retain, "--to", "Li", "--to", "Chen", "--dry-run").data
    assert everything(machine) == before
    assert shown["batch"] is None
    done = over(retain, "--to", "Li", "--to", "Chen", "--yes").data
    assert {key: done[key] for key in done if key != "batch"} == {
        key: shown[key] for key in shown if key != "batch"
    }
    text = retain("staff", "hand-over", "Chen", "--to", "Li", "--dry-run").out
    assert "nothing was changed" in text
    assert "Other" in text


def test_without_being_asked_nothing_is_given_away(retain, machine):
    before = everything(machine)
    answer = over(retain, "--to", "Li")
    assert answer.code == 2
    assert "10 customers" in answer.out
    assert everything(machine) == before


def test_all_customers_go_and_the_leaver_is_gone_from_the_day(retain):
    over(retain, "--to", "Li", "--from", "2026-12-01", "--yes")
    assert owned(retain) == {"Chen": 1, "Li": 10, "Wang": 0}
    people = {one["name"]: one for one in retain("staff", "-f", "json").data}
    assert people["Wang"]["retired_on"] == "2026-12-01"
    served = {one["name"]: one["served_by"] for one in retain("staff", "-f", "json", today="2026-12-01").data}
    # Wang stood in for Chen; now Li does.
    assert people["Chen"]["backup"] == "Li"
    assert served["Wang"] is None


def test_open_tasks_go_with_the_customer_and_what_is_closed_or_anothers_stays(retain, machine):
    over(retain, "--to", "Li", "--to", "Chen", "--yes")
    by = owners(machine)
    base = sqlite3.connect(machine / "shop.db")
    promises = dict(base.execute("select words, owner from promise"))
    assert promises["a quote"] == by["K1"]
    # Given to a customer of Chen's, who is there: Chen keeps it.
    assert promises["samples"] == "Chen"
    assert promises["a call"] == "Chen"
    assert promises["done long ago"] == "Wang"
    assert retain("ticket", "list", "-f", "json").data[0]["owner"] == by["K4"]
    assert retain("feedback", "list", "-f", "json").data[0]["owner"] == by["K5"]
    assert f"to {by['K4']}" in retain("ticket", "show", "1").out


@pytest.mark.parametrize("several", [2, 3])
def test_several_get_as_many_customers_and_about_as_much(retain, several):
    to = ["Li", "Chen"]
    if several == 3:
        retain("staff", "add", "Gao")
        to.append("Gao")
    done = over(retain, *(word for name in to for word in ("--to", name)), "--dry-run").data
    counts = [one["customers"] for one in done["to"]]
    assert sum(counts) == 10
    assert max(counts) - min(counts) <= 1
    worth = dict.fromkeys(to, 0.0)
    for one in done["customers"]:
        worth[one["to"]] += float(one["amount"]["amount"] if isinstance(one["amount"], dict) else one["amount"])
    # No two differ by more than the best customer is worth.
    assert max(worth.values()) - min(worth.values()) <= 10_000
    assert sum(worth.values()) == 55_000


def test_whole_areas_when_asked(retain):
    done = over(retain, "--to", "Li", "--to", "Chen", "--by", "area", "--dry-run").data
    to = {}
    for one in done["customers"]:
        to.setdefault(one["area"], set()).add(one["to"])
    assert to == {"Pudong": {"Li"}, "Minhang": {"Chen"}, "Xuhui": {"Chen"}}


def test_undo_puts_every_cell_back(retain, machine):
    before = everything(machine)
    number = over(retain, "--to", "Li", "--to", "Chen", "--yes").data["batch"]
    assert everything(machine) != before
    undone = retain("undo", number, "-f", "json").data
    assert undone["kept"] == []
    assert everything(machine) == before
    assert retain("ticket", "show", "1").out.count("to Wang") == 1


def test_undo_leaves_who_was_assigned_since_and_names_them(retain):
    number = over(retain, "--to", "Li", "--yes").data["batch"]
    retain("staff", "assign", "K7", "--to", "Chen")
    retain("staff", "set", "Wang")
    undone = retain("undo", number, "-f", "json").data
    assert [(one["customer"], one["what"]) for one in undone["kept"]] == [("Name 7", "customer")]
    assert owned(retain) == {"Chen": 2, "Li": 0, "Wang": 9}


def test_due_and_the_check_of_the_plan_see_it(retain):
    day = "2027-03-01"
    before = {
        one["customer"]["external_id"] for one in retain("due", "--staff", "Wang", "-f", "json", today=day).data
    }
    assert len(before) > 5
    over(retain, "--to", "Li", "--yes")
    after = {one["customer"]["external_id"] for one in retain("due", "--staff", "Li", "-f", "json", today=day).data}
    assert after == before
    check = {one["staff"]: one["customers"] for one in retain("plan", "check", "-f", "json").data["staff"]}
    assert check["Li"] == 10
    assert check.get("Wang", 0) == 0


def test_what_cannot_be_is_refused(retain):
    assert "from themselves" in over(retain, "--to", "Wang").out
    retain("staff", "retire", "Li")
    assert "serves nobody" in over(retain, "--to", "Li", "--yes").out
    assert over(retain, "--to", "Zhou").json["error"]["code"] == "staff-unknown"
    assert json.loads(over(retain).out)["error"]["code"] == "usage"


def test_goals_that_are_still_aimed_at_go_along_and_come_back(retain, machine):
    """Wang owns five: for everybody, about Chen's customers, about Wang's own, one dropped, one over."""
    aims = (
        ("complaints", "3", "2027-06-30"), ("repeat-rate", "35%", "2027-06-30", "--staff", "Chen"),
        ("repeat-rate", "40%", "2027-06-30", "--staff", "Wang"), ("satisfaction", "4.5", "2027-06-30"),
        ("scores", "50", "2026-12-01"), ("tickets", "50", "2027-06-30"),
    )  # fmt: skip
    for nth, (measure, target, by, *of) in enumerate(aims):
        owner = "Wang" if nth < 5 else "Chen"
        made = retain("goal", "set", measure, target, "--by", by, *of, "--owner", owner)
        assert made.code == 0, made.err
    retain("goal", "drop", 4)
    before = everything(machine)
    done = over(retain, "--to", "Li", "--to", "Chen", "--yes", today="2026-12-02").data
    owners = [row[0] for row in sqlite3.connect(machine / "shop.db").execute("select owner from goal order by id")]
    assert owners == ["Li", "Chen", "Li", "Wang", "Wang", "Chen"]
    assert {one["name"]: one["goals"] for one in done["to"]} == {"Li": 2, "Chen": 1}
    told = [(one["id"], one["words"], one["to"]) for one in done["tasks"] if one["kind"] == "goal"]
    assert told[0] == (1, "complaints by 2027-06-30", "Li")
    assert retain("undo", done["batch"], "-f", "json").data["kept"] == []
    assert everything(machine)["goal"] == before["goal"]


def test_undo_leaves_a_goal_that_went_on_to_somebody_else_and_names_it(retain, machine):
    retain("goal", "set", "satisfaction", "4.5", "--by", "2027-06-30", "--owner", "Wang")
    first = over(retain, "--to", "Li", "--yes").data["batch"]
    retain("staff", "hand-over", "Li", "--to", "Chen", "--yes")
    kept = retain("undo", first, "-f", "json").data["kept"]
    assert ("satisfaction", "goal") in [(one["customer"], one["what"]) for one in kept]
    owner = sqlite3.connect(machine / "shop.db").execute("select owner from goal").fetchall()
    assert owner == [("Chen",)]
