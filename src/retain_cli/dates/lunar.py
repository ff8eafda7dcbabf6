"""The Chinese lunar calendar from 1901 to 2100: which day a lunar birthday falls on.

The lengths of the months and the leap months are those of the Hong Kong Observatory's Gregorian-Lunar Calendar
Conversion Tables (https://www.hko.gov.hk/en/gts/time/conversion.htm), with its choice of day for the three new
moons that fall within a minute of midnight: 28 September 2057, 4 September 2089 and 7 August 2097.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import NamedTuple

FIRST_YEAR = 1901
LAST_YEAR = 2100

_NEW_YEAR_1901 = date(1901, 2, 19)

# For each year: the leap month as one hexadecimal digit, 0 for none; then a bit for each month in their order,
# the first month lowest, set where the month has 30 days and not 29.
_YEARS = """
    00752 00ea5 5164a 0064b 00a9b 41556 0056a 00b59 21752 00752 61b25 00b25 00a4b 514ab 002ad 0056b 20b69
    00da9 71d92 00e92 00d25 51a4d 00a56 002b6 415b5 006d4 00ea9 21e92 00e92 60d26 0052b 00a57 512b6 00b5a
    006d4 30ec9 00749 71693 00a93 0052b 60a5b 00aad 0056a 41b55 00ba4 00b49 21a93 00a95 7152d 00536 00aad
    515aa 005b2 00da5 31d4a 00d4a 80a95 00a97 00556 60ab5 00ad5 006d2 40ea5 00ea5 0064a 30c97 00a9b 7155a
    0056a 00b69 51752 00b52 00b25 4164b 00a4b 814ab 002ad 0056d 60b69 00da9 00d92 41d25 00d25 a1a4d 00a56
    002b6 605b5 006d5 00ea9 51e92 00e92 00d26 30a56 00a57 814d6 0035a 006d5 516c9 00749 00693 4152b 0052b
    00a5b 2155a 0056a 71b55 00ba4 00b49 51a93 00a95 0052d 40aad 00ab5 915aa 005d2 00da5 61d4a 00d4a 00c95
    4152e 00556 00ab5 215b2 006d2 60ea5 00725 0064b 50c97 00cab 0055a 30ad6 00b69 b1752 00b52 00b25 61a4b
    00a4b 004ab 5055b 005ad 00b6a 21b52 00d92 71d25 00d25 00a55 514ad 004b6 005b5 30daa 00ec9 81e92 00e92
    00d26 60a56 00a57 00556 406d5 00755 00749 30e93 00693 7152b 0052b 00a5b 5155a 0056a 00b65 4174a 00b4a
    81a95 00a95 0052d 60aad 00ab5 005aa 40ba5 00da5 00d4a 31c95 00c96 7194e 00556 00ab5 515b2 006d2 00ea5
    40e4a 0068b 80c97 004ab 0055b 60ad6 00b6a 00752 41725 00b45 00a8b 2149b 004ab
"""


class LunarDay(NamedTuple):
    """A day of the lunar calendar; a leap month has the number of the month it follows."""

    year: int
    month: int
    day: int
    leap_month: bool


class LunarBirthday(NamedTuple):
    """A birthday that falls on a day: the month and day as they were written down."""

    month: int
    day: int
    leap_month: bool
    falls_on: date


class _Month(NamedTuple):
    month: int
    leap: bool
    days: int
    begins: int
    """Days after the first of the lunar year."""


@cache
def _months(year: int) -> tuple[_Month, ...]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the lunar year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    code = _YEARS.split()[year - FIRST_YEAR]
    leap, long = int(code[0], 16), int(code[1:], 16)
    names = [(month, again) for month in range(1, 13) for again in (False, True) if not again or month == leap]
    lengths = [29 + (long >> number & 1) for number in range(len(names))]
    begins = accumulate(lengths, initial=0)
    return tuple(_Month(*name, days, begin) for name, days, begin in zip(names, lengths, begins, strict=False))


def _length(code: str) -> int:
    """How many days a year has: 29 for each of its months, and one more for each that is long."""
    months = 12 if code[0] == "0" else 13
    return 29 * months + int(code[1:], 16).bit_count()


@cache
def _new_years() -> tuple[date, ...]:
    """The first day of each lunar year, and the day after the last one."""
    lengths = (_length(code) for code in _YEARS.split())
    return tuple(_NEW_YEAR_1901 + timedelta(days=days) for days in accumulate(lengths, initial=0))


def leap_month(year: int) -> int | None:
    """The month that a leap month follows in a lunar year, or None."""
    return next((month.month for month in _months(year) if month.leap), None)


def month_length(year: int, month: int, *, leap: bool = False) -> int:
    """29 or 30; ValueError where the year has no such month."""
    for one in _months(year):
        if (one.month, one.leap) == (month, leap):
            return one.days
    raise ValueError(f"the lunar year {year} has no {'leap ' if leap else ''}month {month}")


def lunar_day(day: date) -> LunarDay:
    """The lunar date of a day; ValueError outside the years of the table."""
    number = bisect_right(_new_years(), day) - 1
    if not 0 <= number <= LAST_YEAR - FIRST_YEAR:
        raise ValueError(f"{day} is not in the lunar years {FIRST_YEAR} to {LAST_YEAR}")
    year = FIRST_YEAR + number
    after = (day - _new_years()[number]).days
    month = next(month for month in reversed(_months(year)) if month.begins <= after)
    return LunarDay(year, month.month, after - month.begins + 1, month.leap)


def solar_day(year: int, month: int, day: int, *, leap: bool = False) -> date:
    """The day on which a lunar date falls; ValueError where the lunar year has no such day."""
    if not 1 <= day <= month_length(year, month, leap=leap):
        raise ValueError(f"month {month} of the lunar year {year} has no day {day}")
    begins = next(one.begins for one in _months(year) if (one.month, one.leap) == (month, leap))
    return _new_years()[year - FIRST_YEAR] + timedelta(days=begins + day - 1)


def birthdays_between(first: date, last: date) -> Iterator[LunarBirthday]:
    """Every lunar birthday that is kept on a day from `first` to `last`, both included, in order.

    Day 30 is kept on the 29th of a shorter month; a birthday in a leap month is kept in the ordinary month of a
    year that has no such leap month. Days outside the years of the table have none.
    """
    new_years = _new_years()
    first, last = max(first, new_years[0]), min(last, new_years[-1] - timedelta(days=1))
    for number in range((last - first).days + 1):
        falls_on = first + timedelta(days=number)
        found = lunar_day(falls_on)
        length = month_length(found.year, found.month, leap=found.leap_month)
        days = (29, 30) if found.day == length == 29 else (found.day,)
        kept_here = (
            (True,) if found.leap_month else (False,) if leap_month(found.year) == found.month else (False, True)
        )
        for day in days:
            for leap in kept_here:
                yield LunarBirthday(found.month, day, leap, falls_on)
