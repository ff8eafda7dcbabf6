"""Days as a person writes them: `2026-12-01`, `tomorrow`, `fri`, `2w`, `+10d`; and times: `March`, `next month`.

In Chinese as well: `明天`, `周五`, `下周一`, `3天后`, `12月1日`.
"""

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

_CHINESE_NEAR = {"昨天": -1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_CHINESE_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_CHINESE_UNITS = {"天": "d", "周": "w", "个星期": "w", "个月": "m", "年": "y"}
_CHINESE_NUMBERS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_CHINESE_YEARS = {"今年": 0, "明年": 1, "后年": 2}
_CHINESE_DAY = (
    r"(?:大?后天|[昨今明]天|下?(?:周|星期|礼拜)[一二三四五六日天]"
    r"|(?:[0-9]{1,3}|[一二两三四五六七八九十])(?:天|周|个星期|个月|年)后"
    r"|(?:[0-9]{4}年|[今明后]年)?[0-9]{1,2}月[0-9]{1,2}[日号])"
)
# 下下周一, 每周五 and 1000天后 are other days, or many.
_NOTHING_BEFORE = r"(?<![0-9上下大这本每年])"
_CHINESE_BY = (
    re.compile(rf"^({_CHINESE_DAY})(?:之前|以前|前)?[,，:：\s]*(\S.*?)[。！.!]?$", re.DOTALL),
    re.compile(rf"^(\S.*?)[,，、\s]*{_NOTHING_BEFORE}({_CHINESE_DAY})(?:之前|以前|前)?[。！.!]?$", re.DOTALL),
)


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
    if re.fullmatch(_CHINESE_DAY, words):
        return _chinese_day(words, today)
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
    words = text.strip()
    if parts := _BY.match(words):
        return Said(parts[1], spoken_day(parts[2], today))
    day_first, day_last = _CHINESE_BY
    if parts := day_first.match(words):
        return Said(parts[2], _chinese_day(parts[1], today))
    if parts := day_last.match(words):
        return Said(parts[1], _chinese_day(parts[2], today))
    raise ValueError(f"says no day: {text!r}")


def _chinese_day(words: str, today: date) -> date:
    """The day of words that `_CHINESE_DAY` fits; 下周一 is the Monday of the week that begins after this one."""
    if words in _CHINESE_NEAR:
        return today + timedelta(days=_CHINESE_NEAR[words])
    if words[-1] in _CHINESE_DAYS and (named := re.fullmatch(r"(下?)(?:周|星期|礼拜)(.)", words)):
        weekday = _CHINESE_DAYS[named[2]]
        if named[1]:
            return _next("week", today) + timedelta(days=weekday)
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if counted := re.fullmatch(r"([0-9]+|.)(\D+)后", words):
        count = _CHINESE_NUMBERS.get(counted[1]) or int(counted[1])
        return nth_day(today, interval(f"{count}{_CHINESE_UNITS[counted[2]]}"), 1)
    year, month, day = re.findall(r"([0-9]+年|.年)?([0-9]+)月([0-9]+)", words)[0]
    if year:
        number = today.year + _CHINESE_YEARS[year] if year in _CHINESE_YEARS else int(year[:-1])
        return date(number, int(month), int(day))
    this_year = date(today.year, int(month), int(day))
    return this_year if this_year >= today else date(today.year + 1, int(month), int(day))


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
