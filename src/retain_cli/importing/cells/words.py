"""Words: what is said in a cell, as it was written; yes and no; one of some words."""

import re
from collections.abc import Callable
from typing import Generic, TypeVar

from retain_cli.formula import restore

Cell = TypeVar("Cell")
Value = TypeVar("Value")

LONGEST_TEXT = 2_000
LONGEST_NAME = 200
MINUTES_A_DAY = 1_440

_SAID_FOR_NOTHING = (
    "n/a",
    "#n/a",
    "null",
    "-",
    "--",
    "—",
    "–",
    "无",
    "無",
    "暂无",
    "なし",
    "nan",
    "(null)",
    "未填写",
    "未填",
    "空",
)
BLANK_WORDS = frozenset(form for word in _SAID_FOR_NOTHING for form in (word, word.upper(), word.capitalize()))
"""What people and programs write into a cell that holds nothing."""

_YES = frozenset(
    ("1", "y", "yes", "true", "t", "x", "✓", "✔", "ja", "wahr", "oui", "vrai", "si", "sí", "是", "はい")
)
_NO = frozenset(("0", "n", "no", "false", "f", "", "nein", "nej", "falsch", "non", "faux", "否", "不是", "いいえ"))
_MOST_REMEMBERED = 50_000
_LONGEST_EMAIL = 254
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_BETWEEN_EMAILS = re.compile(r"[;,\s]+(?=\S*@)|\s*:::\s*")
_LOCAL = re.compile(r"""[^\s@,;:<>()\[\]\\"]+""")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]")


class Remembered(dict[Cell, Value], Generic[Cell, Value]):
    """A conversion that is done once for each different cell, up to a bound on memory.

    A cell with something in it that comes to nothing is not remembered: whoever counts those sees each.
    """

    def __init__(self, convert: Callable[[Cell], Value], most: int = _MOST_REMEMBERED) -> None:
        super().__init__()
        self._convert = convert
        self._most = most

    def __missing__(self, cell: Cell) -> Value:
        value = self._convert(cell)
        if value == "" and cell:
            return value
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


def number_or_text(cell: str) -> str:
    """Words as they are; the zero that programs put behind whole numbers, as in `1001.0`, is none of them."""
    words = text(cell)
    return words[:-2] if words.endswith(".0") and words[:-2].isdecimal() else words


def name(cell: str) -> str:
    """A name; it is kept as it was written."""
    words = " ".join(text(cell).split())
    if len(words) > LONGEST_NAME:
        raise ValueError(f"longer than {LONGEST_NAME} characters")
    return words


def email(cell: str) -> str:
    """An e-mail address, case folded; the first of several. `Wang Wei <wang@example.cn>` and `mailto:` are read."""
    # Chinese and Japanese keyboards have a wide @ and a wide point of their own.
    words = text(cell).replace("＠", "@").replace("．", ".")
    bracketed = _IN_BRACKETS.search(words)
    first = bracketed[1] if bracketed else _BETWEEN_EMAILS.split(words)[0]
    address = first.strip(" ;,<>").casefold().removeprefix("mailto:").strip()
    local, _, domain = address.rpartition("@")
    dots_right = not local.startswith(".") and not local.endswith(".") and ".." not in local
    if not (_LOCAL.fullmatch(local) and dots_right and _DOMAIN.fullmatch(domain)) or len(address) > _LONGEST_EMAIL:
        raise ValueError("not an e-mail address")
    return address


def flag(cell: str) -> bool:
    """Yes or no in the usual spellings."""
    word = cell.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
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


def minutes(cell: str) -> int:
    """How long something took, up to a day."""
    word = cell.strip().removesuffix(".0")
    if not (word.isascii() and word.isdecimal() and len(word) <= 4 and int(word) <= MINUTES_A_DAY):
        raise ValueError(f"not a whole number of minutes up to {MINUTES_A_DAY}")
    return int(word)
