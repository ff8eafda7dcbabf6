"""Return visits on the list."""

import pytest


@pytest.fixture
def customer(retain, csv_file):
    """One A customer, visited on 31 December 2026; their return visit as listed on a day."""
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-10-01,100\n"))
    retain("classify")
    retain(
        "log-visit",
        1,
        "--service",
        "maintenance",
        "--service",
        "senior visit",
        "--on",
        "2026-12-31",
        today="2026-12-31",
    )

    def listed(today):
        lines = retain("due", "-f", "json", today=today).data
        return next((line | line["reasons"][-1] for line in lines), None)

    return listed


def test_it_is_due_exactly_one_interval_after_the_last_visit(customer):
    # 31 January 2027 is a Sunday: the shop comes on Monday, and counts on from the Sunday.
    assert customer("2027-01-31") is None
    found = customer("2027-02-01")
    assert (found["due_on"], found["planned_on"], found["days_late"]) == ("2027-01-31", "2027-02-01", 0)


def test_it_is_late_once_its_grace_of_a_week_is_over(customer):
    assert [customer(f"2027-02-{day:02}")["late"] for day in (1, 8, 9)] == [False, False, True]


def test_missed_ones_are_counted_from_the_visit_at_month_ends(customer):
    missed = {day: customer(day)["missed"] for day in ("2027-02-27", "2027-02-28", "2027-03-30", "2027-03-31")}
    assert missed == {"2027-02-27": 0, "2027-02-28": 1, "2027-03-30": 1, "2027-03-31": 2}
