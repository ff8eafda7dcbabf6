"""What importing tests look with: the rows that were kept, and the file they are kept in."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def rows(machine: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """What the database answers: `rows("select name from customer where id = ?", 1)`."""

    def ask(sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{machine / 'shop.db'}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, parameters).fetchall()

    return ask


@pytest.fixture
def fingerprint(machine: Path) -> Callable[[], str]:
    """The database file, byte for byte."""
    return lambda: sha256((machine / "shop.db").read_bytes()).hexdigest()
