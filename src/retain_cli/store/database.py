"""Opening the file: who made it, how new it is, and the settings every connection needs.

The reasons for each setting are SQLite's own advice (https://sqlite.org/security.html,
https://sqlite.org/howtocorrupt.html): one complete file while nobody writes, nothing lost at a power cut, and
writers that wait for each other instead of failing.
"""

import os
import sqlite3
from pathlib import Path

from retain_cli.errors import DatabaseUnusable, NotPermitted
from retain_cli.store.schema import APPLICATION_ID, SCHEMA_VERSION

SECONDS_TO_WAIT = 10

_MAGIC = b"SQLite format 3\x00"
_EVERY_CONNECTION = """
    pragma foreign_keys = on;
    pragma trusted_schema = off;
    pragma cell_size_check = on;
    pragma mmap_size = 0;
    pragma temp_store = memory;
"""
_WRITERS = """
    pragma journal_mode = delete;
    pragma synchronous = extra;
    pragma secure_delete = on;
    pragma cache_size = -32768;
"""


def schema_version(path: Path) -> int:
    """The schema version of retain's file at `path`, read from its first 100 bytes without opening it.

    DatabaseUnusable where there is no such file, or where it is empty, foreign or from a newer retain.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise DatabaseUnusable(
            f"there is no database at {path}", "Make one with: retain import FILE.", code="database-missing"
        ) from None
    except IsADirectoryError:
        raise DatabaseUnusable(f"{path} is a folder, not a database", "Name a file.") from None
    except PermissionError:
        raise NotPermitted(f"{path} may not be read", "Check who owns it.") from None
    if not header:
        raise DatabaseUnusable(f"{path} is empty, not a database", "Take the empty file away, or name another.")
    application_id = int.from_bytes(header[68:72], "big")
    if header[:16] != _MAGIC or len(header) < 100 or application_id != APPLICATION_ID:
        raise DatabaseUnusable(f"{path} is not a retain database", "Name another file with --db.")
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA_VERSION:
        raise DatabaseUnusable(
            f"{path} was made by a newer retain (schema {version}, this one knows {SCHEMA_VERSION})",
            "Install the newer retain.",
        )
    return version


def connect(path: Path, *, writes: bool) -> sqlite3.Connection:
    """A connection to an existing file, outside any transaction; a reader's refuses to write."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=SECONDS_TO_WAIT, isolation_level=None)
    try:
        connection.executescript(_EVERY_CONNECTION + (_WRITERS if writes else "pragma query_only = on;"))
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def is_left_over(path: Path) -> bool:
    """Whether nobody works on a file that was to become a database: whoever does has a transaction open in it."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
        if header and int.from_bytes(header[68:72], "big") != APPLICATION_ID:
            return False
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None
        )
        try:
            connection.execute("begin exclusive")
        finally:
            connection.close()
    except (sqlite3.Error, OSError):
        return False
    return True


def create_file(path: Path) -> None:
    """An empty file that only its owner can read, from its first moment on."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
