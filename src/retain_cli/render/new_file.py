"""A file that an answer is written to: there once it is whole, and never in place of another by accident."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from retain_cli.errors import OutputExists, ReadWriteFailed


@contextmanager
def new_file(path: Path, *, replaces: bool) -> Iterator[IO[str]]:
    """A text file in UTF-8 that stands at `path` once the block ends well.

    OutputExists where something is there already, unless `replaces`, or where nothing can be made; a folder is
    never replaced.
    """
    from secrets import token_hex

    if path.is_dir() or (path.exists() and not replaces):
        raise exists(path)
    made = path.with_name(f".{path.name}.{token_hex(4)}.new")
    try:
        with made.open("x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        made.replace(path)
    except FileNotFoundError as problem:
        raise OutputExists(f"there is no folder {path.parent}", "Make it first.") from problem
    except PermissionError as problem:
        raise OutputExists(f"{path} may not be written", "Check who owns its folder.") from problem
    except OSError as problem:
        if problem.errno is None:
            raise
        raise ReadWriteFailed(f"could not write {path}: {problem.strerror}", "Check the disk.") from problem
    finally:
        made.unlink(missing_ok=True)


def exists(path: Path) -> OutputExists:
    """The error for what is there already."""
    if path.is_dir():
        return OutputExists(f"{path} is a folder", "Name a file.")
    return OutputExists(f"{path} is there already", "Name another, or replace it with --yes.")
