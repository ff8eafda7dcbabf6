"""What the care cost."""

import pytest


@pytest.fixture
def shop(retain, csv_file):
    """Ann is an A who bought for 900 in November, Bo a C who bought for 100; Cy bought nothing."""
    retain(
        "import",
        csv_file("c.csv", "Customer ID,Name\n1,Ann\n2,Bo\n3,Cy\n"),
        csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-11-10,900\n2,2026-11-10,100\n2,2026-09-10,50\n"),
    )
    retain("classify")


@pytest.fixture
def cost(retain, shop):
    """The section for November 2026."""
    return lambda: retain("report", "cost", "--from", "2026-11-01", "--to", "2026-11-30", "-f", "json").data["cost"]


def yuan(amount):
    return {"amount": amount, "currency": "CNY"}


def test_visits_and_what_they_cost_are_added_per_grade(retain, cost):
    retain("log-visit", 1, "--cost", "12.50")
    retain("log-visit", 1, "--cost", "7.05")
    retain("log-visit", 1)
    retain("log-visit", 2, "--cost", "0.45")
    retain("log-visit", 3)
    section = cost()
    assert (section["visits"], section["visits_with_cost"], section["customers"]) == (5, 3, 3)
    assert section["cost"] == yuan("20.00")
    assert section["net_sales"] == yuan("1000.00")
    assert {grade: (e["visits"], e["cost"], e["net_sales"]) for grade, e in section["grades"].items()} == {
        "A": (3, yuan("19.55"), yuan("900.00")),
        "C": (1, yuan("0.45"), yuan("100.00")),
        "none": (1, yuan("0.00"), yuan("0.00")),
    }


def test_only_visits_of_the_period_count(retain, cost):
    retain("log-visit", 1, "--cost", "5", "--on", "2026-10-31")
    retain("log-visit", 1, "--cost", "7", "--on", "2026-11-01")
    assert (cost()["visits"], cost()["cost"]) == (1, yuan("7.00"))


def test_a_month_without_visits_cost_nothing(cost):
    assert (cost()["visits"], cost()["cost"], cost()["grades"]) == (0, yuan("0.00"), {})
