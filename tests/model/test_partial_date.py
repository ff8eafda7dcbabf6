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


def test_a_lunar_day_has_up_to_thirty_days_in_every_month():
    for month in range(1, 13):
        assert partial_date(month, 30, calendar="lunar").day == 30
        assert partial_date(month, 1, calendar="lunar", leap_month=True).leap_month
        with pytest.raises(ValueError):
            partial_date(month, 31, calendar="lunar")


# By the Hong Kong Observatory: 2020 had a leap fourth month of 29 days, and a twelfth month of 30.
@pytest.mark.parametrize(
    ("month", "day", "leap", "exists"),
    [(4, 29, True, True), (4, 30, True, False), (5, 1, True, False), (12, 30, False, True), (13, 1, False, False)],
)
def test_a_lunar_day_of_a_known_year_is_one_that_was(month, day, leap, exists):
    if exists:
        assert partial_date(month, day, 2020, "lunar", leap).year == 2020
    else:
        with pytest.raises(ValueError):
            partial_date(month, day, 2020, "lunar", leap)


def test_a_leap_month_is_no_thing_of_the_solar_calendar():
    with pytest.raises(ValueError):
        partial_date(2, 3, None, "solar", True)
    with pytest.raises(ValueError):
        partial_date(2, 3, None, "julian")


def test_a_lunar_day_says_that_it_is_lunar():
    assert str(partial_date(8, 15, calendar="lunar")) == "lunar --08-15"
    assert str(partial_date(4, 8, 2020, "lunar", True)) == "lunar leap 2020-04-08"
