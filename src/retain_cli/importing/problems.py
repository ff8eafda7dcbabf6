"""Rows that could not be taken in: shown, counted, and written to a file to be mended."""

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

from retain_cli.errors import OutputExists
from retain_cli.formula import neutralise

SHOWN = 20

# Words that no field of an import goes by, so that the mended file can be imported as it is.
_ABOUT = ("refused_in", "refused_line", "refused_column", "refused_cell", "refused_because")


class Problem(NamedTuple):
    """One row and what is wrong with it; `column` is its header."""

    file: str
    line: int
    column: str
    cell: str
    why: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        cell = self.cell if len(self.cell) <= 60 else self.cell[:59] + "…"
        at_fault = " ".join(filter(None, (self.column, repr(cell) if self.column or cell else "")))
        return f"{where}: {at_fault}: {self.why}" if at_fault else f"{where}: {self.why}"


class Rejects:
    """Where refused rows go: the first few to be shown, all of them to the file where one was asked for.

    A file has one header. Rows of imported files with other columns go to a file beside it: `rejects-2.csv`.
    """

    def __init__(self, path: str | None) -> None:
        self.shown: list[Problem] = []
        self.count = 0
        self.paths: list[str] = []
        """The files that were made."""
        self._path = path
        self._files: dict[tuple[str, ...], IO[str]] = {}

    def add(self, problem: Problem, names: Sequence[str], cells: Sequence[str]) -> None:
        """Refuse one row; its cells are kept as they came."""
        self.count += 1
        if len(self.shown) < SHOWN:
            self.shown.append(problem)
        if self._path is None:
            return
        writer = csv.writer(self._file(tuple(names), self._path), lineterminator="\n")
        width = len(names)
        padded = [*cells[:width], *[""] * (width - len(cells))]
        about = [problem.file, str(problem.line), problem.column, problem.cell, problem.why]
        writer.writerow(map(neutralise, [*padded, *about]))

    def close(self) -> None:
        """Finish the file, if any row went there."""
        for file in self._files.values():
            file.close()

    def _file(self, names: tuple[str, ...], path: str) -> IO[str]:
        if names not in self._files:
            if self._files:
                path = str(Path(path).with_stem(f"{Path(path).stem}-{len(self._files) + 1}"))
            self._files[names] = _new_file(path)
            self.paths.append(path)
            csv.writer(self._files[names], lineterminator="\n").writerow([*map(neutralise, names), *_ABOUT])
        return self._files[names]


def _new_file(path: str) -> IO[str]:
    """A new file that only its owner can read; OutputExists rather than writing over one."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.fdopen(os.open(Path(path), flags, 0o600), "w", encoding="utf-8", newline="")
    except FileExistsError:
        raise OutputExists(f"{path} is there already", "Name another file for --rejects.") from None
    except OSError as problem:
        raise OutputExists(f"{path} cannot be made: {problem.strerror}", "Name another file.") from problem
