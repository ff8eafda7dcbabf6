"""Numbers that are never kept: those of payment cards, and of Chinese identity cards."""

import re
from datetime import date

_WHOLE_CARD = re.compile(
    r"(?<![\d+])(?<!\d[ -])"
    r"(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5})"
    r"(?!\d)(?![ -]\d)",
    re.ASCII,
)
_IDENTITY = re.compile(r"(?<![\dXx])[1-9]\d{16}[\dXx](?!\d)", re.ASCII)
_ENOUGH_DIGITS = re.compile(r"(?:\d[ -]?){12}\d", re.ASCII)

# GB 11643-1999: the weights of the first 17 digits, and the check digit for each remainder by 11.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# GB/T 2260: the first two digits of the provinces.
_PROVINCES = frozenset(
    (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
        91,
    )
)


FEWEST_WITHHELD = 13
"""The digits of the shortest number that is not kept."""


def holds_card(words: str) -> bool:
    """Whether a payment card's number stands in the words: 13 to 19 digits that pass the check of ISO/IEC 7812.

    A bar code of 13 or 14 digits passes it by chance one time in ten; one with its own check digit right is none,
    unless it begins as cards of that length did. What stands behind a plus is a phone number.
    """
    if len(words) < FEWEST_WITHHELD or not _ENOUGH_DIGITS.search(words):
        return False
    return any(_is_card(re.sub("[ -]", "", match[0])) for match in _WHOLE_CARD.finditer(words))


def holds_identity(words: str) -> bool:
    """Whether a Chinese identity number stands in the words: a province, a day of birth, the check digit right."""
    return len(words) >= 18 and any(_is_identity(match[0].upper()) for match in _IDENTITY.finditer(words))


def _is_card(digits: str) -> bool:
    if not 13 <= len(digits) <= 19 or digits[0] == "0" or not _passes_luhn(digits):
        return False
    return not (len(digits) in (13, 14) and digits[0] not in "34" and _is_bar_code(digits))


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def _is_bar_code(digits: str) -> bool:
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits))) % 10 == 0


def _is_identity(number: str) -> bool:
    if int(number[:2]) not in _PROVINCES:
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if not "1850" <= number[6:10] <= "2150":
        return False
    return number[17] == _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=False)) % 11]
