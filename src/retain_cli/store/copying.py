"""A copy of the whole file as it stands at one moment, whoever else reads or writes it."""

import sqlite3
from pathlib import Path
from secrets import token_hex

from retain_cli.errors import DatabaseUnusable, OutputExists, ReadWriteFailed
from retain_cli.store import database


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Copy what `connection` has open to a new file that only its owner can read, and look whether it is whole.

    It stands at `target` once all of it is there. OutputExists where something is there already, or nothing can be
    made; DatabaseUnusable where the copy is damaged, as it is if the file itself is.
    """
    if target.exists():
        raise OutputExists(f"{target} is there already", "Name another file.")
    # A folder that is missing may be a disk that is not there: nothing is made in its place.
    if not target.parent.is_dir():
        raise OutputExists(f"there is no folder {target.parent}", "Make it first.")
    # Under another name until it is whole: a copy that was cut off must not pass for one.
    begun = target.with_name(f".{target.name}.{token_hex(4)}.new")
    try:
        database.create_file(begun)
        # In one step: another process that writes would have a copy in several begin again and again.
        _fill(connection, begun)
        _give_name(begun, target)
    except PermissionError as problem:
        raise OutputExists(f"{target} may not be written", "Check who owns its folder.") from problem
    except (FileNotFoundError, NotADirectoryError, FileExistsError) as problem:
        raise OutputExists(f"{target} cannot be made", "Check the folder, or name another file.") from problem
    except OSError as problem:
        raise ReadWriteFailed(f"could not write {target}: {problem.strerror}", "Check the disk.") from problem
    finally:
        begun.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, begun: Path) -> None:
    copy = database.connect(begun, writes=True)
    try:
        connection.backup(copy)
        (found,) = copy.execute("pragma quick_check(1)").fetchone()
    finally:
        copy.close()
    if found != "ok":
        raise DatabaseUnusable(f"the copy is damaged: {found}", "See: retain doctor.")


def _give_name(begun: Path, target: Path) -> None:
    try:
        # A link, unlike a rename, never replaces a file that came meanwhile.
        target.hardlink_to(begun)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise FileExistsError(target) from None
        begun.rename(target)
