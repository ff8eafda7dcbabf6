"""Bringing a file to the newest schema; imported only when a file is new or behind."""

import sqlite3
from pathlib import Path

from retain_cli.errors import DatabaseUnusable, OutputExists
from retain_cli.store import database
from retain_cli.store.copying import copy_to
from retain_cli.store.schema import APPLICATION_ID, SCHEMA_VERSION

_MADE_BY_THEM = "newest.sql"
"""What all migrations make of an empty file, beside them; a test writes it, and holds it against them."""


def create(path: Path) -> None:
    """Give a new, empty file the newest schema, at once where that was written down beside the migrations."""
    connection = sqlite3.connect(path, timeout=database.SECONDS_TO_WAIT, isolation_level=None)
    try:
        # To run the migrations takes a second of work, and is the first thing that a new user would wait for.
        connection.executescript((_migrations() / _MADE_BY_THEM).read_text(encoding="utf-8"))
        if connection.execute("pragma user_version").fetchone()[0] != SCHEMA_VERSION:
            _migrate(connection)
    finally:
        connection.close()


def create_by_migrating(path: Path) -> None:
    """Give a new, empty file the newest schema by every migration, one after the other."""
    connection = sqlite3.connect(path, timeout=database.SECONDS_TO_WAIT, isolation_level=None)
    try:
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        _migrate(connection)
    finally:
        connection.close()


def upgrade(path: Path, version: int) -> None:
    """Bring the file from an older schema to the newest, after a copy of it was put beside it.

    All of it happens or none: a file whose upgrade was cut off is the old file, and the next command tries again.
    """
    connection = sqlite3.connect(path, timeout=database.SECONDS_TO_WAIT, isolation_level=None)
    try:
        _copy_once(connection, path.with_name(f"{path.name}.before-schema-{SCHEMA_VERSION}"))
        _migrate(connection)
    finally:
        connection.close()


def _copy_once(connection: sqlite3.Connection, target: Path) -> None:
    if not target.exists():
        try:
            copy_to(connection, target)
        except OutputExists:
            # Another command that came upon the old file made the same copy meanwhile.
            if not target.exists():
                raise


def _migrate(connection: sqlite3.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    from retain_cli.store.saving import on_connection

    # With foreign keys on, rebuilding a table would empty the tables that point at it.
    connection.execute("pragma foreign_keys = off")
    connection.execute("begin immediate")
    config = Config()
    config.set_main_option("script_location", str(_migrations()))
    config.set_main_option("path_separator", "os")
    with on_connection(connection) as sqlalchemy_connection:
        config.attributes["connection"] = sqlalchemy_connection
        command.upgrade(config, "head")
    if connection.execute("pragma foreign_key_check").fetchone():
        connection.execute("rollback")
        raise DatabaseUnusable("the upgrade would break links between records; nothing was changed", "Report it.")
    connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
    connection.execute("commit")


def _migrations() -> Path:
    return Path(__file__).parent / "migrations"
