"""What people write on the command line, into values."""

from datetime import date

import pytest

from retain_cli.commands.parameters import birthday_text, day_option, money_option, word_option
from retain_cli.errors import WrongUse

TODAY = date(2026, 11, 23)


def test_days_within_reach_are_read():
    assert day_option("2w", TODAY, "--next") == date(2026, 12, 7)
    assert day_option("1900-01-01", TODAY, "--from") == date(1900, 1, 1)
    assert day_option("2999-12-31", TODAY, "--to") == date(2999, 12, 31)


@pytest.mark.parametrize(
    "written", ["", "soon", "1899-12-31", "3000-01-01", "9999y", "-9999y", "2026-02-30", "32/12"]
)
def test_what_is_no_day_names_the_option(written):
    with pytest.raises(WrongUse, match="--from") as refused:
        day_option(written, TODAY, "--from")
    assert refused.value.code == "day-unreadable"


@pytest.mark.parametrize(
    ("written", "currency", "minor"), [("30", "CNY", 3000), ("12.5", "EUR", 1250), ("7", "JPY", 7)]
)
def test_amounts_are_minor_units(written, currency, minor):
    assert money_option(written, currency, "--cost") == minor


@pytest.mark.parametrize("written", ["-1", "free", "", "1.005", "1,5", "1e3"])
def test_what_is_no_amount_names_the_option_and_the_currency(written):
    with pytest.raises(WrongUse, match=r"--cost .* CNY"):
        money_option(written, "CNY", "--cost")


def test_words_are_known_in_any_spelling():
    assert word_option(" Not_Reached", ("done", "not-reached"), "--outcome") == "not-reached"
    with pytest.raises(WrongUse, match="--outcome 'gone'"):
        word_option("gone", ("done", "not-reached"), "--outcome")


def test_words_for_birthdays():
    assert birthday_text(2, 29, None) == "--02-29"
    assert birthday_text(2, 29, 1980) == "1980-02-29"
    assert birthday_text(None, None, 1980) is None
