"""Coming onto the plan of a grade, and leaving it."""

from collections import Counter
from datetime import date

import pytest

CAPACITY = 20
"""What a shop that said nothing takes on in a day."""


@pytest.fixture
def shop(retain, csv_file):
    """A graded shop of so many customers; customer 1 bought most, and everyone something else."""

    def open_shop(customers, *, visits="", today="2026-11-23"):
        lines = "".join(f"{n},Customer {n:04},2026-10-01,{100_000 - n}\n" for n in range(1, customers + 1))
        files = [csv_file("orders.csv", "Customer ID,Name,Order date,Amount\n" + lines)]
        if visits:
            files.append(csv_file("visits.csv", "Customer ID,Visit date,Outcome,Service\n" + visits))
        assert retain("import", *files, today=today).code == 0
        assert retain("classify", today=today).code == 0

    return open_shop


@pytest.fixture
def due_on(retain):
    """The first day of each customer's service, by number, seen from a day."""

    def look(service, *, today="2026-11-23", days=366):
        lines = retain("due", "--days", days, "-f", "json", today=today).data
        return {
            int(line["customer"]["external_id"]): date.fromisoformat(reason["due_on"])
            for line in lines
            for reason in line["reasons"]
            if reason["service"] == service
        }

    return look


def test_the_first_list_after_an_import_is_a_days_work(retain, shop):
    shop(600)
    listed = retain("due", "-f", "json").data
    assert 0 < len(listed) <= CAPACITY


def test_everyone_gets_a_first_visit_within_an_interval_of_their_grade_best_customers_first(shop, due_on):
    shop(600)
    first = due_on("return visit")
    assert sorted(first) == list(range(1, 601))
    for grade, last_day in (
        (range(1, 121), "2026-12-22"),
        (range(121, 301), "2027-02-22"),
        (range(301, 601), "2027-05-22"),
    ):
        days = [first[number] for number in grade]
        assert days == sorted(days)
        assert days[0] == date(2026, 11, 23)
        assert days[-1] <= date.fromisoformat(last_day)


def test_no_day_begins_with_more_customers_than_the_shop_can_do_and_none_on_a_day_off(shop, due_on):
    shop(600)
    starts = Counter(due_on("return visit").values())
    assert max(starts.values()) <= CAPACITY
    assert not any(f"{day:%a}" == "Sun" for day in starts)


def test_a_shop_that_opens_on_a_sunday_begins_on_monday(shop, due_on):
    shop(30, today="2026-11-22")
    assert min(due_on("return visit", today="2026-11-22").values()) == date(2026, 11, 23)


def test_the_next_import_finds_room_beside_those_who_are_still_to_come(retain, csv_file, shop, due_on):
    shop(1200)
    newcomers = "".join(f"{n},2026-11-20,{50_000 - n}\n" for n in range(2001, 2601))
    retain("import", csv_file("more.csv", "Customer ID,Order date,Amount\n" + newcomers), today="2026-11-24")
    retain("classify", today="2026-11-24")
    starts = Counter(due_on("return visit", today="2026-11-24", days=360).values())
    assert starts.total() == 1800
    assert max(starts.values()) <= CAPACITY


def test_a_change_of_grade_does_not_flood_the_list(retain, csv_file, shop):
    shop(100)
    # Everyone is served on their day, until a hundred larger customers push all of them down.
    whales = "".join(f"{n},2026-11-20,{900_000 - n}\n" for n in range(2001, 2101))
    retain("import", csv_file("more.csv", "Customer ID,Order date,Amount\n" + whales), today="2026-12-01")
    changed = retain("classify", "-f", "json", today="2026-12-01").data["changed"]
    assert changed > 100
    assert len(retain("due", "-f", "json", today="2026-12-01").data) <= CAPACITY


def test_a_customer_visited_lately_is_not_due_before_an_interval_after_that_visit(shop, due_on):
    visits = "".join(f"{n},2026-11-20,done,\n" for n in (1, 2, 40, 41, 90, 91))
    shop(100, visits=visits)
    first = due_on("return visit")
    assert {first[n] for n in (1, 2)} == {date(2026, 12, 20)}
    assert all(first[n] >= date(2027, 2, 20) for n in (40, 41))
    assert all(first[n] >= date(2027, 5, 20) for n in (90, 91))


def test_a_visit_long_ago_does_not_hurry_anybody(shop, due_on):
    shop(200, visits="".join(f"{n},2020-01-01,done,\n" for n in range(1, 201)))
    starts = Counter(due_on("return visit").values())
    assert starts.total() == 200
    assert min(starts) >= date(2026, 11, 23)
    assert max(starts.values()) <= CAPACITY


def test_who_was_not_reached_counts_as_not_visited(shop, due_on):
    shop(5, visits="1,2026-11-20,not-reached,\n")
    assert due_on("return visit")[1] == date(2026, 11, 23)


def test_a_customer_who_bought_nothing_lately_is_on_no_plan(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer ID,Order date,Amount\n1,2026-10-01,10\n2,2020-10-01,10\n"))
    retain("classify")
    assert [line["customer"]["external_id"] for line in retain("due", "--days", 366, "-f", "json").data] == ["1"]


def test_an_ended_enrolment_stays_in_the_history(retain, shop):
    shop(10)
    for today, grade in (("2027-01-05", "A"), ("2028-11-01", "none")):
        retain("classify", today=today)
        assert (retain("show", "1", "-f", "json", today=today).data["customer"]["grade"] or "none") == grade
    assert retain("show", "1", "-f", "json", today="2028-11-02").data["grades"] == [
        {"on": "2028-11-01", "from": "A", "to": "none"},
        {"on": "2026-11-23", "from": "none", "to": "A"},
    ]
    assert retain("due", "-f", "json", today="2028-11-02").data == []


def test_what_was_missed_under_a_grade_is_still_reported_after_it_was_lost(retain, shop):
    shop(5)
    asked = ("report", "coverage", "--from", "2026-11-23", "--to", "2027-03-31", "-f", "json")
    before = retain(*asked, today="2028-11-01").data["coverage"]
    assert before["missed"] > 0
    retain("classify", today="2028-11-01")
    assert retain(*asked, today="2028-11-02").data["coverage"] == before
