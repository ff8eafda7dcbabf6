"""The example shop, and that `retain demo` tells its story as it would have gone."""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from retain_cli.commands.demo import BEGAN, DAY

SHOP = Path(__file__).parents[2] / "examples" / "shop"
FIRSTS_OF_MONTHS = [date(2026, month, 1) for month in range(6, 12)]


def rows(name):
    with (SHOP / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def kept(retain, machine):
    """The example's database, left to play with."""
    assert retain("demo", "--keep", "demo.db").code == 0
    return machine / "demo.db"


def test_it_prints_the_list_of_the_day_and_leaves_nothing_behind(retain, machine, monkeypatch):
    (machine / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(machine / "temporary"))
    before = sorted(machine.rglob("*"))

    answer = retain("demo")

    assert answer.code == 0
    assert answer.out.startswith("Monday 23 November 2026: 8 customers to contact\n")
    assert "60 customers, 254 purchases, 140 visits" in answer.err
    assert sorted(machine.rglob("*")) == before


def test_without_a_day_it_is_the_morning_after_the_last_export(retain, monkeypatch):
    asked = retain("demo", "-f", "json").json
    monkeypatch.setattr("retain_cli.workspace._today", lambda _: date(2031, 5, 5))

    assert retain("demo", "-f", "json", today="").json == asked
    assert asked["today"] == "2026-11-23"


def test_a_day_before_the_last_export_is_refused(retain):
    answer = retain("demo", today="2026-11-22")

    assert answer.code == 2
    assert "2026-11-23" in answer.err


def test_a_file_that_is_there_already_is_not_written_over(retain, machine):
    (machine / "demo.db").write_text("my notes")

    assert retain("demo", "--keep", "demo.db").code == 73
    assert (machine / "demo.db").read_text() == "my notes"


def test_what_it_keeps_answers_every_command(retain, kept):
    shown = retain("demo", "-f", "json").json["data"]

    assert retain("due", "-f", "json", "--db", kept).data == shown
    for command in ("list", "plan", "report", "classify"):
        assert retain(command, "--db", kept).code == 0


def test_it_is_as_if_every_visit_and_grading_had_been_entered_on_its_day(retain, csv_file, kept):
    """The same half year by the plain commands, in the order of the calendar."""
    visits = rows("visits.csv")
    retain("import", SHOP / "customers.csv", SHOP / "orders.csv", today=BEGAN.isoformat())
    yesterday = "2026-05-24"
    for day in (day.isoformat() for day in (BEGAN, *FIRSTS_OF_MONTHS, DAY)):
        # The shop grades in the morning, and visits during the day.
        new = [visit.values() for visit in visits if yesterday < visit["Visit Date"] < day]
        text = io.StringIO()
        csv.writer(text).writerows([visits[0].keys(), *new])
        assert retain("import", csv_file(f"{day}.csv", text.getvalue()), today=day).code == 0
        assert retain("classify", today=day).code == 0
        yesterday = (date.fromisoformat(day) - timedelta(days=1)).isoformat()

    for command in (("due", "--days", 60), ("report",)):
        assert retain(*command, "-f", "json").data == retain(*command, "-f", "json", "--db", kept).data


def test_the_list_has_something_of_everything(retain, kept):
    listed = retain("due", "-f", "json", "--db", kept).data

    reasons = Counter(reason["reason"] for line in listed for reason in line["reasons"])
    assert 4 <= len(listed) <= 8
    assert set(reasons) == {"birthday", "maintenance", "follow-up", "return visit"}
    assert {line["customer"]["grade"] for line in listed} == {"A", "B", "C"}
    assert any(line["late"] for line in listed)
    assert any(line["last_words"] is None for line in listed)


def test_the_shop_served_most_of_its_customers_and_missed_some(retain, kept):
    coverage = retain("report", "coverage", "-f", "json", "--db", kept).data["coverage"]

    assert 0.8 < coverage["served"]["rate"] < 0.9
    assert coverage["late"] > 0
    assert {"A", "B", "C"} == {missed["grade"] for missed in coverage["not_served"]}


def test_the_exports_are_such_as_a_shop_would_have():
    customers, orders, visits = rows("customers.csv"), rows("orders.csv"), rows("visits.csv")

    known = {customer["Customer ID"] for customer in customers}
    assert len({order["Customer ID"] for order in orders} - known) == 2
    assert {visit["Customer ID"] for visit in visits} <= known | {order["Customer ID"] for order in orders}
    assert any(float(order["Line Total"]) < 0 for order in orders)
    assert max(Counter(order["Order No"] for order in orders).values()) > 1
    assert any(customer["Birthday"].startswith("--") for customer in customers)
    assert any(customer["Birthday"].endswith("-02-29") for customer in customers)
    assert any(not customer["Mobile"] for customer in customers)
    assert [customer["Do Not Contact"] for customer in customers].count("yes") == 1
    assert max(order["Order Date"] for order in orders) <= "2026-11-21"
    assert min(visit["Visit Date"] for visit in visits) >= "2026-05-25"


def test_no_phone_in_the_exports_is_somebodys():
    """The numbers are made up, and look it: 0000 in the middle of each."""
    for row in (*rows("customers.csv"), *rows("orders.csv")):
        digits = "".join(filter(str.isdigit, row["Mobile"]))
        assert not digits or digits[-8:-4] == "0000"
