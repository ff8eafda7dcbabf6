"""What store tests work on: a small shop, its bytes, and an ordinary user where the tests run as the superuser."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import retain_cli

NOBODY = 65534

CUSTOMERS = "Customer ID,Name,Phone\n1,Wang Fang,13800138001\n2,Li Lei,13800138002\n"
PURCHASES = "Customer ID,Date,Amount\n1,2026-01-02,100.00\n2,2026-02-03,50.00\n"


@pytest.fixture
def shop(retain, csv_file, machine) -> Path:
    """A database of two graded customers who bought something."""
    retain("import", csv_file("customers.csv", CUSTOMERS), csv_file("purchases.csv", PURCHASES))
    assert retain("classify").code == 0
    return machine / "shop.db"


@pytest.fixture
def beside() -> Callable[[Path], list[str]]:
    """The names of the files that SQLite or an upgrade left beside a database."""
    return lambda path: sorted(
        found.name for found in path.parent.iterdir() if path.name in found.name and found != path
    )


@pytest.fixture
def digest() -> Callable[[Path], str]:
    """A file, byte for byte."""
    return lambda path: sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def dump() -> Callable[[Path], list[str]]:
    """Everything in a database that is whole, as SQL."""

    def dumped(path: Path) -> list[str]:
        with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert connection.execute("pragma foreign_key_check").fetchall() == []
            return list(connection.iterdump())

    return dumped


@pytest.fixture
def plain_user(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """For the length of a test nobody is the superuser, to whom everything is permitted; a folder to work in."""
    folder = Path(tempfile.mkdtemp(prefix="retain-test-"))
    superuser = hasattr(os, "geteuid") and os.geteuid() == 0
    # The environment may lie where only the superuser reads: what a command imports late is imported now.
    for module in walk_packages(retain_cli.__path__, "retain_cli."):
        if "__main__" not in module.name and ".migrations." not in module.name:
            import_module(module.name)
    try:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("HOME", str(folder))
        monkeypatch.setenv("RETAIN_DB", str(folder / "shop.db"))
        if superuser:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        yield folder
    finally:
        if superuser:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)
