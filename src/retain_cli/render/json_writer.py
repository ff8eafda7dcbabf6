"""Documents for a program: one JSON object, exact amounts, ISO days."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from json.encoder import encode_basestring, encode_basestring_ascii
from math import isfinite
from typing import IO, Any

from retain_cli.document import FEWEST_FOR_PERCENT, Document, Rate
from retain_cli.errors import RetainError
from retain_cli.model.money import Money

ENVELOPE_VERSION = 1

_OBEYED_BY_TERMINALS = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def write(document: Document, stream: IO[str], *, command: str, today: date) -> None:
    """Write `{"retain": 1, "command": …, "today": …, "data": …, "problems": […]}`."""
    _write(
        {
            "retain": ENVELOPE_VERSION,
            "command": command,
            "today": today,
            "data": document.data,
            "problems": list(document.problems),
        },
        stream,
    )


def write_error(problem: RetainError, stream: IO[str]) -> None:
    """Write `{"retain": 1, "error": {"code": …, "message": …, "hint": …, "problems": […]}}`."""
    error = {"code": problem.code, "message": problem.message, "hint": problem.hint, "problems": problem.problems}
    _write({"retain": ENVELOPE_VERSION, "error": error}, stream)


def one_line(value: Any) -> str:
    """The value as JSON on one line of a UTF-8 file."""
    return _OBEYED_BY_TERMINALS.sub(_escaped, json.dumps(plain(value), ensure_ascii=False))


def _write(answer: Mapping[str, Any], stream: IO[str]) -> None:
    reads_unicode = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "").startswith("utf")
    text = _indented(answer, "\n", encode_basestring if reads_unicode else encode_basestring_ascii)
    stream.write(_OBEYED_BY_TERMINALS.sub(_escaped, text) + "\n")


def _indented(value: Any, margin: str, quoted: Callable[[str], str]) -> str:
    """The same as `json.dumps(plain(value), indent=2)`, in a quarter of its time.

    `margin` is the line break and the blanks before the bracket that closes the value.
    """
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is int or (kind is float and isfinite(value)):
        return repr(value)
    if value is None:
        return "null"
    if kind is dict:
        inner = margin + "  "
        pairs = [f"{quoted(str(key))}: {_indented(item, inner, quoted)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(pairs)}{margin}}}" if pairs else "{}"
    if kind is list:
        inner = margin + "  "
        items = [_indented(item, inner, quoted) for item in value]
        return f"[{inner}{f',{inner}'.join(items)}{margin}]" if items else "[]"
    if isinstance(value, str | int | float):
        return json.dumps(value)
    return _indented(plain(value), margin, quoted)


def plain(value: Any) -> Any:
    """The value in JSON's own kinds."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Money):
        return {"amount": value.plain(), "currency": value.currency}
    if isinstance(value, Rate):
        share = value.value if value.denominator >= FEWEST_FOR_PERCENT else None
        return {"rate": share, "numerator": value.numerator, "denominator": value.denominator}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return str(value)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
