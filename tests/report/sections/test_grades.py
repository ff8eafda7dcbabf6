"""Who bought how much, by grade."""

import pytest

GRADES = ("A", "B", "C", "none")


@pytest.fixture
def november(retain, csv_file):
    """Import orders (customer, day, amount, currency), grade on 5 December, and give the section for November."""

    def ask(*orders, form="json"):
        text = "Customer ID,Date,Amount,Currency\n" + "\n".join(orders) + "\n"
        retain("import", csv_file("o.csv", text), today="2026-12-05")
        retain("classify", today="2026-12-05")
        asked = ("report", "grades", "--from", "2026-11-01", "--to", "2026-11-30", "-f", form)
        answer = retain(*asked, today="2026-12-05")
        return answer.data["grades"] if form == "json" else answer.out

    return ask


def test_amounts_of_the_period_are_added_per_grade_in_the_currency_of_the_shop(november):
    section = november(
        "1,2026-11-10,900,CNY",
        "1,2026-11-12,-50.50,CNY",
        "1,2026-11-12,7000,USD",
        "2,2026-11-30,100,CNY",
        "2,2026-12-01,9,CNY",
        "3,2026-10-31,200,CNY",
        "4,2020-01-01,200,CNY",
    )
    # By 24 months: customer 1 has 849.50, 3 has 200, 2 has 109; so one A, one B, one C and one without a grade.
    assert {
        grade: (
            section[grade]["customers"],
            section[grade]["bought"]["numerator"],
            section[grade]["amount"]["amount"],
        )
        for grade in GRADES
    } == {
        "A": (1, 1, "849.50"),
        "B": (1, 0, "0.00"),
        "C": (1, 1, "100.00"),
        "none": (1, 0, "0.00"),
    }
    assert section["A"]["amount"]["currency"] == "CNY"
    assert section["A"]["other_currencies"] == [{"amount": "7000.00", "currency": "USD"}]
    assert section["C"]["other_currencies"] == []


def test_who_only_gave_something_back_bought_nothing(november):
    section = november("1,2026-11-10,900,CNY", "2,2026-10-10,100,CNY", "2,2026-11-10,-100,CNY")
    assert {grade: section[grade]["bought"]["numerator"] for grade in "AC"} == {"A": 1, "C": 0}
    assert section["C"]["amount"]["amount"] == "-100.00"


def test_who_bought_in_another_currency_bought(november):
    section = november("1,2026-11-10,900,CNY", "2,2026-11-10,100,USD")
    assert sum(section[grade]["bought"]["numerator"] for grade in GRADES) == 2


def test_a_share_stands_with_what_it_is_a_share_of_and_is_none_of_four(november):
    four = [f"{n},2026-11-10,{n}00,CNY" for n in range(1, 5)]
    share = november(*four)["A"]["share"]
    assert share == {
        "fraction": None,
        "part": {"amount": "400.00", "currency": "CNY"},
        "whole": {"amount": "1000.00", "currency": "CNY"},
    }
    assert november("5,2026-11-10,10,CNY")["A"]["share"]["fraction"] == pytest.approx(400 / 1010)


def test_other_currencies_stand_apart_in_words(november):
    shown = november("1,2026-11-10,900,CNY", "1,2026-11-10,3,USD", "2,2026-11-11,4,USD", form="table")
    assert "Not added, in other currencies: 7.00 USD." in shown
    assert "900.00 CNY" in shown
