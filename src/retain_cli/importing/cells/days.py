"""Days as shops write them: the year, the day or the month first, months as words, numbers of spreadsheets."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

DATE_ORDERS = ("ymd", "dmy", "mdy")

SINCE_1904 = "serial since 1904"
NUMBERS = ("serial", SINCE_1904, "seconds", "milliseconds")
"""What a column of bare numbers may count: days of a spreadsheet since 1900 or 1904, or the time since 1970."""

PIVOT = 69
"""Two digits below it are a year of the 2000s, from it on one of the 1900s, as POSIX has it."""

Parts = tuple[int, int, int]
"""Year, month and day, which need not exist."""

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})\.?|\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号號]?|(\d\d)(\d\d))",
    re.ASCII,
)
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)\.?", re.ASCII)
_NUMBER = re.compile(r"(\d{5}|\d{9,10}|\d{12,13})(?:\.\d+)?", re.ASCII)
_COMPACT_TIME = re.compile(r"(\d{8})(?:[01]\d|2[0-3])[0-5]\d[0-5]\d", re.ASCII)
_ZONE = r"(?:\s?(?:Z|(?:UTC|GMT)?\s?[+-]\d\d?(?::?\d\d)?|UTC|GMT|[A-Z]{2,4}T))?(?:\s?\([^()]*\))?"
_CLOCK = (
    r"(?:上午|下午|午前|午後)?\s?(?:[01]?\d|2[0-3])(?::|[时時点])[0-5]\d(?:(?::|分)(?:[0-5]\d|60)?(?:[.,]\d+)?秒?|分)?"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s?Uhr)?"
)
_TIME_BEHIND = re.compile(rf"(?:T|,?\s(?:at|um|à|a las|kl\.?)?\s?|(?<=[日号號])\s?){_CLOCK}{_ZONE}$", re.ASCII)
_TIME_BEFORE = re.compile(rf"^{_CLOCK}{_ZONE},?\s", re.ASCII)
_ZONE_BEHIND = re.compile(r"\s(?:[A-Z]{2,4}T|UTC|GMT)$", re.ASCII)
_WEEKDAY = (
    r"(?:[(\[]?(?:星期|礼拜|禮拜|周|週)[一二三四五六日天][)\]]?|[(\[][日月火水木金土][)\]]|[月火水木金土日]曜日?|"
    r"(?:sun|mon|tues?|wednes|wed|thu|thurs?|fri|sat|satur)(?:day)?\.?|"
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|(?:mo|di|mi|do|fr|sa|so)[.,])|"
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|"
    r"(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo))"
)
_WEEKDAY_BEFORE = re.compile(
    rf"^{_WEEKDAY}[\s,.]+|^[(\[]?(?:星期|礼拜|禮拜|周|週)[一二三四五六日天][)\]]?", re.IGNORECASE
)
_WEEKDAY_BEHIND = re.compile(rf"(?:(?<=[日号號\d])|[\s,]){_WEEKDAY}$", re.IGNORECASE)

_MONTH_WORDS = (
    "january jan januar janner janvier janv enero ene",
    "february feb februar fevrier fevr fev febrero",
    "march mar marz maerz mrz mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug aout agosto ago",
    "september sep sept septembre septiembre setiembre set",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez decembre diciembre dic",
)
_MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, start=1) for word in words.split()}
_SMALL_WORDS = frozenset(["de", "del", "of", "the", "le", "el", "den"])
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th|er|e|o)?", re.ASCII)

_SPREADSHEET_BEGINS = date(1899, 12, 30)
_BEGINS_1904 = date(1904, 1, 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_PLAUSIBLE = date(1990, 1, 1)
_LAST_PLAUSIBLE = date(2060, 12, 31)
_FIRST_BIRTH = date(1910, 1, 1)


# The year before the first of each era.
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民国": 1911, "民國": 1911}
_ERA = re.compile(rf"(?:中[华華])?({'|'.join(_ERAS)})\s?(\d{{1,3}}|元)\s?(?=[年./-])", re.ASCII)


def _of_era(match: re.Match[str]) -> str:
    return f"{_ERAS[match[1]] + (1 if match[2] == '元' else int(match[2])):04d}"


class Reading(NamedTuple):
    """What a cell may mean: one day, a day for each order it can be read in, or a bare number."""

    fixed: Parts | None = None
    by_order: Mapping[str, Parts] = {}
    number: float | None = None


def read(cell: str, pivot: int = PIVOT) -> Reading | None:
    """What the cell may mean, whether or not there is such a day; None where it is no day at all."""
    words = cell.strip()
    if not words.isascii():
        words = _ERA.sub(_of_era, unicodedata.normalize("NFKC", words))
    if found := _plain(words, pivot):
        return found
    bare = _without_time_and_weekday(words)
    return _plain(bare, pivot) or _with_month_word(bare, pivot)


def full_year(two_digits: int, pivot: int = PIVOT) -> int:
    """The year that two digits stand for: the one from `1900 + pivot` to `1999 + pivot` that ends in them."""
    first = 1900 + pivot
    return first + (two_digits - first) % 100


def day(cell: str, order: str = "ymd", pivot: int = PIVOT, zone: tzinfo = UTC) -> date:
    """A day that exists, read in the order of its column, or as the numbers that its column counts in.

    A time and a zone behind the day are passed over: the day is the one that was written. Only where the time is
    counted from 1970 does `zone` tell the day.
    """
    match = _ISO.fullmatch(cell)
    if match:
        return existing((int(match[1]), int(match[2]), int(match[3])))
    found = read(cell, pivot)
    if found is not None:
        if order in NUMBERS and found.number is not None:
            return of_number(found.number, order, zone)
        parts = found.fixed or found.by_order.get(order)
        if parts is not None:
            return existing(parts)
        if found.number is not None:
            raise ValueError("a bare number, which is a day only where every cell of its column is one")
        if order in ("dmy", "mdy"):
            raise ValueError(f"not a day in the order {order}")
        raise ValueError("not a day like 2026-11-21; --date-order dmy or mdy says which number is the day")
    raise ValueError("not a day like 2026-11-21" if order == "ymd" else f"not a day in the order {order}")


def existing(parts: Parts) -> date:
    """The day of a year, month and day; ValueError where there is none, as on 29 February 2018."""
    try:
        found = date(*parts)
    except ValueError:
        raise ValueError("no such day") from None
    if found.year < 1000:
        raise ValueError("no such day")
    return found


def of_number(number: float, counts: str, zone: tzinfo = UTC) -> date:
    """The day of a spreadsheet's serial number, or of seconds or milliseconds since 1970."""
    if counts in ("serial", SINCE_1904):
        return (_SPREADSHEET_BEGINS if counts == "serial" else _BEGINS_1904) + timedelta(days=int(number))
    seconds = number if counts == "seconds" else number / 1000
    return (_EPOCH + timedelta(seconds=seconds)).astimezone(zone).date()


def what_it_counts(number: float, *, births: bool = False, serial: str = "serial") -> str | None:
    """What a bare number can count so that its day is plausible, from 1990 to 2060, or a birth since 1910.

    `serial` says from when the days of the file's spreadsheet are counted.
    """
    first = _FIRST_BIRTH if births else _FIRST_PLAUSIBLE
    for counts, most in ((serial, 1e5), ("seconds", 1e10), ("milliseconds", 1e13)):
        if number < most:
            return counts if first <= of_number(number, counts) <= _LAST_PLAUSIBLE else None
    return None


def _plain(words: str, pivot: int) -> Reading | None:
    if match := _YEAR_FIRST.fullmatch(words):
        year, month, number = (int(part) for part in match.groups() if part is not None and part not in "-/.")
        return Reading(fixed=(year, month, number))
    if match := _YEAR_LAST.fullmatch(words):
        first, second = int(match[1]), int(match[3])
        last = int(match[4])
        if len(match[4]) == 4:
            return Reading(by_order={"dmy": (last, second, first), "mdy": (last, first, second)})
        year = full_year(last, pivot)
        by_order = {"dmy": (year, second, first), "mdy": (year, first, second)}
        if len(match[1]) == 2:
            by_order["ymd"] = (full_year(first, pivot), second, last)
        return Reading(by_order=by_order)
    if match := _COMPACT_TIME.fullmatch(words):
        return _plain(match[1], pivot)
    if _NUMBER.fullmatch(words):
        return Reading(number=float(words))
    return None


def _without_time_and_weekday(words: str) -> str:
    words = _WEEKDAY_BEFORE.sub("", words, count=1).strip(" ,")
    words = _ZONE_BEHIND.sub("", _TIME_BEHIND.sub("", _TIME_BEFORE.sub("", words)))
    words = _WEEKDAY_BEHIND.sub("", words.strip(" ,"))
    # A weekday may have stood between the day and the time.
    return _WEEKDAY_BEFORE.sub("", words, count=1).strip(" ,")


def tokens(words: str) -> list[str]:
    """Words and numbers without accents and case, without what stands between them."""
    folded = unicodedata.normalize("NFKD", words).casefold()
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return [token for token in re.split(r"[\s,./-]+", bare) if token and token not in _SMALL_WORDS]


def month_and_numbers(words: list[str]) -> tuple[int, int, list[str]] | None:
    """The month that one of the words names, where it stands, and the numbers beside it; else None."""
    named = [at for at, word in enumerate(words) if word in _MONTHS]
    if len(named) != 1:
        return None
    numbers = [_ORDINAL.fullmatch(word) for at, word in enumerate(words) if at != named[0]]
    if not all(numbers):
        return None
    return _MONTHS[words[named[0]]], named[0], [number[1] for number in numbers if number]


def _with_month_word(words: str, pivot: int) -> Reading | None:
    found = month_and_numbers(tokens(words))
    if found is None:
        return None
    month, at, numbers = found
    if len(numbers) != 2 or at == 2:
        return None
    first, second = numbers
    if len(first) == 4 and len(second) <= 2 and at == 1:
        return Reading(fixed=(int(first), month, int(second)))
    if len(first) > 2 or len(second) not in (2, 4):
        return None
    year = int(second) if len(second) == 4 else full_year(int(second), pivot)
    return Reading(fixed=(year, month, int(first)))
