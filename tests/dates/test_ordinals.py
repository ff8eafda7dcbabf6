"""Days as numbers and back."""

from datetime import date, timedelta

import pytest

from retain_cli.dates.ordinals import IsoDays, Ordinals


def test_the_difference_of_two_numbers_is_the_days_between():
    known = Ordinals()
    assert known["2024-03-01"] - known["2024-02-28"] == 2
    assert known["2023-03-01"] - known["2023-02-28"] == 1


def test_there_and_back_is_the_same_day():
    known, iso = Ordinals(), IsoDays()
    days = [(date(2023, 12, 25) + timedelta(days=n)).isoformat() for n in range(800)]
    assert [iso[known[day]] for day in days] == days


def test_beyond_the_calendar_there_is_no_day():
    with pytest.raises((OverflowError, ValueError)):
        IsoDays()[date.max.toordinal() + 1]
