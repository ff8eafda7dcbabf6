"""Values as people read them."""

from datetime import date
from typing import Any

from retain_cli.document import FEWEST_FOR_PERCENT, Rate


def words(value: Any) -> str:
    """One value in words; nothing for an absent one."""
    if value is None:
        return ""
    if value is True or value is False:
        return "yes" if value else "no"
    if isinstance(value, Rate):
        return _rate(value)
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _rate(rate: Rate) -> str:
    if rate.value is None:
        return "none to count"
    if rate.denominator < FEWEST_FOR_PERCENT:
        return f"{rate.numerator:,} of {rate.denominator:,}"
    return f"{rate.value:.1%} ({rate.numerator:,} of {rate.denominator:,})"
