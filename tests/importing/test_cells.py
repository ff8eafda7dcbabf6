"""Cells into values: what each kind of cell may say, and what is refused with words a person understands."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retain_cli.formula import neutralise
from retain_cli.importing import cells
from retain_cli.model.money import Money
from retain_cli.model.partial_date import PartialDate

CURRENCIES = {"CNY": 2, "EUR": 2, "JPY": 0, "KWD": 3}
"""Decimal places from ISO 4217, list one."""


# Amounts


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("1234.50", 123450), ("1,234.50", 123450), ("12,345,678", 1234567800), ("12", 1200), ("12.", 1200),
        (".5", 50), ("0", 0), ("-12.34", -1234), ("+12.34", 1234), ("12.34-", -1234), ("(12.34)", -1234),
        ("(1,234.50)", -123450), ("¥12.34", 1234), ("￥ 12", 1200), ("12 CNY", 1200), ("１２", 1200),
        (" 12.34 ", 1234), ("12.3400", 1234), ("0012.34", 1234), ("1\u00a0234.50", 123450), ("1\u202f234", 123400),
        ("'-¥5", -500), ("90071992547409.91", 9007199254740991),
    ],
)  # fmt: skip
def test_amounts_are_whole_minor_units(cell, minor):
    assert cells.amount(cell, "CNY") == minor
    assert cells.amount_reader("CNY")(cell) == minor


@pytest.mark.parametrize(
    "cell",
    ["", " ", "abc", "1.234,50", "1,23", "12,34.50", "1,2345", "1.2.3", "1e5", "8.6138E+12", "NaN", "inf", "--5",
     "(-5", "5)", "1/2", "12.345", "0x10", "٣", "90071992547409.92", "9" * 400, "$1,000", "-$5", "€3.10", "12 EUR",
     "-", ".", "+", "()"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(cell):
    for read in (lambda c: cells.amount(c, "CNY"), cells.amount_reader("CNY")):
        with pytest.raises(ValueError) as problem:
            read(cell)
        assert str(problem.value)


@given(st.sampled_from(sorted(CURRENCIES)), st.integers(-(2**53) + 1, 2**53 - 1))
def test_every_amount_comes_back_as_it_was_written(currency, minor):
    written = Money(minor, currency).plain()
    assert Decimal(written).scaleb(CURRENCIES[currency]) == minor
    assert cells.amount(written, currency) == minor
    assert cells.amount_reader(currency)(written) == minor


@given(st.sampled_from(sorted(CURRENCIES)), st.text("0123456789.,-+()¥ '", max_size=12))
def test_the_quick_way_of_reading_amounts_says_what_the_careful_one_says(currency, cell):
    def outcome(read):
        try:
            return read(cell)
        except ValueError as problem:
            return str(problem)

    assert outcome(cells.amount_reader(currency)) == outcome(lambda c: cells.amount(c, currency))


@given(st.sampled_from(sorted(CURRENCIES)), st.decimals(-(10**9), 10**9, allow_nan=False, places=5))
def test_an_amount_is_exact_or_refused_never_rounded(currency, value):
    exact = value.scaleb(CURRENCIES[currency])
    try:
        found = cells.amount(f"{value:f}", currency)
    except ValueError:
        assert exact != exact.to_integral_value()
    else:
        assert found == exact


# Words


@given(st.text(max_size=60))
def test_text_never_keeps_a_character_a_terminal_obeys(cell):
    try:
        kept = cells.text(cell)
    except ValueError:
        return
    for character in kept:
        if character not in "\n\t":
            assert unicodedata.category(character) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), max_size=60))
def test_ordinary_words_of_any_script_are_kept_as_they_are(cell):
    expected = cell.strip()
    if not expected.startswith("'"):
        assert cells.text(cell) == expected


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), max_size=30))
def test_words_written_for_a_spreadsheet_come_back(words):
    words = words.strip()
    assert cells.text(neutralise(words)) == words


@pytest.mark.parametrize(
    "control", ["\x00", "\x07", "\x1b", "\r", "\x7f", "\x85", "\x9b", "\u202e", "\u2066", "\udc80"]
)
def test_a_control_character_is_refused_by_its_number(control):
    with pytest.raises(ValueError, match=f"U\\+{ord(control):04X}"):
        cells.text(f"a{control}b")


def test_a_text_has_its_longest():
    assert len(cells.text("x" * 2000)) == 2000
    with pytest.raises(ValueError, match="2,000"):
        cells.text("x" * 2001)


def test_a_name_is_one_line_of_at_most_200_characters():
    assert cells.name("  Wang \t Fang\n") == "Wang Fang"
    assert cells.name("é" * 200) == "é" * 200
    with pytest.raises(ValueError, match="200"):
        cells.name("x" * 201)


# Days


@given(st.dates(date(1000, 1, 1)))
def test_every_day_is_read_in_every_order(day):
    y, m, d = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    for written in (
        f"{y}-{m}-{d}",
        f"{y}/{m}/{d}",
        f"{y}.{m}.{d}",
        f"{y}年{m}月{d}日",
        y + m + d,
        f"{y}-{m}-{d} 23:59",
    ):
        assert cells.day(written) == cells.day(written, "dmy") == day
    for mark in "-/.":
        assert cells.day(mark.join((d, m, y)), "dmy") == day
        assert cells.day(mark.join((m, d, y)), "mdy") == day


@given(st.text("0123456789-/. :T年月日", max_size=12), st.sampled_from(cells.DATE_ORDERS))
def test_what_is_no_day_is_refused_and_nothing_else_happens(cell, order):
    try:
        found = cells.day(cell, order)
    except ValueError:
        return
    assert f"{found.year}" in cell


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1980-02-29", PartialDate(2, 29, 1980)), ("--02-29", PartialDate(2, 29)), ("02-29", PartialDate(2, 29)),
        ("0229", PartialDate(2, 29)), ("2月29日", PartialDate(2, 29)), ("12月1日", PartialDate(12, 1)),
        ("February 29", PartialDate(2, 29)),
    ],
)  # fmt: skip
def test_a_birthday_may_lack_its_year_and_never_gets_one(cell, expected):
    assert cells.birthday(cell) == expected


@pytest.mark.parametrize(
    "cell", ["1981-02-29", "--02-30", "13-01", "00-10", "2月30日", "0431", "29/02", "February 30"]
)
def test_a_birthday_that_does_not_exist_is_refused(cell):
    with pytest.raises(ValueError):
        cells.birthday(cell)


# The rest


@pytest.mark.parametrize(
    ("cell", "address"), [("A@B.cn", "a@b.cn"), (" wang.fang+x@example.co.uk ", "wang.fang+x@example.co.uk"),
                          ("王@例子.中国", "王@例子.中国"), ("<a@b.cn>", "a@b.cn"), ("a@b.cn;", "a@b.cn"),
                          ("a@b.cn, c@d.cn", "a@b.cn")],
)  # fmt: skip
def test_addresses_are_case_folded_and_the_first_of_several_counts(cell, address):
    assert cells.email(cell) == address


@pytest.mark.parametrize("cell", ["a", "@b.cn", "a@", "a@b", "a b@c.de", "a@b c.de", "a@.", "<>", ";"])
def test_what_is_no_address_is_refused(cell):
    with pytest.raises(ValueError, match="e-mail"):
        cells.email(cell)


@pytest.mark.parametrize(
    ("cell", "region", "number"),
    [
        ("138 0013 8000", "CN", "+8613800138000"), ("+86 138-0013-8000", "DE", "+8613800138000"),
        ("010-82345678", "CN", "+861082345678"), ("030 123456", "DE", "+4930123456"),
        ("0049 30 123456", "DE", "+4930123456"), ("(212) 555-0100", "US", "+12125550100"),
        ("'+49 30 123456", "CN", "+4930123456"),
    ],
)  # fmt: skip
def test_phones_are_read_as_they_are_written_in_the_region(cell, region, number):
    assert cells.phone(cell, region) == number


@pytest.mark.parametrize("cell", ["12", "call me", "1" * 30, "=1+1"])
def test_what_is_no_phone_is_refused_with_what_it_lacks(cell):
    with pytest.raises(ValueError, match="outside CN it needs \\+"):
        cells.phone(cell, "CN")


def test_a_phone_whose_digits_a_spreadsheet_rounded_away_is_refused_and_not_made_up():
    with pytest.raises(ValueError, match="last digits are lost"):
        cells.phone("8.6138E+12", "CN")


@pytest.mark.parametrize(
    ("cell", "yes"),
    [("1", True), ("Yes", True), ("TRUE", True), ("x", True), ("是", True), ("0", False), ("no", False),
     ("FALSE", False), ("否", False), (" ", False)],
)  # fmt: skip
def test_yes_and_no_in_the_usual_spellings(cell, yes):
    assert cells.flag(cell) is yes


@pytest.mark.parametrize("cell", ["2", "maybe", "yess", "-1"])
def test_neither_yes_nor_no_is_refused(cell):
    with pytest.raises(ValueError, match="neither yes nor no"):
        cells.flag(cell)


@pytest.mark.parametrize(("cell", "code"), [("cny", "CNY"), (" EUR ", "EUR"), ("ＣＮＹ", "CNY")])
def test_currencies_are_three_letters(cell, code):
    assert cells.currency(cell) == code


@pytest.mark.parametrize("cell", ["", "¥", "RMBX", "C1Y", "元元元"])
def test_what_is_no_currency_is_refused(cell):
    with pytest.raises(ValueError, match="currency"):
        cells.currency(cell)


@pytest.mark.parametrize(
    ("cell", "many"), [("3", 3), ("2.5", 2.5), ("-1", -1), ("1,000", 1000), ("", 1), (" ", 1), ("0", 0)]
)
def test_quantities_are_numbers_and_one_where_nothing_is_said(cell, many):
    assert cells.quantity(cell) == many


@pytest.mark.parametrize("cell", ["two", "1e3", "nan", "inf", "1_000", "9" * 16, "1 2"])
def test_what_is_no_quantity_is_refused(cell):
    with pytest.raises(ValueError):
        cells.quantity(cell)


@pytest.mark.parametrize(("cell", "score"), [("1", 1), (" 5 ", 5), ("4.0", 4)])
def test_satisfaction_is_one_to_five(cell, score):
    assert cells.score(cell) == score


@pytest.mark.parametrize("cell", ["0", "6", "4.5", "five", "-1", "", "55", "٣"])
def test_no_other_satisfaction_is_taken(cell):
    with pytest.raises(ValueError, match="1 to 5"):
        cells.score(cell)


@pytest.mark.parametrize("cell", ["not reached", "Not-Reached", " NOT_REACHED "])
def test_words_of_a_list_are_read_in_any_spelling(cell):
    assert cells.one_of(cell, ("done", "not-reached")) == "not-reached"


def test_a_word_not_on_the_list_is_refused_with_the_list():
    with pytest.raises(ValueError, match="done, not-reached"):
        cells.one_of("gone", ("done", "not-reached"))


# Remembering


def test_each_different_cell_is_converted_once_and_memory_stays_bounded():
    asked = []
    remembered = cells.Remembered(lambda cell: asked.append(cell) or len(cell), most=3)
    assert [remembered[cell] for cell in ("a", "bb", "a", "bb")] == [1, 2, 1, 2]
    assert asked == ["a", "bb"]
    for number in range(20):
        assert remembered[str(number)] == len(str(number))
        assert len(remembered) <= 3


@pytest.mark.parametrize(("cell", "minutes"), [("0", 0), (" 45 ", 45), ("90.0", 90), ("1440", 1440)])
def test_minutes_are_whole_and_at_most_a_day(cell, minutes):
    assert cells.minutes(cell) == minutes


@pytest.mark.parametrize("cell", ["-5", "1441", "1.5", "an hour", "٣", "1e2", "00045"])
def test_what_is_no_number_of_minutes_is_refused(cell):
    with pytest.raises(ValueError, match="whole number of minutes up to 1440"):
        cells.minutes(cell)
