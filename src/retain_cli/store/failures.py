"""What SQLite reports, in words a salesperson can act on.

Result codes: https://sqlite.org/rescode.html. The extended code carries the primary one in its low byte.
"""

import sqlite3
from pathlib import Path

from retain_cli.errors import (
    DatabaseLocked,
    DatabaseUnusable,
    NotPermitted,
    ReadWriteFailed,
    RetainError,
    WrongUse,
)


def explained(problem: sqlite3.Error, path: Path) -> RetainError | None:
    """The error to show, or None where the fault is the program's own."""
    code = getattr(problem, "sqlite_errorcode", None)
    if code is None:
        # The driver's own: a cell of text that is none.
        if "Could not decode to UTF-8" in str(problem):
            return DatabaseUnusable(
                f"{path} holds text that is not UTF-8; it was left as it is", "Restore a backup."
            )
        return None
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseLocked(f"{path} is in use by another program", "Try again in a moment.")
        case sqlite3.SQLITE_FULL:
            return ReadWriteFailed(f"the disk is full: {path} was left as it was", "Make room and try again.")
        case sqlite3.SQLITE_IOERR:
            return ReadWriteFailed(f"{path} could not be read or written", "Check the disk and try again.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return NotPermitted(f"{path} may not be written", "Check who owns the file and its folder.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_FORMAT:
            return DatabaseUnusable(f"{path} is damaged; it was left as it is", "Restore a backup of it.")
        case sqlite3.SQLITE_ERROR if "pattern too complex" in str(problem):
            return WrongUse("the words to look for are too long", "Look for a part of them.")
        case _:
            return None


def too_large(problem: OverflowError) -> RetainError | None:
    """The error to show for a number beyond 64 bits, or None where it is another fault."""
    if "SQLite INTEGER" not in str(problem):
        return None
    return WrongUse("one of the numbers is larger than any that can be kept", "Correct it.")
