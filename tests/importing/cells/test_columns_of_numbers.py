"""Decimal signs and currencies, decided from all cells of a column, through the command as a shop uses it."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retain_cli.importing import cells


def import_amounts(retain, csv_file, *amounts, options=(), header="Customer ID,Date,Amount"):
    lines = [f'c{number},2026-01-02,"{amount}"' for number, amount in enumerate(amounts)]
    path = csv_file("sales.csv", "\n".join([header, *lines]) + "\n")
    return retain("import", path, "-f", "json", *options)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (["1,234", "1,234.50"], ["1234.00", "1234.50"]),
        (["1.234", "1.234,50"], ["1234.00", "1234.50"]),
        (["1,234", "12.50"], ["1234.00", "12.50"]),
        (["1.234", "12,50"], ["1234.00", "12.50"]),
        (["1,234", "1,234,567"], ["1234.00", "1234567.00"]),
        (["1.234", "1.234.567"], ["1234.00", "1234567.00"]),
        (["1 234,50", "7"], ["1234.50", "7.00"]),
        (["1'234.50", "7"], ["1234.50", "7.00"]),
        (["100"] * 150 + ["1,234", "0.5"], ["100.00"] * 150 + ["1234.00", "0.50"]),
        (["(12.00)", "12.00-", "-12.00"], ["-12.00"] * 3),
    ],
)
def test_one_amount_tells_for_the_whole_column(retain, csv_file, written, plain):
    assert import_amounts(retain, csv_file, *written).code == 0
    for number, expected in list(enumerate(plain))[-3:]:
        [purchase] = retain("show", f"c{number}", "-f", "json").data["purchases"]
        assert purchase["amount"]["amount"] == expected


@pytest.mark.parametrize("amount", ["1,234", "1.234", "12,345", "-1,234"])
def test_amounts_that_do_not_tell_are_refused_with_the_question(retain, csv_file, amount):
    answer = import_amounts(retain, csv_file, "500", amount)
    assert answer.code == 65
    assert answer.json["error"]["code"] == "decimal-sign"
    assert "line 3" in answer.json["error"]["message"]
    assert "--decimal" in answer.json["error"]["hint"]


def test_the_answer_to_the_question_is_taken(retain, csv_file):
    assert import_amounts(retain, csv_file, "1,234", options=["--decimal", "point"]).code == 0
    assert import_amounts(retain, csv_file, "1,234", options=["--decimal", "dot"]).code == 2


def test_amounts_with_both_decimal_signs_are_refused_with_two_rows(retain, csv_file):
    message = import_amounts(retain, csv_file, "1,234.50", "1.234,50").json["error"]["message"]
    assert "line 2" in message
    assert "line 3" in message


def test_yen_have_no_decimals_to_ask_for(retain, csv_file):
    assert import_amounts(retain, csv_file, "1,234", options=["--currency", "JPY"]).code == 0


@pytest.mark.parametrize(
    ("amounts", "options", "fits"),
    [
        (["€1.50", "2.00"], [], True),
        (["£1.50"], [], True),
        (["1.50 EUR"], [], True),
        (["¥1.50"], [], True),
        (["$1.50"], [], False),
        (["$1.50"], ["--currency", "USD"], True),
        (["$1.50"], ["--currency", "HKD"], True),
        (["€1.50"], ["--currency", "USD"], False),
        (["€1.50", "£2.00"], [], False),
        (["1.50", "kr 2"], ["--currency", "SEK"], True),
        (["1.50", "kr 2"], [], False),
    ],
)
def test_a_sign_says_the_currency_only_where_it_can_mean_but_one(retain, csv_file, amounts, options, fits):
    assert import_amounts(retain, csv_file, *amounts, options=options).code == (0 if fits else 65)


# 4111 1111 1111 1111 is the test number every payment service publishes; the identity number is the worked example
# of GB 11643-1999.
@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("4111111111111111", False),
        ("4111 1111 1111 1111", False),
        ("card 4111-1111-1111-1111 exp 12/27", False),
        ("3782 822463 10005", False),
        ("4111111111111112", True),
        ("11010519491231002X", False),
        ("身份证11010519491231002x。", False),
        ("110105194912310021", True),
        ("13800138000 13900139000", True),
        ("6901234567892", True),
        ("Jasmine tea, 500 g", True),
    ],
)
def test_card_and_identity_numbers_are_dropped_and_counted(retain, csv_file, words, kept):
    path = csv_file("people.csv", f'Customer ID,Name,Note\nA,Wang,"{words}"\nB,Li,"{words}"\n')
    answer = retain("import", path, "-f", "json")
    assert answer.data[0]["withheld"] == (0 if kept else 2)
    assert retain("show", "A", "-f", "json").data["customer"]["note"] == (words if kept else None)
    if not kept:
        again = csv_file("more.csv", f'Customer ID,Name,Note\nC,Zhao,"{words}"\n')
        assert "1 cell with the number of a payment card" in " ".join(retain("import", again).out.split())


def test_a_dropped_cell_of_a_purchase_is_counted_once(retain, csv_file):
    path = csv_file("s.csv", "Customer ID,Date,Amount,Product\nA,2026-01-02,1.00,4111111111111111\n")
    assert retain("import", path, "-f", "json").data[0]["withheld"] == 1
    assert retain("show", "A", "-f", "json").data["purchases"][0]["product"] in ("", None)


@given(
    st.integers(-(10**11), 10**11), st.sampled_from([".", ","]), st.sampled_from(["", ",", " ", "'", "\u00a0", "."])
)
def test_every_amount_written_with_any_marks_comes_back(minor, sign, thousands):
    if thousands == sign:
        thousands = ""
    whole, part = divmod(abs(minor), 100)
    text = f"{whole:,}".replace(",", thousands) + f"{sign}{part:02}"
    for form in (
        (f"-{text}", f"({text})", f"{text}-") if minor < 0 else (text, f"+{text}", f"¥{text}", f"{text} CNY")
    ):
        assert cells.amount(form, "CNY", sign) == minor
        assert cells.amount_reader("CNY", sign)(form) == minor


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_written_in_any_order_comes_back(day):
    y, m, d = f"{day.year:04}", day.month, day.day
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    for text, order in (
        (f"{y}-{m:02}-{d:02}", "ymd"),
        (f"{y}/{m}/{d}", "dmy"),
        (f"{y}年{m}月{d}日", "mdy"),
        (f"{d}/{m}/{y}", "dmy"),
        (f"{m:02}-{d:02}-{y} 09:30", "mdy"),
        (f"{d}-{names[m - 1]}-{y}", "ymd"),
        (f"{names[m - 1]} {d}, {y}", "ymd"),
    ):
        assert cells.day(text, order) == day


@given(st.text(max_size=40), st.sampled_from(["ymd", "dmy", "mdy", "serial", "seconds", "milliseconds"]))
def test_no_cell_is_a_traceback(words, order):
    for read in (
        lambda: cells.day(words, order),
        lambda: cells.birthday(words, order, 2026),
        lambda: cells.amount(words, "CNY", None),
        lambda: cells.quantity(words, None),
        lambda: cells.phone(words, "CN"),
        lambda: cells.email(words),
        lambda: cells.holds_card(words),
        lambda: cells.holds_identity(words),
    ):
        with suppress(ValueError):
            read()
