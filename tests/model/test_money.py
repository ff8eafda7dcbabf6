"""Money: whole minor units and a currency."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retain_cli.model.money import Money, decimals, minor_units

# ISO 4217, list one: the minor unit of each.
WITHOUT = [
    "CLP",
    "ISK",
    "JPY",
    "KRW",
    "PYG",
    "UGX",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
    "BIF",
    "DJF",
    "GNF",
    "KMF",
    "RWF",
]
HUNDREDTHS = ["CNY", "USD", "EUR", "GBP", "CHF", "HKD", "TWD", "SGD", "INR", "HUF", "IDR", "MGA", "MRU"]
THOUSANDTHS = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
CURRENCIES = st.sampled_from(WITHOUT + HUNDREDTHS + THOUSANDTHS)


@pytest.mark.parametrize(
    ("code", "places"),
    [(c, 0) for c in WITHOUT] + [(c, 2) for c in HUNDREDTHS] + [(c, 3) for c in THOUSANDTHS],
)
def test_a_currency_has_the_decimal_places_of_iso_4217(code, places):
    assert decimals(code) == places


@pytest.mark.parametrize(
    ("minor", "currency", "plain", "shown"),
    [
        (123450, "CNY", "1234.50", "1,234.50 CNY"),
        (5, "CNY", "0.05", "0.05 CNY"),
        (-5, "CNY", "-0.05", "-0.05 CNY"),
        (0, "CNY", "0.00", "0.00 CNY"),
        (-123456789, "EUR", "-1234567.89", "-1,234,567.89 EUR"),
        (1234, "JPY", "1234", "1,234 JPY"),
        (-7, "JPY", "-7", "-7 JPY"),
        (1234567, "KWD", "1234.567", "1,234.567 KWD"),
        (-1, "KWD", "-0.001", "-0.001 KWD"),
    ],
)
def test_an_amount_is_exact_for_programs_and_grouped_for_people(minor, currency, plain, shown):
    assert Money(minor, currency).plain() == plain
    assert str(Money(minor, currency)) == shown


@pytest.mark.parametrize(
    ("written", "currency", "minor"),
    [
        ("1234.5", "CNY", 123450),
        ("-1234.50", "CNY", -123450),
        ("+7", "CNY", 700),
        (".5", "CNY", 50),
        ("5.", "CNY", 500),
        ("0.07", "CNY", 7),
        ("-0.07", "CNY", -7),
        ("1.100", "CNY", 110),
        ("1200", "JPY", 1200),
        ("1200.00", "JPY", 1200),
        ("1.5", "KWD", 1500),
        ("1.0010", "KWD", 1001),
    ],
)
def test_a_plain_number_becomes_minor_units(written, currency, minor):
    assert minor_units(written, currency) == minor


@pytest.mark.parametrize(
    ("written", "currency"),
    [
        ("", "CNY"),
        (".", "CNY"),
        ("-", "CNY"),
        ("12,50", "CNY"),
        ("1 000", "CNY"),
        ("1e3", "CNY"),
        ("nan", "CNY"),
        ("1.2.3", "CNY"),
        ("１２", "CNY"),
        ("0.001", "CNY"),
        ("1.5", "JPY"),
        ("1.0001", "KWD"),
        ("5-", "CNY"),
    ],
)
def test_what_does_not_fit_the_currency_is_refused_and_never_rounded(written, currency):
    with pytest.raises(ValueError):
        minor_units(written, currency)


@pytest.mark.parametrize(
    ("written", "minor"), [("90071992547409.91", 2**53 - 1), ("-90071992547409.91", 1 - 2**53)]
)
def test_the_largest_amount_is_one_that_every_program_reads_exactly(written, minor):
    assert minor_units(written, "CNY") == minor


@pytest.mark.parametrize("written", ["90071992547409.92", "-90071992547409.92", "9" * 30, "9" * 10_000])
def test_a_larger_amount_is_refused(written):
    with pytest.raises(ValueError, match="too large"):
        minor_units(written, "CNY")


@settings(deadline=None)
@given(st.integers(-(10**15), 10**15), CURRENCIES)
def test_an_amount_reads_back_as_it_is_written(minor, currency):
    money = Money(minor, currency)
    assert minor_units(money.plain(), currency) == minor
    assert Decimal(money.plain()) == Decimal(minor).scaleb(-decimals(currency))
    assert str(money).replace(",", "") == f"{money.plain()} {currency}"


@pytest.mark.parametrize("written", ["--5", "+-5", "-+5", "++5"])
def test_an_amount_has_one_sign_at_the_most(written):
    with pytest.raises(ValueError):
        minor_units(written, "CNY")


@pytest.mark.parametrize("currency", ["CLF", "UYW"])
def test_the_two_units_of_account_of_iso_4217_have_four_decimals(currency):
    assert minor_units("1.2345", currency) == 12345
