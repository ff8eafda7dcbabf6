"""What people write on the command line, into values."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from retain_cli.dates.spoken import Said, said_by_day, spoken_day, spoken_time
from retain_cli.errors import WrongUse
from retain_cli.model.money import Money, minor_units
from retain_cli.workspace import FIRST_DAY, LAST_DAY

Json = dict[str, Any]

_LONGEST_LUNAR_YEAR = 385
"""Thirteen months of up to 30 days; a year with a leap month has 383 to 385 days."""


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


def time_option(written: str, today: date, option: str) -> date:
    """The first day of the time an option names: a day, or a month such as `March`."""
    try:
        day = spoken_time(written, today)
    except (ValueError, OverflowError):
        return day_option(written, today, option)
    return day_option(day.isoformat(), today, option)


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


def grade_option(written: str, option: str) -> str:
    """A grade, or `none` for customers who have none yet."""
    from retain_cli.model.grade import GRADES, NONE_YET

    grade = word_option(written, [*map(str.casefold, GRADES), NONE_YET], option)
    return grade if grade == NONE_YET else grade.upper()


def text_option(written: str, option: str) -> str:
    """Words on one line, such as an import would take; none at all are no words."""
    from retain_cli.importing import cells

    try:
        words = cells.text(written)
    except ValueError as problem:
        raise WrongUse(f"{option} {problem}", "Write it on one line.") from problem
    if not words:
        raise WrongUse(f"{option} says nothing", "Write some words.")
    return words


def promise_option(written: str, made_on: date, option: str, by: str | None = None) -> Said:
    """What was promised and by when; the day stands in the words, `quote by fri`, or is said beside them."""
    words = text_option(written, option)
    if by is not None:
        return Said(words, day_option(by, made_on, "--by"))
    try:
        return said_by_day(words, made_on)
    except (ValueError, OverflowError):
        raise WrongUse(
            f"{option} {words!r} says no day", "Write it like: quote by fri.", code="day-unreadable"
        ) from None


def past_day_option(written: str | None, today: date, option: str) -> date:
    """The day something happened: today where it is not said, and none that is still to come."""
    day = day_option(written, today, option) if written else today
    if day > today:
        raise WrongUse(f"{option} {day} is still to come", "Note it once it happened.")
    return day


def of_customer(row: Any) -> Json:
    """The row as it is answered: the customer's three columns together, the rest as they are."""
    cells: Json = row._asdict()
    who = {"id": cells.pop("customer_id"), "external_id": cells.pop("external_id"), "name": cells.pop("name")}
    return {"id": cells.pop("id"), "customer": who, **cells}


def flat(entry: Json) -> Json:
    """An answer about a customer as one line of CSV: who it is in columns of their own."""
    who = entry["customer"]
    rest = {key: value for key, value in entry.items() if key != "customer"}
    return {"customer_id": who["id"], "external_id": who["external_id"], "name": who["name"], **rest}


def flat_header(columns: Sequence[str], *more: str) -> tuple[str, ...]:
    """What `flat` calls the columns of such answers; `columns` are those of the rows that were asked for."""
    who = ("customer_id", "external_id", "name")
    return (*who, "id", *(column for column in columns if column not in (*who, "id")), *more)


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


def birthday_words(
    month: int | None,
    day: int | None,
    year: int | None,
    calendar: str | None = None,
    leap_month: int | None = 0,
    *,
    today: date,
) -> str | None:
    """A birthday as people say it: `26 November`, `1980-11-26`, `lunar month 8, day 15, next on 2027-09-15`.

    A lunar one says on which day it is kept next, since no calendar on a wall tells.
    """
    if month is None or day is None:
        return None
    if calendar != "lunar":
        known = birthday_text(month, day, year)
        # Any leap year will do to name the month.
        return known if year else f"{day} {date(2000, month, day):%B}"
    from retain_cli.dates.lunar import birthdays_between

    days = birthdays_between(today, today + timedelta(days=_LONGEST_LUNAR_YEAR))
    is_leap = bool(leap_month)
    following = next((one.falls_on for one in days if one[:3] == (month, day, is_leap)), None)
    words = f"lunar {'leap ' if is_leap else ''}month {month}, day {day}" + (f" of {year}" if year else "")
    return words if following is None else f"{words}, next on {following}"
