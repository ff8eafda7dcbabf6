"""Who came back."""

import pytest


@pytest.fixture
def retention(retain, csv_file):
    """Import orders (customer, day, amount) and give the section for the year 2026."""

    def ask(*orders, first="2026-01-01"):
        text = "Customer ID,Date,Amount\n" + "".join(f"{c},{day},{amount}\n" for c, day, amount in orders)
        assert retain("import", csv_file("o.csv", text), today="2026-12-31").code == 0
        asked = ("report", "retention", "--from", first, "--to", "2026-12-31")
        return retain(*asked, "-f", "json", today="2026-12-31").data["retention"], retain(
            *asked, today="2026-12-31"
        ).out

    return ask


def test_customers_who_came_back_are_counted_once_each(retention):
    section, _ = retention(
        ("1", "2026-01-05", 10),
        ("1", "2026-02-05", 10),
        ("1", "2026-03-05", 10),
        ("2", "2026-01-05", 10),
        ("3", "2026-01-05", 10),
        ("3", "2026-01-06", 10),
    )
    assert section["customers"] == 3
    assert (section["repeat_purchase"]["numerator"], section["repeat_purchase"]["denominator"]) == (2, 3)


def test_several_lines_of_one_day_are_one_occasion(retention):
    section, _ = retention(("1", "2026-01-05", 10), ("1", "2026-01-05", 20), ("1", "2026-01-05", 30))
    assert section["repeat_purchase"]["numerator"] == 0


def test_a_day_of_returns_is_no_purchase(retention):
    section, _ = retention(("1", "2026-01-05", 10), ("1", "2026-02-05", -10), ("2", "2026-02-05", -10))
    assert (section["customers"], section["repeat_purchase"]["numerator"]) == (1, 0)


def test_who_had_bought_before_the_period_is_returning(retention):
    section, _ = retention(
        ("1", "2025-12-31", 10), ("1", "2026-01-01", 10), ("2", "2026-12-31", 10), ("3", "2025-01-01", 10)
    )
    assert section["customers"] == 2
    assert section["returning"]["numerator"] == 1
    assert section["repeat_purchase"]["numerator"] == 0


@pytest.mark.parametrize(("customers", "percent"), [(4, False), (5, True)])
def test_under_five_customers_there_is_no_percentage(retention, customers, percent):
    section, shown = retention(
        *((n, f"2026-01-{d:02}", 10) for n in range(customers) for d in range(1, 3 if n == 0 else 2))
    )
    assert section["repeat_purchase"] == {
        "rate": pytest.approx(1 / 5) if percent else None,
        "numerator": 1,
        "denominator": customers,
    }
    assert ("20.0% (1 of 5)" in shown) is percent
    assert ("1 of 4" in shown) is not percent
    assert ("%" in shown) is percent


def test_nobody_bought_is_not_a_division_by_nothing(retention):
    section, shown = retention(("1", "2020-01-01", 10))
    assert section["repeat_purchase"] == {"rate": None, "numerator": 0, "denominator": 0}
    assert "none to count" in shown


def test_a_month_that_the_period_begins_within_is_a_whole_cohort(retention):
    """Its row says who bought first in that month, whichever day of it the report begins on."""
    orders = [
        ("1", "2025-12-31", 10), ("1", "2026-02-01", 10),
        ("2", "2026-02-01", 10), ("2", "2026-03-05", 10),
        ("3", "2026-02-20", 10),
    ]  # fmt: skip
    for first in ("2026-02-01", "2026-02-15", "2026-02-28"):
        (cohort,) = retention(*orders, first=first)[0]["cohorts"]
        bought = [rate["numerator"] for rate in cohort["bought_again"]]
        assert (cohort["month"], cohort["customers"], bought) == ("2026-02", 2, [2, 1] + [0] * 9), first
