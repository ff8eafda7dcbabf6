"""Cells whose meaning a person sees at once: eras, dashes for no cents, yes and no in six languages, wide signs."""

from datetime import date

import pytest

from retain_cli.importing import cells
from retain_cli.importing.cells import days
from retain_cli.importing.cells.birthdays import birthday
from retain_cli.importing.cells.money import currency_of_title
from retain_cli.model.partial_date import PartialDate


# The eras as the Japanese government counts them, and the Republic of China from 1912.
@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("令和8年3月5日", date(2026, 3, 5)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日(火)", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("民國115年2月28日", date(2026, 2, 28)),
        ("中華民國 69/2/28", date(1980, 2, 28)),
    ],
)
def test_years_of_an_era_are_years(cell, day):
    assert days.day(cell) == day


def test_birthdays_have_years_of_an_era_too():
    assert birthday("昭和55年2月29日") == PartialDate(2, 29, 1980)


def test_a_day_that_an_era_lacks_is_refused_as_any_other():
    with pytest.raises(ValueError, match="no such day"):
        days.day("令和8年2月29日")


@pytest.mark.parametrize(
    ("cell", "minor"),
    [("CHF 5.-", 500), ("5,--", 500), ("1'234.-", 123400), ("12,00- €", -1200), ("7.— €", 700)],
)
def test_a_dash_may_stand_for_no_cents_or_behind_what_is_taken_off(cell, minor):
    currency = "CHF" if "CHF" in cell or "'" in cell else "EUR"
    assert cells.amount(cell, currency, "," if "," in cell else ".") == minor


def test_a_backslash_is_a_yen_sign_where_shift_jis_had_one(retain, machine, rows):
    text = '顧客番号,購入日,合計金額\n12,2026-03-05,"\\12,800"\n'
    (machine / "sales.csv").write_bytes(text.encode("cp932"))
    assert retain("import", "sales.csv").code == 0
    assert rows("select amount, currency from purchase") == [(12800, "JPY")]


@pytest.mark.parametrize(
    ("cell", "minor"), [("19.990000000000002", 1999), ("0.30000000000000004", 30), ("-5.1000000000000005", -510)]
)
def test_a_binary_number_written_out_is_the_decimal_it_was(cell, minor):
    assert cells.amount(cell, "EUR") == minor


@pytest.mark.parametrize("cell", ["19.995", "19.9950000000001", "1234567890123.456"])
def test_real_parts_of_a_cent_are_still_refused(cell):
    with pytest.raises(ValueError, match="decimal places"):
        cells.amount(cell, "EUR")


@pytest.mark.parametrize("cell", ["ja", "Oui", "sí", "はい", "是", "WAHR", "t", "✓"])
def test_yes_is_yes_in_six_languages(cell):
    assert cells.flag(cell) is True


@pytest.mark.parametrize("cell", ["nein", "Non", "no", "いいえ", "否", "FALSCH", "f"])
def test_no_is_no_in_six_languages(cell):
    assert cells.flag(cell) is False


def test_the_wide_signs_of_chinese_keyboards_are_those_of_an_address():
    assert cells.email("wang＠example．cn") == "wang@example.cn"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Amount (EUR)", "EUR"), ("Betrag in €", "EUR"), ("Total USD", "USD"), ("Importe [£]", "GBP"),
        ("Amount (NET)", None), ("Total", None), ("Amount ($)", None), ("金额（元）", None), ("SUM", None),
    ],
)  # fmt: skip
def test_the_currency_of_a_title_counts_where_it_can_be_no_other(title, code):
    assert currency_of_title(title) == code


def test_amounts_are_in_the_currency_of_their_title(retain, csv_file, rows):
    path = csv_file("sales.csv", "Customer ID,Date,Amount (EUR)\n1,2026-01-05,5.50\n")
    assert retain("import", path).code == 0
    assert rows("select amount, currency from purchase") == [(550, "EUR")]


def test_a_title_and_what_is_said_by_hand_may_not_contradict_each_other(retain, csv_file):
    path = csv_file("sales.csv", "Customer ID,Date,Amount (EUR)\n1,2026-01-05,5.50\n")
    answer = retain("import", path, "--currency", "USD", "-f", "json")
    assert (answer.code, answer.json["error"]["code"]) == (65, "currencies-mixed")


def test_a_whole_number_written_with_a_zero_behind_it_is_the_same_id(retain, csv_file, rows):
    retain("import", csv_file("a.csv", "Customer ID,Name\n1001,A\n007,B\n"))
    retain("import", csv_file("b.csv", "Customer ID,Name\n1001.0,A\n7,C\n"))
    assert rows("select external_id from customer order by id") == [("1001",), ("007",), ("7",)]
