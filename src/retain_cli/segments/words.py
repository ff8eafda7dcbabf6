"""A condition as the user wrote it, cut into words that know their place."""

import re
import unicodedata
from typing import NamedTuple

from retain_cli.errors import WrongUse

LONGEST = 2_000


class Word(NamedTuple):
    """A piece of a condition: its kind, its text, and where it begins."""

    kind: str
    """`word`, `quoted`, `sign` or `end`."""
    text: str
    at: int


class WrongCondition(WrongUse):
    """A condition that cannot be understood; its problems show the place."""

    code = "condition"


_PIECES = re.compile(
    r"""\s*(?:
        (?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
        | (?P<sign><=|>=|!=|<>|[=<>(),])
        | (?P<word>[^\s=<>!(),"']+)
    )""",
    re.VERBOSE,
)


def words(condition: str) -> list[Word]:
    """The words of a condition, and an end; WrongCondition shows what is none."""
    if len(condition) > LONGEST:
        raise WrongUse(
            f"a condition has at most {LONGEST:,} characters", "Say it with `in (…)`, or in two segments."
        )
    found: list[Word] = []
    at = 0
    while condition[at:].strip():
        piece = _PIECES.match(condition, at)
        if piece is None:
            at += len(condition[at:]) - len(condition[at:].lstrip())
            quote = condition[at] in "\"'"
            raise wrong(condition, at, "this quote has no end" if quote else "this has no meaning here")
        kind = piece.lastgroup or ""
        text = piece[kind]
        if kind == "quoted":
            text = re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
        found.append(Word(kind, text, piece.start(kind)))
        at = piece.end()
    return [*found, Word("end", "", len(condition.rstrip()))]


def wrong(condition: str, at: int, what: str, hint: str = "") -> WrongCondition:
    """The error that shows the condition with a caret under the place."""
    shown = " ".join(condition.splitlines()) if len(condition.splitlines()) == 1 else condition.replace("\n", " ")
    before = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown[:at])
    return WrongCondition(
        f"the condition cannot be understood: {what}",
        hint or "Columns and signs are listed by: retain segment --columns.",
        problems=[f"  {shown}", "  " + " " * before + "^"],
    )
