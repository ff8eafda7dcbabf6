"""Merging two customers of whom each, or one, has a plan of their own."""

import sqlite3

import pytest

TABLES = ("customer", "enrolment", "past_enrolment", "clock", "plan_line", "visit", "decision", "moved_day")


@pytest.fixture(autouse=True)
def _shop(retain, csv_file):
    """Ann twice, and others, all graded; both Anns were visited."""
    orders = "".join(
        f"{name},2026-09-0{n},{100 * n}\n" for n, name in enumerate(["A", "B", "C", "D", "E"], start=1)
    )
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders), today="2026-10-01")
    retain("classify", today="2026-10-01")
    retain("log-visit", "A", "--on", "2026-10-05", today="2026-10-05")
    retain("log-visit", "B", "--on", "2026-10-12", today="2026-10-12")


def own(retain, customer, service, every):
    answer = retain("plan", "set", service, "--customer", customer, "--every", every, today="2026-10-15")
    assert answer.code == 0, answer.err


def plan_of(retain, customer):
    """The rhythm of each of a customer's own services."""
    lines = retain("plan", "show", "--customer", customer, "-f", "json").data
    lines = lines["lines"] if isinstance(lines, dict) else lines
    return {line["service"]: line["every"] for line in lines if line.get("grade") is None}


def nominal(retain, customer, service, today="2028-06-01"):
    """The day from which a service is due to a customer."""
    for line in retain("due", "-f", "json", today=today).data:
        if line["customer"]["external_id"] == customer:
            return next((one["due_on"] for one in line["reasons"] if one["service"] == service), None)
    return None


def merge(retain):
    answer = retain("merge", "A", "B", "--yes", "-f", "json")
    assert answer.code == 0, answer.err
    return answer.data["batch"]


def everything(machine):
    base = sqlite3.connect(machine / "shop.db")
    return {table: sorted(base.execute(f"select * from {table}").fetchall(), key=repr) for table in TABLES}


def sound(machine):
    base = sqlite3.connect(machine / "shop.db")
    assert base.execute("pragma foreign_key_check").fetchall() == []
    # Every clock that runs is by a line in force.
    assert base.execute(
        "select count(*) from clock join plan_line on plan_line.id = plan_line_id"
        " where until_on is null and removed_on is not null"
    ).fetchone() == (0,)


def test_of_two_plans_for_one_service_the_first_stands(retain, machine):
    own(retain, "A", "return visit", "2m")
    own(retain, "B", "return visit", "2w")
    merge(retain)
    assert plan_of(retain, "A") == {"return visit": "2m"}
    # The last visit of either, and two months.
    assert nominal(retain, "A", "return visit") == "2026-12-12"
    sound(machine)


def test_what_the_first_has_no_line_for_comes_from_the_second(retain, machine):
    own(retain, "A", "return visit", "2m")
    own(retain, "B", "return visit", "2w")
    own(retain, "B", "overhaul", "6m")
    merge(retain)
    assert plan_of(retain, "A") == {"return visit": "2m", "overhaul": "6m"}
    assert nominal(retain, "A", "overhaul") is not None
    assert nominal(retain, "A", "return visit") == "2026-12-12"
    sound(machine)


def test_a_line_that_the_first_had_taken_out_gives_way_to_one_in_force(retain, machine):
    own(retain, "A", "return visit", "2m")
    assert retain("plan", "remove", "return visit", "--customer", "A", today="2026-10-20").code == 0
    own(retain, "B", "return visit", "2w")
    merge(retain)
    assert plan_of(retain, "A") == {"return visit": "2w"}
    assert nominal(retain, "A", "return visit") == "2026-10-26"
    sound(machine)


def test_the_second_alone_has_a_plan_and_the_first_takes_it_over(retain, machine):
    own(retain, "B", "return visit", "2w")
    merge(retain)
    assert plan_of(retain, "A") == {"return visit": "2w"}
    assert nominal(retain, "A", "return visit") == "2026-10-26"
    sound(machine)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"return visit": "2m"}, {"return visit": "2w", "overhaul": "6m"}),
        ({}, {"return visit": "2w", "maintenance": "3m"}),
        ({"overhaul": "1y"}, {"return visit": "2w"}),
        ({"return visit": "2m", "overhaul": "1y"}, {}),
    ],
)
def test_undo_parts_the_plans_again_exactly(retain, machine, ours, theirs):
    for customer, lines in (("A", ours), ("B", theirs)):
        for service, every in lines.items():
            own(retain, customer, service, every)
    retain("skip", "B", "--reason", "on holiday")
    before = everything(machine)
    batch = merge(retain)
    sound(machine)
    assert plan_of(retain, "A") == theirs | ours
    assert retain("undo", batch, "-f", "json").data["kept"] == []
    assert everything(machine) == before
    sound(machine)
