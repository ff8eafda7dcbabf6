"""Counts and days in the words of a sentence."""

from datetime import date


def count_of(number: int, one: str, many: str = "") -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spoken(day: date) -> str:
    """A day in words: `Monday 23 November 2026`."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"
