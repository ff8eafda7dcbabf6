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


def test_other_currencies_are_told_apart_and_no_case_of_the_shop_s_own(retain, cost):
    retain("log-visit", 1, "--cost", "5")
    retain("policy", "set", "currency", "USD")
    retain("log-visit", 1, "--cost", "8")
    retain("policy", "set", "currency", "CNY")
    section = cost()
    assert (section["visits"], section["visits_with_cost"], section["cost"]) == (2, 1, yuan("5.00"))
    assert section["other_currencies"] == [{"amount": {"amount": "8.00", "currency": "USD"}, "visits": 1}]


def test_what_a_service_usually_costs_stands_in_where_nothing_was_noted(retain, cost):
    assert retain("service", "set", "maintenance", "--cost", "60").code == 0
    retain("log-visit", 1, "--service", "maintenance")
    retain("log-visit", 2, "--service", "maintenance", "--cost", "45")
    section = cost()
    assert (section["cost"], section["usual_cost"]) == (yuan("45.00"), yuan("60.00"))
    (service,) = section["services"]
    assert (service["service"], service["visits"], service["net_sales"]) == ("maintenance", 2, yuan("1000.00"))


def test_what_a_customer_bought_is_counted_once_in_each_line(retain, cost):
    for staff in ("Li", "Li", "Zhao"):
        retain("log-visit", 1, "--staff", staff, "--cost", "1")
    section = cost()
    assert section["net_sales"] == yuan("900.00")
    assert {one["staff"]: (one["cost"], one["net_sales"]) for one in section["staff"]} == {
        "Li": (yuan("2.00"), yuan("900.00")),
        "Zhao": (yuan("1.00"), yuan("900.00")),
    }
    (most,) = section["most_expensive"]
    assert (most["customer"]["name"], most["cost"], most["net_sales"]) == ("Ann", yuan("3.00"), yuan("900.00"))


def test_cost_is_a_share_of_what_the_same_customers_bought_where_there_are_five_contacts(retain, cost):
    for _ in range(5):
        retain("log-visit", 1, "--cost", "9")
    assert cost()["cost_share"] == {
        "fraction": pytest.approx(0.05), "part": yuan("45.00"), "whole": yuan("900.00")
    }  # fmt: skip


def test_minutes_are_what_was_noted_and_else_what_the_services_usually_take(retain, cost):
    assert retain("service", "set", "maintenance", "--minutes", "90").code == 0
    retain("log-visit", 1, "--service", "maintenance", "--minutes", "70", "--staff", "Li")
    retain("log-visit", 1, "--service", "maintenance", "--staff", "Zhao")
    retain("log-visit", 2, "--minutes", "15", "--staff", "Li")
    retain("log-visit", 2, "--staff", "Li")
    section = cost()

    def time(entry):
        return entry["minutes"], entry["usual_minutes"], entry["visits_with_minutes"]

    assert time(section) == (85, 90, 2)
    assert {grade: time(entry) for grade, entry in section["grades"].items()} == {"A": (70, 90, 1), "C": (15, 0, 1)}
    assert {one["staff"]: time(one) for one in section["staff"]} == {"Li": (85, 0, 2), "Zhao": (0, 90, 0)}
    assert {one["service"]: time(one) for one in section["services"]} == {
        "maintenance": (70, 90, 1), "none named": (15, 0, 1)
    }  # fmt: skip
    out = retain("report", "cost", "--from", "2026-11-01", "--to", "2026-11-30").out
    assert "1.5 of the hours" in out
    assert "2.9" in out


@pytest.mark.parametrize("outcome", ["not-reached", "refused"])
def test_what_was_not_rendered_has_no_usual_cost_and_stands_with_no_service(retain, cost, outcome):
    retain("service", "set", "maintenance", "--cost", "80", "--minutes", "90")
    retain("log-visit", 1, "--service", "maintenance")
    retain("log-visit", 2, "--service", "maintenance", "--outcome", outcome)
    retain("log-visit", 3, "--service", "maintenance", "--outcome", "incident")
    section = cost()
    assert (section["visits"], section["usual_cost"], section["usual_minutes"]) == (3, yuan("160.00"), 180)
    rendered = {one["service"]: (one["visits"], one["usual_cost"]) for one in section["services"]}
    assert rendered == {"maintenance": (2, yuan("160.00")), "none named": (1, yuan("0.00"))}
