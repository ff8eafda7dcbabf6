"""Cells that a spreadsheet would obey, made harmless, and back again without loss.

A spreadsheet takes a cell that starts with `=`, `+`, `-`, `@`, a tab and the like for a formula (CWE-1236).
`neutralise` puts an apostrophe before it, `restore` takes that apostrophe away, and
`restore(neutralise(text)) == text` for every text.
"""

import re

_TRIGGERS = frozenset("=+-@\t\r\n|%＝＋－＠")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9][0-9 ().,/-]*")


def neutralise(text: str) -> str:
    """The cell to write: `text`, with an apostrophe before it where a spreadsheet would obey it."""
    return "'" + text if _is_obeyed(text) else text


def restore(cell: str) -> str:
    """The text that `neutralise` was given."""
    return cell[1:] if cell.startswith("'") and _is_obeyed(cell[1:]) else cell


def _is_obeyed(text: str) -> bool:
    """Whether the first character that counts is a trigger; plain numbers and phones are not obeyed."""
    core = text.lstrip("' \u3000")
    if not core or core[0] not in _TRIGGERS:
        return False
    return _PLAIN_NUMBER.fullmatch(text) is None
