"""The months of a period, for trends."""

from collections.abc import Iterator
from datetime import date


def months(first: date, last: date) -> Iterator[str]:
    """Every month that has a day in the period, as `2026-11`."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield f"{year:04}-{month:02}"
        year, month = year + month // 12, month % 12 + 1
