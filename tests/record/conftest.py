"""The whole database as text, to see that nothing is left of what was undone."""

import sqlite3

import pytest

# What tells of the changes themselves, and stays although they are undone.
_LOG = ("import_batch", "journal", "sqlite_sequence")


@pytest.fixture
def dump(machine):
    """Every row of every table but the log of changes, in one order."""

    def read() -> dict[str, list[tuple]]:
        connection = sqlite3.connect(machine / "shop.db")
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        found = {
            table: sorted(connection.execute(f"select * from {table}").fetchall(), key=repr)
            for table in tables
            if table not in _LOG
        }
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        connection.close()
        return found

    return read
