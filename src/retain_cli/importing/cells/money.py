"""Amounts and quantities: which mark is the decimal sign is a matter of the column, never of one cell."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from retain_cli.formula import restore
from retain_cli.model.money import decimals, minor_units

DECIMAL_SIGNS = {"point": ".", "comma": ","}

_DOLLARS = ("USD", "AUD", "BMD", "CAD", "CLP", "COP", "HKD", "MXN", "NZD", "SGD", "TWD")
_CROWNS = ("SEK", "DKK", "ISK", "NOK")
_SIGNS = {
    "¥": ("CNY", "JPY"), "元": ("CNY", "HKD", "TWD"), "圓": ("HKD", "TWD"), "円": ("JPY",), "rmb": ("CNY",),
    "人民币": ("CNY",), "人民幣": ("CNY",), "cn¥": ("CNY",), "jp¥": ("JPY",),
    # Where Shift-JIS has a backslash, its machines show the sign of the yen.
    "\\": ("JPY",),
    "$": _DOLLARS, "us$": ("USD",), "hk$": ("HKD",), "nt$": ("TWD",), "ca$": ("CAD",), "c$": ("CAD",),
    "au$": ("AUD",), "a$": ("AUD",), "nz$": ("NZD",), "s$": ("SGD",), "r$": ("BRL",), "mx$": ("MXN",),
    "€": ("EUR",), "£": ("GBP",), "₩": ("KRW",), "₹": ("INR",), "₽": ("RUB",), "₺": ("TRY",),
    "₫": ("VND",), "฿": ("THB",), "₴": ("UAH",), "₱": ("PHP",), "₪": ("ILS",), "zł": ("PLN",), "kč": ("CZK",),
    "kr": _CROWNS, "kr.": _CROWNS, "fr.": ("CHF",), "rs": ("INR", "PKR"), "rs.": ("INR", "PKR"),
}  # fmt: skip

_CODES = frozenset(code for codes in _SIGNS.values() for code in codes) | {"CHF", "HUF", "AED", "ZAR", "THB"}
_IN_TITLE = re.compile(r"[\s(\[/,_-]([A-Z]{3}|[^\w\s()\[\]])\s*[)\]]?\s*$")
_FAST = re.compile(r"[+-]?(?:\d+|\d*\.\d{1,2}|\d+\.)", re.ASCII)
_AROUND = re.compile(
    r"(?P<before>[^\d.,'+\-()\s][^\d,'+\-()]*?|)\s*(?P<digits>[.,]?\d[\d.,' ]*?|)\s*(?P<behind>[^\d,'+\-()\s]+|)"
)
_NO_CENTS = re.compile(r"(?<=\d)[.,][-—]{1,2}(?=$|[^\d])")
_CODE = re.compile(r"[a-z]{3}")
_MOST_EXACT = 1e12
_NOISY_DIGITS = 16
"""Digits that no amount has and a binary number written out in full mostly has."""
_FEWEST_LOST = 5
"""Digits that are nothing but the noise of it; fewer may have been meant."""
# With the decimal sign written as a point and the other one as a comma.
_WHOLE = r"\d+|\d{1,3}(?:(?P<mark>[,' ])\d{3})(?:(?P=mark)\d{3})*|\d{1,2}(?:,\d\d)+,\d{3}"
_WRITTEN = re.compile(rf"(?P<whole>{_WHOLE}|)(?:\.(?P<part>\d*))?", re.ASCII)
_SWAP = str.maketrans(".,", ",.")


class Written(NamedTuple):
    """An amount as it is written: its sign, its digits with their marks, and what names its currency."""

    negative: bool
    digits: str
    currency: str


def written(cell: str, otherwise: str = "not an amount like 1234.50") -> Written:
    """The parts of an amount; ValueError where it is none, whichever mark be the decimal sign."""
    words = unicodedata.normalize("NFKC", restore(cell.strip())).casefold().strip()
    words = words.replace("\u2212", "-").replace("\u2013", "-").replace("\u2019", "'").replace("`", "'")
    words = " ".join(words.split())
    # The Swiss and the Germans write a dash for no rappen and no cents: 5.-, 5,--.
    words = _NO_CENTS.sub("", words)
    negative = False
    if words.startswith("(") and words.endswith(")"):
        negative, words = True, words[1:-1].strip()
    signs = words.count("-") + words.count("+")
    if signs == 1:
        # The minus stands before or behind all of it, or between the currency and the digits.
        negative ^= "-" in words
        if not re.fullmatch(r"[-+].*|.*-|[^\d\s]+\s?[-+]\s?[\d.,].*|[\d., ']+-\s?[^\d\s]+", words):
            raise ValueError(otherwise)
        words = re.sub("[-+]", "", words).strip()
    match = _AROUND.fullmatch(words) if signs <= 1 else None
    if match is None or not match["digits"] or (match["before"].strip() and match["behind"]):
        raise ValueError(otherwise)
    currency = match["before"].strip() or match["behind"]
    if currency and currency not in _SIGNS and not _CODE.fullmatch(currency):
        raise ValueError(otherwise)
    return Written(negative, match["digits"], currency)


def decimal_sign(digits: str) -> str | None:
    """The decimal sign that the digits of an amount show: `.`, `,`, `?` where they do not tell, None without one.

    A single mark with exactly three digits behind it may part thousands or decimals: `1,234`.
    """
    marks = [sign for sign in digits if sign in ".,"]
    if not marks:
        return None
    last = marks[-1]
    other = "," if last == "." else "."
    if other in marks:
        return last
    if len(marks) > 1:
        return other
    whole, _, part = digits.rpartition(last)
    if len(part) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0") or not whole.isdecimal():
        return last
    return "?"


def plain(digits: str, sign: str = ".") -> str:
    """The digits with a decimal point and nothing else; ValueError where thousands are not parted in threes."""
    match = _WRITTEN.fullmatch(digits if sign == "." else digits.translate(_SWAP))
    if match is None or not (match["whole"] or match["part"]):
        raise ValueError("not an amount like 1234.50" if sign == "." else "not an amount like 1234,50")
    whole = re.sub("[,' ]", "", match["whole"])
    return f"{whole or 0}.{match['part']}" if match["part"] else whole or "0"


def currencies(sign: str) -> tuple[str, ...]:
    """The currencies that a sign or a code may mean: one for `€`, several for `$`."""
    return _SIGNS.get(sign) or ((sign.upper(),) if sign else ())


def currency_of_title(title: str) -> str | None:
    """The one currency that a header ends in: `Amount (EUR)`, `Betrag in €`; None where it could be another."""
    last = _IN_TITLE.search(unicodedata.normalize("NFKC", title))
    if last is None:
        return None
    if last[1] in _CODES:
        return last[1]
    meant = _SIGNS.get(last[1].casefold(), ())
    return meant[0] if len(meant) == 1 and not last[1].isalpha() else None


def amount_reader(currency: str, sign: str | None = ".") -> Callable[[str], int]:
    """What makes minor units of the cells of a column of amounts whose decimal sign is known.

    Where it is not, because no cell has one, None: then a cell that would need it is refused.
    """
    places = decimals(currency)
    mark = -1 - places
    # A point before three digits may part thousands; it is looked at closer.
    quick = places == 2 and sign != ","

    def read(cell: str) -> int:
        # Most cells are digits, a point and exactly the currency's decimals: no need to look closer.
        if quick and cell[mark:-places] == ".":
            digits = cell[:mark] + cell[-places:]
            if digits.isdecimal() and digits.isascii() and len(digits) < 15:
                return int(digits)
        return amount(cell, currency, sign)

    return read


def amounts_reader(currency: str, sign: str | None = ".") -> Callable[[Sequence[str]], list[int]]:
    """What makes minor units of many cells of such a column at a time."""
    places = decimals(currency)
    read = amount_reader(currency, sign)
    if places == 3 or sign == ",":
        return lambda column: list(map(read, column))
    plain = re.compile(rf"(?:[0-9]{{1,12}}{rf'[.][0-9]{{{places}}}' if places else ''}\n)*")
    # Workbooks leave out zeros at the end. Of so few digits, a binary number is right to the minor unit.
    shortened = re.compile(rf"(?:[0-9]{{1,12}}(?:[.][0-9]{{1,{places}}})?\n)*") if places else plain
    scale = 10**places

    def read_all(column: Sequence[str]) -> list[int]:
        # Mostly every cell is digits, a point and exactly the currency's decimals: one look at all of them.
        lines = "".join([f"{cell}\n" for cell in column])
        if plain.fullmatch(lines) and lines.count("\n") == len(column):
            return list(map(int, lines.replace(".", "").split()))
        if shortened.fullmatch(lines) and lines.count("\n") == len(column):
            return [round(number * scale) for number in map(float, column)]
        return list(map(read, column))

    return read_all


def minor_units_of(numbers: Sequence[Any], currency: str, sign: str | None = ".") -> list[int] | None:
    """Minor units of numbers that were never written out, as `amounts_reader` gives them for their text.

    None where only the text tells: what is no number, has more decimals than the currency, or is very large.
    """
    places = decimals(currency)
    if places == 3 or sign == "," or set(map(type, numbers)) != {float}:
        return None
    if not -_MOST_EXACT < min(numbers) <= max(numbers) < _MOST_EXACT:
        return None
    scale = 10**places
    found = [round(number * scale) for number in numbers]
    # A number of no more digits is written as the decimal that it is nearest to.
    return found if [number / scale for number in found] == list(numbers) else None


def amount(cell: str, currency: str, sign: str | None = ".") -> int:
    """Minor units of an amount; `1,234.50`, `¥12`, `(12.00)`, `12.00-` and `EUR 12` are understood.

    `sign` is the decimal sign of the column. A cell that names another currency is refused.
    """
    words = cell.strip()
    if sign != "," and _FAST.fullmatch(words):
        found = minor_units(_without_noise(words), currency)
    else:
        parts = written(words)
        if parts.currency and currency not in currencies(parts.currency):
            raise ValueError(f"is not in {currency}")
        if sign is None:
            sign = _own_sign(parts.digits, currency)
        found = minor_units(_without_noise(plain(parts.digits, sign)), currency)
        found = -found if parts.negative else found
    return found


def _without_noise(number: str) -> str:
    """The decimal that a program wrote as a binary number with all its digits: 19.99 for 19.990000000000002."""
    if sum(map(str.isdecimal, number)) < _NOISY_DIGITS or "." not in number:
        return number
    clean = format(Decimal(format(float(number), ".15g")), "f")
    return clean if len(number) - len(clean) >= _FEWEST_LOST else number


def _own_sign(digits: str, currency: str) -> str:
    sign = decimal_sign(digits) or "."
    if sign != "?":
        return sign
    if decimals(currency) == 0:
        return "," if "." in digits else "."
    raise ValueError("may have thousands or decimals behind its mark; --decimal point or comma says which")


def quantity(cell: str, sign: str | None = ".") -> float:
    """How many or how much; 1 where nothing is said."""
    words = cell.strip()
    if not words:
        return 1
    if sign == "," or not _FAST.fullmatch(words):
        parts = written(words, "not a number")
        if parts.currency:
            raise ValueError("not a number")
        words = plain(parts.digits, sign or _own_sign(parts.digits, ""))
        words = f"-{words}" if parts.negative else words
    if len(words) > 15:
        raise ValueError("not a number")
    return float(words)


def currency(cell: str) -> str:
    """An ISO 4217 code, or the sign of one currency alone."""
    code = cell.strip().upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return "CNY" if code == "RMB" else code
    meant = currencies(unicodedata.normalize("NFKC", code).casefold())
    if code and len(meant) == 1 and meant[0] != code:
        return meant[0]
    raise ValueError("not a currency code like CNY")
