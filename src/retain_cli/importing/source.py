"""A CSV file as rows of cells with their line numbers, read as a stream and readable again."""

import csv
import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from retain_cli.errors import BadInput, InputMissing, NotPermitted

STDIN = "-"


Row = tuple[int, list[str]]
"""The line a record starts on, counted from 1, and its cells."""


class Source:
    """One file that is being imported; it can be read from the start as often as needed."""

    def __init__(self, name: str, stream: BinaryIO, size: int) -> None:
        self.name = name
        self.size = size
        self._stream = stream

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._stream.tell()

    def rows(self, delimiter: str) -> Iterator[Row]:
        """Every record that is not blank; BadInput names the line that cannot be read."""
        with self._from_start() as text:
            try:
                yield from _blank_separated(text) if delimiter == " " else _separated(text, delimiter)
            except UnicodeDecodeError as problem:
                raise self._not_utf8(problem) from problem
            except _Unreadable as problem:
                raise BadInput(
                    f"{self.name}:{problem.line}: {problem.__cause__}", "Check the quotes of that record."
                ) from problem

    def first_line(self) -> str:
        """The first line that is not blank, or nothing."""
        with self._from_start() as text:
            try:
                return next((line for line in text if line.strip()), "")
            except UnicodeDecodeError as problem:
                raise self._not_utf8(problem) from problem

    @contextmanager
    def _from_start(self) -> Iterator[io.TextIOWrapper]:
        self._stream.seek(0)
        text = io.TextIOWrapper(self._stream, encoding="utf-8-sig", newline="")
        try:
            yield text
        finally:
            # The bytes are read again; closing the text would close them too.
            if not self._stream.closed:
                text.detach()

    def _not_utf8(self, problem: UnicodeDecodeError) -> BadInput:
        at = problem.object[problem.start : problem.start + 1].hex()
        return BadInput(
            f"{self.name} is not UTF-8 text (byte 0x{at} cannot be read)",
            "Save it as CSV UTF-8.",
            code="encoding",
        )


@contextmanager
def open_source(path: str) -> Iterator[Source]:
    """The file to import, or standard input for `-`; InputMissing or NotPermitted where it cannot be read."""
    if path == STDIN:
        with _kept("standard input", sys.stdin.buffer) as source:
            yield source
        return
    with _opened(path) as stream:
        if stream.seekable():
            yield Source(path, stream, Path(path).stat().st_size)
        else:
            with _kept(path, stream) as source:
                yield source


def _opened(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except IsADirectoryError as problem:
        raise InputMissing(f"{path} is a folder, not a file", "Name a file.") from problem
    except (FileNotFoundError, NotADirectoryError, ValueError) as problem:
        raise InputMissing(f"there is no file {path}", "Check the name.") from problem
    except PermissionError as problem:
        raise NotPermitted(f"{path} may not be read", "Check who owns it.") from problem


@contextmanager
def _kept(name: str, stream: BinaryIO) -> Iterator[Source]:
    """What a pipe brings, kept in a file without a name, so that it can be read again."""
    import tempfile

    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(stream, kept)
        yield Source(name, cast(BinaryIO, kept), kept.tell())


class _Unreadable(Exception):
    """The CSV reader gave up on the record that starts on `line`."""

    def __init__(self, line: int) -> None:
        self.line = line


def _separated(text: io.TextIOWrapper, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells and (len(cells) > 1 or cells[0].strip()):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as problem:
        raise _Unreadable(line) from problem


def _blank_separated(text: io.TextIOWrapper) -> Iterator[Row]:
    """Columns padded with any number of blanks, as old programs print them."""
    for line, written in enumerate(text, start=1):
        if cells := written.split():
            yield line, cells
