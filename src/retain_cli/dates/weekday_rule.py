"""Days that come once a year by the week: the 3rd Monday of March, the last Friday of November."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.work_days import WEEKDAYS

_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_MONTHS = [name.lower() for name in calendar.month_name]
_WORDS = ("", "1st", "2nd", "3rd", "4th", "5th")


class WeekdayRule(NamedTuple):
    """The `nth` such weekday of a month, -1 for the last; `weekday` is 0 for Monday."""

    nth: int
    weekday: int
    month: int

    def __str__(self) -> str:
        number = "last" if self.nth == -1 else _WORDS[self.nth]
        return f"{number} {calendar.day_name[self.weekday]} of {calendar.month_name[self.month]}"

    @property
    def key(self) -> str:
        """The rule in the one form in which it is kept: `3 mon 3`."""
        return f"{self.nth} {WEEKDAYS[self.weekday]} {self.month}"


def weekday_rule(text: str) -> WeekdayRule:
    """The rule that is written like `3rd Monday of March` or kept like `3 mon 3`; ValueError for anything else."""
    written = re.fullmatch(r"(-?\w+)\s+([a-z]+)\s+(?:(?:of|in)\s+)?(\w+)", text.strip().lower())
    if written:
        number = _NUMBERS.get(written[1]) or _number(written[1])
        weekday = _place(WEEKDAYS, written[2], whole=[name.lower() for name in calendar.day_name])
        month = int(written[3]) if written[3].isdecimal() else _month(written[3])
        if number in (-1, 1, 2, 3, 4, 5) and weekday is not None and 1 <= month <= 12:
            return WeekdayRule(number, weekday, month)
    raise ValueError(f"not a weekday of a month: {text!r}")


def day_of_rule(rule: WeekdayRule, year: int) -> date | None:
    """The day of `year`; None where the month has no fifth such weekday."""
    length = calendar.monthrange(year, rule.month)[1]
    if rule.nth == -1:
        last = date(year, rule.month, length)
        return last - timedelta(days=(last.weekday() - rule.weekday) % 7)
    first = date(year, rule.month, 1)
    number = 1 + (rule.weekday - first.weekday()) % 7 + 7 * (rule.nth - 1)
    return date(year, rule.month, number) if number <= length else None


def rules_on(day: date) -> list[WeekdayRule]:
    """Every rule that falls on the day: one by its number, and one more where it is the last of its month."""
    found = [WeekdayRule((day.day - 1) // 7 + 1, day.weekday(), day.month)]
    if day.day + 7 > calendar.monthrange(day.year, day.month)[1]:
        found.append(WeekdayRule(-1, day.weekday(), day.month))
    return found


def _number(word: str) -> int:
    digits = re.fullmatch(r"(-?\d)(st|nd|rd|th)?", word)
    return int(digits[1]) if digits else 0


def _place(short: tuple[str, ...], word: str, whole: list[str]) -> int | None:
    known = {name: number for names in (short, whole) for number, name in enumerate(names)}
    return known.get(word)


def _month(word: str) -> int:
    return next((n for n, name in enumerate(_MONTHS) if n and word in (name, name[:3])), 0)
