"""What people write on the command line, into values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from retain_cli.dates.spoken import spoken_day
from retain_cli.errors import WrongUse
from retain_cli.model.money import Money, minor_units
from retain_cli.workspace import FIRST_DAY, LAST_DAY


def day_option(written: str, today: date, option: str) -> date:
    """The day an option names; WrongUse says how days are written."""
    try:
        day = spoken_day(written, today)
    except (ValueError, OverflowError):
        raise WrongUse(
            f"{option} {written!r} is not a day",
            "Write 2026-12-01, tomorrow, fri, 2w or +10d.",
            code="day-unreadable",
        ) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise WrongUse(
            f"{option} {day} is out of reach", f"Name one from {FIRST_DAY} to {LAST_DAY}.", code="day-unreadable"
        )
    return day


def money_option(written: str, currency: str, option: str) -> int:
    """The minor units an option names, not below zero."""
    try:
        minor = minor_units(written, currency)
    except ValueError:
        minor = -1
    if minor < 0:
        raise WrongUse(f"{option} {written!r} is not an amount of {currency}", "Write it like 30 or 12.50.")
    return minor


def word_option(written: str, words: Sequence[str], option: str) -> str:
    """One of the words an option knows."""
    word = written.strip().casefold().replace("_", "-").replace(" ", "-")
    if word not in words:
        raise WrongUse(f"{option} {written!r} is not known", f"Choose one of {', '.join(words)}.")
    return word


def money(minor: int | None, currency: str) -> Money | None:
    """An amount, or nothing where there is none."""
    return None if minor is None else Money(minor, currency)


def birthday_text(
    month: int | None, day: int | None, year: int | None, calendar: str | None = None, leap_month: int | None = 0
) -> str | None:
    """A birthday as ISO 8601 writes it, `--02-29` where the year is not known; `lunar --08-15` for a lunar one."""
    if month is None or day is None:
        return None
    from retain_cli.model.partial_date import PartialDate

    return str(PartialDate(month, day, year, calendar or "solar", bool(leap_month)))


def count_of(number: int, one: str, many: str = "") -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spoken(day: date) -> str:
    """A day in words: `Monday 23 November 2026`."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


Json = dict[str, Any]
