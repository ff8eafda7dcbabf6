"""Birthdays: with a year or without, of the solar calendar or of the lunar one."""

import re
import unicodedata

from retain_cli.formula import restore
from retain_cli.importing.cells import days
from retain_cli.model.partial_date import PartialDate, partial_date

NO_YEAR = frozenset([0, 1604])
"""Years that programs write where they know none: an address book of Apple's writes 1604."""

_NO_YEAR = re.compile(r"(?:--)?(\d\d)-?(\d\d)|(\d{1,2})\s?月\s?(\d{1,2})[日号號]?", re.ASCII)
_UNORDERED = re.compile(r"(\d{1,2})\s?[/.]\s?(\d{1,2})\.?", re.ASCII)
_YEAR_0000 = re.compile(r"0000([-/.])(\d{1,2})\1(\d{1,2})(?:[T ].*)?", re.ASCII)

_LUNAR_WORD = re.compile(r"[(\[]?(?:农历|農曆|農歷|阴历|陰曆|旧历|舊曆|旧暦|lunar)[)\]]?\s?:?", re.IGNORECASE)
_LUNAR_NUMBERS = re.compile(
    r"(?P<leap>leap\s|闰|閏)?\s?(?:(?P<year>\d{4})[-/.年]|--)?\s?(?P<late>leap\s?|闰|閏)?"
    r"(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})[日号號]?(?P<last>\s?[(]?leap(?: month)?[)]?)?",
    re.ASCII | re.IGNORECASE,
)
_DIGIT = "零〇○一二三四五六七八九"
_LUNAR_WORDS = re.compile(
    r"(?:(?P<year>\d{4}|[零〇○一二三四五六七八九]{4})年)?\s?(?P<leap>闰|閏)?"
    r"(?P<month>正|元|一|二|三|四|五|六|七|八|九|十[一二]?|冬|腊|臘|\d{1,2})月\s?"
    r"(?P<day>初[一二三四五六七八九十]|[一二]?十[一二三四五六七八九]?|三十|[廿卄][一二三四五六七八九]?|卅|[一二三四五六七八九])[日号號]?",
)
_ONLY_LUNAR = re.compile("[闰閏正冬腊臘初廿卄卅]")
_MONTH_NAMES = {"正": 1, "元": 1, "冬": 11, "腊": 12, "臘": 12}


def birthday(cell: str, order: str = "ymd", this_year: int | None = None) -> PartialDate:
    """A birthday: `1980-02-29`, `--02-29`, `02-29`, `2月29日`, `29 Feb`, `农历八月十五`, `lunar 8-15`.

    Two digits of a year are the latest year that is not after `this_year`.
    """
    words = unicodedata.normalize("NFKC", restore(cell.strip())).strip()
    if (lunar := _lunar(words)) is not None:
        return lunar
    if match := _NO_YEAR.fullmatch(words):
        month, number = (int(part) for part in match.groups() if part is not None)
        return _existing(month, number)
    if match := _YEAR_0000.fullmatch(words):
        return _existing(int(match[2]), int(match[3]))
    if match := _UNORDERED.fullmatch(words):
        first, second = int(match[1]), int(match[2])
        if order == "ymd":
            raise ValueError("does not say which of the two is the day; --date-order dmy or mdy does")
        return _existing(*((second, first) if order == "dmy" else (first, second)))
    if (named := days.month_and_numbers(days.tokens(words))) and len(named[2]) == 1:
        return _existing(named[0], int(named[2][0]))
    found = days.day(words, order, days.PIVOT if this_year is None else this_year - 1999)
    if found.year in NO_YEAR:
        return PartialDate(found.month, found.day)
    return PartialDate(found.month, found.day, found.year)


def read(cell: str, pivot: int = days.PIVOT) -> days.Reading | None:
    """What a cell of a column of birthdays may mean; for one without a year, some leap year stands in."""
    words = unicodedata.normalize("NFKC", restore(cell.strip())).strip()
    if match := _UNORDERED.fullmatch(words):
        first, second = int(match[1]), int(match[2])
        return days.Reading(by_order={"dmy": (2000, second, first), "mdy": (2000, first, second)})
    return days.read(words, pivot)


def _existing(month: int, day: int) -> PartialDate:
    try:
        return partial_date(month, day)
    except ValueError:
        raise ValueError("no such day") from None


def _lunar(words: str) -> PartialDate | None:
    """The lunar day that the words say, or None where they say no lunar day."""
    bare, marks = _LUNAR_WORD.subn("", words)
    bare = bare.strip(" ,")
    if match := _LUNAR_WORDS.fullmatch(bare):
        if not marks and not _ONLY_LUNAR.search(bare):
            raise ValueError("may be solar or lunar; write 8月15日 for solar, 农历八月十五 for lunar")
        month, day = _numeral(match["month"]), _numeral(match["day"])
        leap = bool(match["leap"])
    elif marks and (match := _LUNAR_NUMBERS.fullmatch(bare)):
        month, day = int(match["month"]), int(match["day"])
        leap = bool(match["leap"] or match["late"] or match["last"])
    elif marks:
        raise ValueError("not a lunar day like 农历八月十五, lunar 8-15 or lunar 1980-8-15")
    else:
        return None
    try:
        return partial_date(month, day, _year(match["year"]), "lunar", leap)
    except ValueError:
        raise ValueError("no such lunar day") from None


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    year = int("".join(str(max(_DIGIT.find(sign) - 2, 0)) if sign in _DIGIT else sign for sign in written))
    return None if year in NO_YEAR else year


def _numeral(words: str) -> int:
    """A month or a day of the lunar calendar in Chinese words: 正, 十二, 初八, 廿三, 三十."""
    if words in _MONTH_NAMES:
        return _MONTH_NAMES[words]
    if words.isdecimal():
        return int(words)
    words = words.removeprefix("初").replace("廿", "二十").replace("卄", "二十").replace("卅", "三十")
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return _DIGIT.index(words) - 2
    return (_DIGIT.index(tens) - 2 if tens else 1) * 10 + (_DIGIT.index(ones) - 2 if ones else 0)
