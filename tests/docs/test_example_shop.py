"""The example shop, and that `retain demo` tells its story as it would have gone."""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from retain_cli.commands.demo import BEGAN, DAY

SHOP = Path(__file__).parents[2] / "examples" / "shop"
FIRSTS_OF_MONTHS = [date(2026, month, 1) for month in range(6, 12)]


def rows(name):
    with (SHOP / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_without_a_day_it_is_the_morning_after_the_last_export(retain, monkeypatch):
    asked = retain("demo", "-f", "json").json
    monkeypatch.setattr("retain_cli.workspace._clocks_day", lambda: date(2031, 5, 5))

    assert retain("demo", "-f", "json", today="").json == asked
    assert asked["today"] == "2026-11-23"


def test_a_day_before_the_last_export_is_refused(retain):
    answer = retain("demo", today="2026-11-22")

    assert answer.code == 2
    assert "2026-11-23" in answer.err


def test_what_it_keeps_answers_every_command(retain, shop):
    shown = retain("demo", "-f", "json").json["data"]

    assert retain("due", "-f", "json", "--db", shop).data == shown
    for command in ("list", "plan", "report", "classify"):
        assert retain(command, "--db", shop).code == 0


def test_it_is_as_if_every_visit_and_grading_had_been_entered_on_its_day(retain, csv_file, shop):
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
        assert retain(*command, "-f", "json").data == retain(*command, "-f", "json", "--db", shop).data


def test_the_list_has_something_of_everything(retain, shop):
    listed = retain("due", "-f", "json", "--db", shop).data

    reasons = Counter(reason["reason"] for line in listed for reason in line["reasons"])
    assert 8 <= len(listed) <= 15
    assert set(reasons) == {
        "birthday", "follow-up", "going cold", "likely to order soon", "maintenance", "return visit",
        "senior visit", "win-back",
    }  # fmt: skip
    assert {line["customer"]["grade"] for line in listed} == {"A", "B", "C"}
    assert any(line["late"] for line in listed)
    assert any(line["last_words"] is None for line in listed)


def test_the_shop_served_most_of_its_customers_and_missed_some(retain, shop):
    coverage = retain("report", "coverage", "-f", "json", "--db", shop).data["coverage"]

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
