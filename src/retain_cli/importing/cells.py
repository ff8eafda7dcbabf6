"""Cells into values; a ValueError says in words what is wrong with one."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Generic, TypeVar

from retain_cli.formula import restore
from retain_cli.model.money import decimals, minor_units
from retain_cli.model.partial_date import PartialDate, partial_date

Value = TypeVar("Value")

LONGEST_TEXT = 2_000
LONGEST_NAME = 200

_MOST_REMEMBERED = 50_000
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))"
    r"(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?"
)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ]\d{1,2}:\d\d(?::\d\d)?)?")
_NO_YEAR = re.compile(r"(?:--)?(\d\d)-?(\d\d)|(\d{1,2})月(\d{1,2})日")
_PLAIN_AMOUNT = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_GROUPED_AMOUNT = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_SIGNS_OF_CURRENCY = str.maketrans("", "", "¥￥$€£ \u00a0\u202f")

DATE_ORDERS = ("ymd", "dmy", "mdy")


class Remembered(dict[str, Value], Generic[Value]):
    """A conversion that is done once for each different cell, up to a bound on memory."""

    def __init__(self, convert: Callable[[str], Value], most: int = _MOST_REMEMBERED) -> None:
        super().__init__()
        self._convert = convert
        self._most = most

    def __missing__(self, cell: str) -> Value:
        value = self._convert(cell)
        if len(self) >= self._most:
            self.clear()
        self[cell] = value
        return value


def text(cell: str) -> str:
    """Words on one line, without blanks around them; nothing a terminal would obey."""
    words = cell.strip()
    if words.startswith("'"):
        words = restore(words)
    if len(words) > LONGEST_TEXT:
        raise ValueError(f"longer than {LONGEST_TEXT:,} characters")
    if not words.isprintable() and (control := _CONTROLS.search(words)):
        raise ValueError(f"holds the control character U+{ord(control[0]):04X}")
    return words


def name(cell: str) -> str:
    """A name; it is kept as it was written."""
    words = " ".join(text(cell).split())
    if len(words) > LONGEST_NAME:
        raise ValueError(f"longer than {LONGEST_NAME} characters")
    return words


def day(cell: str, order: str = "ymd") -> date:
    """A day that exists, the year first or in the column's order."""
    words = cell.strip()
    if match := _YEAR_FIRST.fullmatch(words):
        year, month, number = (int(part) for part in match.groups() if part is not None)
    elif (match := _YEAR_LAST.fullmatch(words)) and order != "ymd":
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        number, month = (first, second) if order == "dmy" else (second, first)
    elif match:
        raise ValueError("not a day like 2026-11-21; --date-order dmy or mdy says which number is the day")
    else:
        raise ValueError("not a day like 2026-11-21" if order == "ymd" else f"not a day in the order {order}")
    try:
        found = date(year, month, number)
    except ValueError:
        raise ValueError("no such day") from None
    if year < 1000:
        raise ValueError("no such day")
    return found


def year_last_parts(cell: str) -> tuple[int, int] | None:
    """The first two numbers of a day that has its year last, which tell the order of a column; else None."""
    match = _YEAR_LAST.fullmatch(cell.strip())
    return (int(match[1]), int(match[3])) if match else None


def birthday(cell: str, order: str = "ymd") -> PartialDate:
    """A birthday, with its year or without: `1980-02-29`, `--02-29`, `02-29`, `2月29日`."""
    words = cell.strip()
    if match := _NO_YEAR.fullmatch(words):
        month, number = (int(part) for part in match.groups() if part is not None)
        try:
            return partial_date(month, number)
        except ValueError:
            raise ValueError("no such day") from None
    found = day(words, order)
    return PartialDate(found.month, found.day, found.year)


def amount_reader(currency: str) -> Callable[[str], int]:
    """What makes minor units of the cells of a column of amounts."""
    places = decimals(currency)
    mark = -1 - places

    def read(cell: str) -> int:
        # Most cells are digits, a point and exactly the currency's decimals: no need to look closer.
        if places and cell[mark:-places] == ".":
            digits = cell[:mark] + cell[-places:]
            if digits.isdecimal() and digits.isascii() and len(digits) < 15:
                return int(digits)
        return amount(cell, currency)

    return read


def amounts_reader(currency: str) -> Callable[[Sequence[str]], list[int]]:
    """What makes minor units of many cells at a time."""
    places = decimals(currency)
    plain = re.compile(rf"(?:[0-9]{{1,12}}{rf'[.][0-9]{{{places}}}' if places else ''}\n)*")
    read = amount_reader(currency)

    def read_all(column: Sequence[str]) -> list[int]:
        # Mostly every cell is digits, a point and exactly the currency's decimals: one look at all of them.
        lines = "".join([f"{cell}\n" for cell in column])
        if plain.fullmatch(lines) and lines.count("\n") == len(column):
            return list(map(int, lines.replace(".", "").split()))
        return list(map(read, column))

    return read_all


def amount(cell: str, currency: str) -> int:
    """Minor units of an amount with a decimal point; `1,234.50`, `¥12`, `(12.00)` and `12.00-` are understood."""
    words = cell.strip()
    if not _PLAIN_AMOUNT.fullmatch(words):
        words = restore(words).translate(_SIGNS_OF_CURRENCY)
        if words.startswith("(") and words.endswith(")"):
            words = "-" + words[1:-1]
        elif words.endswith("-"):
            words = "-" + words[:-1]
        if _GROUPED_AMOUNT.fullmatch(words):
            words = words.replace(",", "")
        elif not _PLAIN_AMOUNT.fullmatch(words):
            raise ValueError("not an amount like 1234.50")
    units = minor_units(words, currency)
    if abs(units) >= 1 << 53:
        raise ValueError("too large")
    return units


def cost(cell: str, currency: str) -> int:
    """Minor units of what something cost; nothing costs less than nothing."""
    units = amount(cell, currency)
    if units < 0:
        raise ValueError("below zero")
    return units


def quantity(cell: str) -> float:
    """How many or how much; 1 where nothing is said."""
    words = cell.strip().replace(",", "")
    if not words:
        return 1
    if not _PLAIN_AMOUNT.fullmatch(words) or len(words) > 15:
        raise ValueError("not a number")
    return float(words)


def currency(cell: str) -> str:
    """An ISO 4217 code."""
    code = cell.strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise ValueError("not a currency code like CNY")
    return code


def email(cell: str) -> str:
    """An e-mail address, case folded."""
    address = text(cell).casefold()
    local, at, domain = address.rpartition("@")
    if not at or not local or "." not in domain.strip(".") or any(c.isspace() or c in ",;<>" for c in address):
        raise ValueError("not an e-mail address")
    return address


def phone(cell: str, region: str) -> str:
    """A phone number as E.164, read as it is written in `region`."""
    from retain_cli.model.phone import e164

    written = text(cell)
    found = e164(written, region)
    if found is None:
        raise ValueError(f"not a phone number; outside {region} it needs + and the country")
    return found


def flag(cell: str) -> bool:
    """Yes or no in the usual spellings."""
    word = cell.strip().casefold()
    if word in ("1", "y", "yes", "true", "x", "是"):
        return True
    if word in ("0", "n", "no", "false", "否", ""):
        return False
    raise ValueError("neither yes nor no")


def one_of(cell: str, words: tuple[str, ...]) -> str:
    """One of some words."""
    word = "-".join(cell.strip().casefold().replace("_", " ").split())
    if word not in words:
        raise ValueError(f"not one of {', '.join(words)}")
    return word


def score(cell: str) -> int:
    """A satisfaction from 1 to 5."""
    word = cell.strip().removesuffix(".0")
    if word not in ("1", "2", "3", "4", "5"):
        raise ValueError("not a whole number from 1 to 5")
    return int(word)
