"""The rows of one exported file, each with its line: CSV or JSON lines, read as they come and never whole."""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from retain_cli.errors import BadInput, InputMissing
from retain_cli.formula import restore
from retain_cli.restoring.fault import NEXT, fault

Row = tuple[int, list[Any]]
"""The line on which it begins, and its cells in the order of the columns that were asked for."""

_LONGEST_CELL = 50_000_000


def rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Every row of a file that has just these columns, in any order.

    Cells of CSV are texts without the apostrophe that made them harmless; those of JSON are what JSON has.
    BadInput where the file is damaged, or has other columns.
    """
    with _opened(path) as stream:
        yield from (_json_lines if path.suffix == ".jsonl" else _csv)(path, stream, columns)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    try:
        # What is no UTF-8 comes through as surrogates, and is found in the cell where it stands.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            yield stream
    except FileNotFoundError:
        raise BadInput(f"{path} is not there", NEXT) from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder", NEXT) from None
    except PermissionError as problem:
        raise InputMissing(f"{path} may not be read", "Check who owns it.") from problem
    except OSError as problem:
        raise InputMissing(f"{path} cannot be read: {problem.strerror}", "Check the disk.") from problem


def _csv(path: Path, stream: IO[str], columns: Sequence[str]) -> Iterator[Row]:
    with _long_cells():
        yield from _csv_rows(path, stream, columns)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Lets a cell be as long as what retain itself may have exported.

    The limit belongs to the whole process, and the import of foreign files counts on the usual one.
    """
    usual = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def _csv_rows(path: Path, stream: IO[str], columns: Sequence[str]) -> Iterator[Row]:
    reader = csv.reader(stream, strict=True)
    before = 0
    try:
        header = next(reader, [])
        places = _places(path, [restore(name) for name in header], columns)
        before = reader.line_num
        for cells in reader:
            if cells:
                if len(cells) != len(header):
                    why = f"has {len(cells)} cells, and the header {len(header)}"
                    raise fault(path, before + 1, "", None, why)
                yield before + 1, [restore(cells[place]) for place in places]
            before = reader.line_num
    except csv.Error as problem:
        raise fault(path, before + 1, "", None, f"is damaged ({problem})") from None


def _json_lines(path: Path, stream: IO[str], columns: Sequence[str]) -> Iterator[Row]:
    for line, text in enumerate(stream, 1):
        if not text.strip():
            continue
        try:
            said = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number)
        except (ValueError, RecursionError) as problem:
            raise fault(path, line, "", None, f"is damaged ({problem})") from None
        if not isinstance(said, dict):
            raise fault(path, line, "", None, "is no JSON object")
        if len(said) != len(columns) or not all(name in said for name in columns):
            _places(path, list(said), columns, line)
        yield line, [said[name] for name in columns]


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("it says one thing twice")
    return said


def _no_number(said: str) -> Any:
    raise ValueError(f"{said} is no number")


def _places(path: Path, names: list[str], columns: Sequence[str], line: int = 1) -> list[int]:
    """Where each column stands in the file."""
    for name in names:
        if name not in columns:
            why = f"there is no column {name!r}; there are {', '.join(columns)}"
            raise fault(path, line, "", None, why)
        if names.count(name) > 1:
            raise fault(path, line, "", None, f"there are two columns {name}")
    for name in columns:
        if name not in names:
            raise fault(path, line, "", None, f"the column {name} is missing")
    return [names.index(name) for name in columns]
