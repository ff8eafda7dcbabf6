"""Texts with places for what is known of a customer: `Dear {name}, your {last_product|floor} …`.

A place is a word of a closed list in braces, and maybe what stands there where nothing is known. Nothing in it is
ever evaluated, and what is filled in is never looked at again. `{{` and `}}` are the braces themselves.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from retain_cli.errors import BadInput

KNOWN = {
    "name": "what they are called",
    "last_product": "what they bought last",
    "last_bought_on": "the day they did",
    "points": "the points they can use",
    "level": "the level their points reached",
    "coupon": "the coupon of theirs that expires first",
    "terms": "the terms their grade has",
    "grade": "A, B or C, which customers are not usually told",
    "owner": "who of the staff looks after them",
    "area": "where they live",
    "phone": "their phone",
    "email": "their e-mail",
}
"""Every place there is, and what comes there."""

LONGEST = 10_000

_PIECES = re.compile(r"\{\{|\}\}|\{(?P<word>[^{}|]*)(?:\|(?P<otherwise>[^{}]*))?\}|[{}]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class WrongTemplate(BadInput):
    """A template that cannot be filled in; its problems show the place."""

    code = "template"


class Place(NamedTuple):
    """Where something of a customer comes, and what stands there where nothing is known."""

    word: str
    otherwise: str | None


Template = tuple[str | Place, ...]


class Missing(NamedTuple):
    """What is not known of a customer, and the template has nothing to put in its place."""

    word: str


def parse(text: str) -> Template:
    """The template that a text is; WrongTemplate shows what cannot be understood, and what there is."""
    if len(text) > LONGEST:
        raise WrongTemplate(f"a message has at most {LONGEST:,} characters", "Make it shorter.")
    if control := _CONTROLS.search(text):
        raise _wrong(text, control.start(), "there is a control character", "Take it out.")
    found: list[str | Place] = []
    at = 0
    for piece in _PIECES.finditer(text):
        found.append(text[at : piece.start()])
        at = piece.end()
        if piece[0] in ("{{", "}}"):
            found.append(piece[0][0])
        elif piece["word"] is None:
            raise _wrong(text, piece.start(), "this brace has no other", "Write {{ or }} for a brace itself.")
        elif piece["word"] not in KNOWN:
            places = ", ".join(f"{{{word}}}" for word in KNOWN)
            raise _wrong(text, piece.start(), f"there is no {piece[0]}", f"Known are: {places}.")
        else:
            found.append(Place(piece["word"], piece["otherwise"]))
    found.append(text[at:])
    return tuple(part for part in found if part != "")


def places(*templates: Template) -> set[str]:
    """The words that the templates have places for."""
    return {part.word for template in templates for part in template if isinstance(part, Place)}


def fill(template: Template, known: Mapping[str, str | None]) -> str | Missing:
    """The text for one customer, or what is missing for it; what is filled in stands on one line."""
    said: list[str] = []
    for part in template:
        if isinstance(part, str):
            said.append(part)
            continue
        value = " ".join((known.get(part.word) or "").split()) or part.otherwise
        if value is None:
            return Missing(part.word)
        said.append(value)
    return "".join(said)


def _wrong(text: str, at: int, what: str, hint: str) -> WrongTemplate:
    """The error that shows the line with a caret under the place."""
    begin = text.rfind("\n", 0, at) + 1
    line = text[begin:].partition("\n")[0].replace("\t", " ")
    before = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line[: at - begin])
    number = text.count("\n", 0, at) + 1
    where = f" in line {number}" if "\n" in text.rstrip("\n") else ""
    return WrongTemplate(
        f"the message cannot be understood{where}: {what}", hint, problems=[f"  {line}", "  " + " " * before + "^"]
    )
