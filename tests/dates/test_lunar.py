"""The lunar calendar against the Hong Kong Observatory, and the rules for keeping a lunar birthday."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from retain_cli.dates import lunar

CALENDAR = Path(__file__).parents[3] / "shared" / "data" / "calendar"
observatory = pytest.mark.skipif(not CALENDAR.is_dir(), reason="the Observatory's tables are not here")


def kept_on(month, day, year, *, leap=False):
    """The rule in words: in the leap month where there is one, and on the 29th for want of a 30th."""
    leap = leap and lunar.leap_month(year) == month
    try:
        return lunar.solar_day(year, month, day, leap=leap)
    except ValueError:
        return lunar.solar_day(year, month, day - 1, leap=leap)


def kept_by_the_program(month, day, first, last, *, leap=False):
    return [one.falls_on for one in lunar.birthdays_between(first, last) if one[:3] == (month, day, leap)]


def rows(name):
    with (CALENDAR / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@observatory
def test_every_day_from_2020_to_2030_is_the_observatorys():
    seen = 0
    for row in rows("hko_lunar_2020_2030.csv"):
        written = (int(row["lunar_year"]), int(row["lunar_month"]), int(row["lunar_day"]), row["leap"] == "1")
        day = date.fromisoformat(row["gregorian"])
        assert lunar.lunar_day(day) == written
        assert lunar.solar_day(*written[:3], leap=written[3]) == day
        seen += 1
    assert seen == (date(2031, 1, 1) - date(2020, 1, 1)).days


@observatory
def test_every_leap_month_of_two_centuries_is_the_observatorys():
    leaps = {}
    for row in rows("leap_months.csv"):
        year, month = int(row["lunar_year"]), int(row["leap_month"])
        leaps[year] = month
        assert lunar.solar_day(year, month, 1, leap=True) == date.fromisoformat(row["first_day"])
        assert lunar.month_length(year, month, leap=True) == int(row["days"])
    assert {year: lunar.leap_month(year) for year in range(1901, 2101)} == {
        year: leaps.get(year) for year in range(1901, 2101)
    }


# Published everywhere as the day of the Spring Festival.
@pytest.mark.parametrize(
    "day",
    [
        "1901-02-19",
        "1912-02-18",
        "1949-01-29",
        "1976-01-31",
        "1985-02-20",
        "2000-02-05",
        "2024-02-10",
        "2026-02-17",
    ],
)
def test_the_spring_festival_is_the_first_of_the_first_month(day):
    found = lunar.lunar_day(date.fromisoformat(day))
    assert found == (int(day[:4]), 1, 1, False)


# The months in which widespread tables differ from the Observatory by a day.
@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("1933-07-23", 6),
        ("1954-11-25", 11),
        ("1978-09-03", 8),
        ("2057-09-28", 9),
        ("2089-09-04", 8),
        ("2097-08-07", 7),
    ],
)
def test_the_disputed_months_begin_where_the_observatory_begins_them(day, month):
    assert lunar.lunar_day(date.fromisoformat(day))[1:3] == (month, 1)


def test_days_and_lunar_days_are_one_to_one_over_all_of_the_table():
    day, last, before = date(1901, 2, 19), date(2101, 1, 28), None
    while day <= last:
        found = lunar.lunar_day(day)
        assert lunar.solar_day(found.year, found.month, found.day, leap=found.leap_month) == day
        assert found.day == 1 or before == found._replace(day=found.day - 1)
        day, before = day + timedelta(days=1), found
    for outside in (date(1901, 2, 18), date(2101, 1, 29)):
        with pytest.raises(ValueError):
            lunar.lunar_day(outside)


def test_every_birthday_is_kept_exactly_once_in_every_lunar_year():
    for year in range(1901, 2101):
        first = lunar.solar_day(year, 1, 1)
        last = lunar.solar_day(year, 12, lunar.month_length(year, 12))
        if lunar.leap_month(year) == 12:
            last += timedelta(days=lunar.month_length(year, 12, leap=True))
        kept = {}
        for one in lunar.birthdays_between(first, last):
            assert kept.setdefault(one[:3], one.falls_on) == one.falls_on
        assert len(kept) == 12 * 30 * 2
        for (month, day, leap), falls_on in kept.items():
            assert kept_on(month, day, year, leap=leap) == falls_on
        assert sum(1 for _ in lunar.birthdays_between(first, last)) == len(kept)


def test_day_30_is_kept_on_the_29th_of_a_short_month():
    # The twelfth month of 2023 had 30 days (9 February 2024 its last), that of 2024 had 29 (28 January 2025).
    first, last = date(2024, 1, 1), date(2025, 1, 31)
    assert kept_by_the_program(12, 30, first, last) == [date(2024, 2, 9), date(2025, 1, 28)]
    assert kept_by_the_program(12, 29, first, last) == [date(2024, 2, 8), date(2025, 1, 28)]


def test_a_leap_month_birthday_is_kept_in_the_ordinary_month_of_other_years():
    # 2020 had a second fourth month: 23 May to 20 June. In 2021 the fourth month began on 12 May.
    first, last = date(2020, 1, 1), date(2021, 12, 31)
    assert kept_by_the_program(4, 8, first, last, leap=True) == [date(2020, 5, 30), date(2021, 5, 19)]
    assert kept_by_the_program(4, 8, first, last) == [date(2020, 4, 30), date(2021, 5, 19)]


@pytest.mark.parametrize(
    ("year", "month", "day", "leap"),
    [
        (2024, 12, 30, False),
        (2021, 4, 1, True),
        (2020, 13, 1, False),
        (1900, 1, 1, False),
        (2101, 1, 1, False),
        (2020, 1, 0, False),
    ],
)
def test_a_lunar_day_that_never_was_is_refused(year, month, day, leap):
    with pytest.raises(ValueError):
        lunar.solar_day(year, month, day, leap=leap)


def test_days_outside_the_table_have_no_lunar_birthdays():
    assert not list(lunar.birthdays_between(date(2101, 1, 29), date(2101, 12, 31)))
    assert len({one.falls_on for one in lunar.birthdays_between(date(2101, 1, 1), date(2101, 3, 1))}) == 28
