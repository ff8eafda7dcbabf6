"""Customers as they are listed."""

import pytest


@pytest.fixture
def listed(retain, csv_file):
    """The external ids that `retain list` answers with."""
    people = [
        "1,Ann,Pudong,12 Lake Road",
        "2,Bo,PUDONG,",
        "3,Cy,Île-de-France,3 Rue de l'Élysée",
        "4,Di,徐汇,淮海中路 1 号",
        "5,Ed,,",
        "6,Al,,",
    ]
    orders = [
        "1,2026-10-01,50",
        "2,2026-10-01,70",
        "2,2026-10-01,30",
        "2,2026-11-02,-10",
        "3,2026-09-01,80",
        "4,2026-10-01,1",
    ]
    retain(
        "import",
        csv_file("c.csv", "Customer ID,Name,Area,Address\n" + "\n".join(people) + "\n"),
        csv_file("o.csv", "Customer ID,Date,Amount\n" + "\n".join(orders) + "\n"),
    )
    retain("classify")

    def ask(*options):
        return [customer["external_id"] for customer in retain("list", *options, "-f", "json").data]

    return ask


def test_who_bought_most_comes_first_and_equal_amounts_go_by_name(listed):
    assert listed() == ["2", "3", "1", "4", "6", "5"]
    assert listed("--limit", 2) == ["2", "3"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--grade", "a"], ["2"]),
        (["--grade", "B"], ["3"]),
        (["--grade", "none"], ["6", "5"]),
        (["--area", "pudong"], ["2", "1"]),
        (["--area", "Île-de-France"], ["3"]),
        (["--area", "徐汇"], ["4"]),
        (["--area", "pud"], []),
        (["--search", "LAKE road"], ["1"]),
        (["--search", "Élysée"], ["3"]),
        (["--search", "淮海"], ["4"]),
        (["--search", "%"], []),
        (["--area", "pudong", "--grade", "A"], ["2"]),
    ],
)
def test_every_filter_has_to_fit(listed, options, expected):
    assert listed(*options) == expected


def test_a_customer_is_listed_with_what_they_bought_and_when_they_were_seen(retain, listed):
    retain("log-visit", 2)
    customer = retain("list", "--limit", 1, "-f", "json").data[0]
    assert customer["amount"] == {"amount": "90.00", "currency": "CNY"}
    # Two lines of one day are one order day; a day of returns alone is none.
    assert customer["orders"] == 1
    assert (customer["first_on"], customer["last_on"]) == ("2026-10-01", "2026-11-02")
    assert customer["last_visit_on"] == "2026-11-23"


def test_amounts_of_another_currency_are_not_added(retain, csv_file, listed):
    retain("import", csv_file("usd.csv", "Customer ID,Date,Amount,Currency\n5,2026-10-01,9999,USD\n"))
    customers = retain("list", "-f", "json").data
    assert next(c["amount"]["amount"] for c in customers if c["external_id"] == "5") == "0.00"
