"""Which files an export has: read from its list, so that one that is lost or was cut off is noticed."""

from pathlib import Path
from typing import NamedTuple

from retain_cli.errors import BadInput, InputMissing
from retain_cli.exporting.contents import COLUMNS, CONTENTS
from retain_cli.restoring.cells import HIGHEST_NUMBER
from retain_cli.restoring.fault import NEXT, fault
from retain_cli.restoring.reading import rows
from retain_cli.store.tables import IMPORTED, RECORDS

_ENDINGS = (".csv", ".jsonl")


class File(NamedTuple):
    """One file of an export, and how many rows it had when it was written."""

    table: str
    """As it is called outside."""
    path: Path
    rows: int
    last_number: int | None


def files(folder: Path) -> list[File]:
    """The files of an export, CSV or JSON lines, whichever are there.

    InputMissing where there is no such folder, BadInput where it is no export or has lost a file.
    """
    if not folder.exists():
        raise InputMissing(f"there is no folder {folder}", "Name one that retain export all wrote.")
    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder", "Name one that retain export all wrote.")
    lists = [path for ending in _ENDINGS if (path := folder / f"{CONTENTS}{ending}").exists()]
    if not lists:
        raise BadInput(
            f"{folder} has no {CONTENTS}.csv or {CONTENTS}.jsonl, which retain export all writes",
            "Name another folder, or export again.",
        )
    if len(lists) > 1:
        raise BadInput(f"{folder} holds two exports, {lists[0].name} and {lists[1].name}", "Take one of them away.")
    return [_file(folder, lists[0], line, *cells) for line, cells in rows(lists[0], COLUMNS)]


def _file(folder: Path, path: Path, line: int, table: object, name: object, many: object, last: object) -> File:
    if table not in (*IMPORTED, *RECORDS):
        raise fault(path, line, "table", table, "there is no such table; a newer retain may have it")
    # Nothing but a file of this folder is ever opened.
    if not isinstance(name, str) or Path(name).name != name or Path(name).suffix != path.suffix:
        raise fault(path, line, "file", name, "not the name of a file of this folder")
    if not (folder / name).is_file():
        raise BadInput(f"{folder / name} is not there, and {path.name} names it in line {line}", NEXT)
    counted = _number(path, line, "rows", many)
    given = None if last in (None, "") else _number(path, line, "last_number", last)
    return File(str(table), folder / name, counted, given)


def _number(path: Path, line: int, column: str, cell: object) -> int:
    written = str(cell)
    if not (written.isascii() and written.isdecimal()) or int(written[:20]) > HIGHEST_NUMBER:
        raise fault(path, line, column, cell, "not a whole number from 0 on")
    return int(written)
