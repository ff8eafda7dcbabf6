"""Counts and days in words."""

from datetime import date

from retain_cli.wording import count_of, spoken


def test_one_is_one_and_everything_else_is_many():
    assert [count_of(number, "row") for number in (0, 1, 2, 1000)] == ["0 rows", "1 row", "2 rows", "1,000 rows"]
    assert [count_of(number, "person", "people") for number in (1, 2)] == ["1 person", "2 people"]


def test_a_day_is_spoken_without_a_nought_before_it():
    assert spoken(date(2026, 11, 23)) == "Monday 23 November 2026"
    assert spoken(date(2026, 2, 1)) == "Sunday 1 February 2026"
