"""The store: one connection and one transaction for as long as a command has it open."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retain_cli.errors import DatabaseLocked, DatabaseUnusable, NotPermitted, ReadWriteFailed, RetainError
from retain_cli.store import database, failures
from retain_cli.store.question import Question, RowT
from retain_cli.store.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlmodel import SQLModel


class Store:
    """Asks questions and saves facts within the transaction of one command."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ask(self, question: Question[RowT], **parameters: object) -> list[RowT]:
        """Every row of the answer."""
        return list(self.stream(question, **parameters))

    def stream(self, question: Question[RowT], **parameters: object) -> Iterator[RowT]:
        """The rows of the answer as they come, for answers too large to hold."""
        return map(question.make, self._connection.execute(question.sql, parameters))

    def bare(self, question: Question[RowT], **parameters: object) -> "Iterator[tuple[Any, ...]]":
        """The rows of the answer as they come, as plain tuples: for a million of them, whose making would show."""
        return self._connection.execute(question.sql, parameters)

    def first(self, question: Question[RowT], **parameters: object) -> RowT | None:
        """The first row of the answer, or None."""
        row = self._connection.execute(question.sql, parameters).fetchone()
        return None if row is None else question.make(row)

    def save(self, *facts: "SQLModel") -> None:
        """Check and insert rows; each gets its id. ValueError names the field that does not fit."""
        from retain_cli.store.saving import save

        save(self._connection, facts)

    def run(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> sqlite3.Cursor:
        """One statement that changes rows in bulk; single facts are saved as models."""
        return self._connection.execute(sql, parameters)

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        """The same statement for many rows; how many rows it changed."""
        return self._connection.executemany(sql, rows).rowcount

    def copy_to(self, target: Path) -> None:
        """Copy the whole database as this transaction sees it to a new file, and look whether the copy is whole."""
        from retain_cli.store.copying import copy_to

        copy_to(self._connection, target)


# Not by a migration, which makes the same of every file: two shops must never take each other's news for their own.
_NAME_SHOP = "insert into policy (name, value) values ('shop_id', :id)"


@contextmanager
def open_store(path: Path, *, writes: bool, creates: bool = False, keep: bool = True) -> Iterator[Store]:
    """The store at `path`; leaving the block commits, an error or `keep=False` rolls back.

    With `creates`, a database that is not there yet is made, and stands at `path` only once the block is left
    without an error: nobody ever meets half of one.
    """
    with _explained(path):
        if creates:
            _take_away_what_was_left(path)
        if creates and not path.exists():
            with _new_file(path, keep=keep) as made, _transaction(made, writes=True, keep=keep) as store:
                store.run(_NAME_SHOP, {"id": os.urandom(16).hex()})
                yield store
        else:
            version = database.schema_version(path)
            if version < SCHEMA_VERSION:
                from retain_cli.store.migrate import upgrade

                upgrade(path, version)
            with _transaction(path, writes=writes, keep=keep) as store:
                yield store


@contextmanager
def _transaction(path: Path, *, writes: bool, keep: bool) -> Iterator[Store]:
    connection = database.connect(path, writes=writes)
    try:
        connection.execute("begin immediate" if writes else "begin")
        yield Store(connection)
        connection.execute("commit" if keep and writes else "rollback")
    finally:
        # Closing rolls back whatever was not committed.
        connection.close()


@contextmanager
def _new_file(path: Path, *, keep: bool) -> Iterator[Path]:
    """A fresh database under a name of its own, given the name `path` when the block ends well."""
    from secrets import token_hex

    from retain_cli.store.migrate import create

    made = path.with_name(f".{path.name}.{token_hex(4)}.new")
    new_folders = [folder for folder in path.parents if not folder.exists()]
    try:
        # Made in here, since a signal may come as soon as the file is there.
        database.create_file(made)
        create(made)
        yield made
        if keep:
            _give_name(made, path)
    finally:
        # Where nothing could be made, nothing can be taken away either, and the first error is the one to tell.
        with suppress(OSError):
            made.unlink(missing_ok=True)
            made.with_name(made.name + "-journal").unlink(missing_ok=True)
        for folder in new_folders:
            # One that holds the database, or whatever another program put there, stays.
            with suppress(OSError):
                folder.rmdir()


def _take_away_what_was_left(path: Path) -> None:
    """Remove databases that were never finished, because whoever made them was killed."""
    with suppress(OSError):
        for left in path.parent.glob(f".{escape(path.name)}.{'[0-9a-f]' * 8}.new"):
            # Killed at the very end, it is the database itself under its first name; opening that would do harm.
            if (path.exists() and left.samefile(path)) or database.is_left_over(left):
                left.unlink(missing_ok=True)
                left.with_name(left.name + "-journal").unlink(missing_ok=True)


def _give_name(made: Path, path: Path) -> None:
    try:
        # A link, unlike a rename, never replaces a file that another program made meanwhile.
        path.hardlink_to(made)
    except FileExistsError:
        raise DatabaseLocked(f"another program has just made {path}", "Run the same command again.") from None
    except OSError:
        if path.exists():
            raise DatabaseLocked(f"another program has just made {path}", "Run the same command again.") from None
        made.rename(path)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as problem:
        known = failures.explained(problem, path)
        if known is None:
            raise
        raise known from problem
    except OverflowError as problem:
        if (known := failures.too_large(problem)) is None:
            raise
        raise known from problem
    except RetainError:
        raise
    except PermissionError as problem:
        raise NotPermitted(f"{problem.filename} may not be written", "Check who owns its folder.") from problem
    except (NotADirectoryError, FileExistsError) as problem:
        raise DatabaseUnusable(f"{path} lies in something that is not a folder", "Correct --db.") from problem
    except OSError as problem:
        if problem.errno is None:
            raise
        raise ReadWriteFailed(f"{problem.strerror}: {problem.filename or path}", "Check the disk.") from problem
