"""Days as a person writes them: `2026-12-01`, `tomorrow`, `fri`, `2w`, `+10d`; and times: `March`, `next month`."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.recurrence import interval, nth_day
from retain_cli.dates.work_days import WEEKDAYS

_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WEEKDAY = r"mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
_BY = re.compile(r"^(.+)[\s,;]+(?:by|before|until|on)\s+(\S.*?)[.!]?$", re.IGNORECASE | re.DOTALL)


class Said(NamedTuple):
    """What was said, and the day in it."""

    words: str
    by: date


def spoken_day(text: str, today: date) -> date:
    """The day meant, seen from `today`; ValueError where it cannot be read.

    A weekday is the next one after today. `2w`, `+10d`, `1m`, `1y` count forward from today, `-3d` back.
    """
    words = text.strip().lower()
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    if re.fullmatch(_WEEKDAY, words):
        ahead = (WEEKDAYS.index(words[:3]) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    if counted := re.fullmatch(r"([+-]?)(\d{1,4}[dwmy])", words):
        return nth_day(today, interval(counted[2]), -1 if counted[1] == "-" else 1)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return date.fromisoformat(words)
    raise ValueError(f"not a day: {text!r}")


def spoken_time(text: str, today: date) -> date:
    """The first day of the time meant: a day, or a month such as `March`, `in March 2028`, `2027-03`, `3月`.

    A month without a year is the next to come; while it runs, it has begun today. ValueError where it cannot be
    read.
    """
    words = re.sub(r"^(?:in|maybe|about|around)\s+", "", text.strip().lower())
    if words in ("next week", "next month", "next year"):
        return _next(words.removeprefix("next "), today)
    if dated := re.fullmatch(r"(\d{4})-(\d{2})", words):
        return date(int(dated[1]), int(dated[2]), 1)
    if chinese := re.fullmatch(r"(?:(\d{4})年)?(\d{1,2})月份?", words):
        return _month(int(chinese[2]), int(chinese[1] or 0), today)
    if named := re.fullmatch(r"([a-z]{3,9})\.?(?:\s+(\d{4}))?", words):
        numbers = [n for n, month in enumerate(MONTHS, start=1) if month == named[1] or month[:3] == named[1]]
        if numbers or named[1] == "sept":
            return _month(numbers[0] if numbers else 9, int(named[2] or 0), today)
    return spoken_day(words, today)


def said_by_day(text: str, today: date) -> Said:
    """`quote by Fri` in two: what, and the day; ValueError where it names no day."""
    parts = _BY.match(text.strip())
    if parts is None:
        raise ValueError(f"says no day: {text!r}")
    return Said(parts[1], spoken_day(parts[2], today))


def _month(number: int, year: int, today: date) -> date:
    if year:
        return date(year, number, 1)
    if number == today.month:
        return today
    return date(today.year + (number < today.month), number, 1)


def _next(unit: str, today: date) -> date:
    if unit == "week":
        return today + timedelta(days=7 - today.weekday())
    if unit == "month":
        return date(today.year + today.month // 12, today.month % 12 + 1, 1)
    return date(today.year + 1, 1, 1)
