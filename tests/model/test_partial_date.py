"""Birthdays with and without their year."""

from datetime import date, timedelta

import pytest

from retain_cli.model.partial_date import PartialDate, partial_date


def test_every_day_of_a_leap_year_can_be_a_birthday_without_a_year():
    for number in range(366):
        day = date(2024, 1, 1) + timedelta(days=number)
        assert partial_date(day.month, day.day) == PartialDate(day.month, day.day, None)


@pytest.mark.parametrize(
    ("month", "day", "year"),
    [
        (2, 30, None),
        (2, 29, 2023),
        (2, 29, 1900),
        (4, 31, None),
        (0, 1, None),
        (13, 1, None),
        (1, 0, None),
        (1, 32, 2000),
        (1, 1, 0),
        (1, 1, 10000),
    ],
)
def test_a_day_that_no_calendar_has_is_refused(month, day, year):
    with pytest.raises(ValueError):
        partial_date(month, day, year)


def test_it_is_written_as_iso_8601_writes_it_and_never_with_a_made_up_year():
    assert str(partial_date(2, 29)) == "--02-29"
    assert str(partial_date(2, 29, 1980)) == "1980-02-29"
    assert str(partial_date(1, 1, 33)) == "0033-01-01"
