"""What a dry run tells: row by row what would happen, and why."""

from collections.abc import Mapping
from typing import Any, NamedTuple

WHAT = ("created", "updated", "unchanged", "rejected", "review", "skipped", "suppressed", "removed")


class Told(NamedTuple):
    """What one row comes to; `changes` are old and new value by field."""

    file: str
    line: int
    what: str
    customer: str
    changes: Mapping[str, tuple[Any, Any]]
    why: str


class Preview:
    """The rows in the order of the files; with `most`, only the first so many are held."""

    def __init__(self, most: int | None = None) -> None:
        self.count = 0
        self._most = most
        self._rows: list[tuple[int, int, Told]] = []
        self._files: dict[str, int] = {}

    def add(self, told: Told) -> None:
        """Take one row; they need not come in order."""
        self.count += 1
        self._rows.append((self._files.setdefault(told.file, len(self._files)), told.line, told))
        if self._most is not None and len(self._rows) >= 2 * self._most + 1000:
            self._sort()

    def rows(self) -> list[Told]:
        """The rows held, by file and line."""
        self._sort()
        return [told for _, _, told in self._rows]

    def _sort(self) -> None:
        self._rows.sort(key=lambda row: row[:2])
        del self._rows[self._most if self._most is not None else len(self._rows) :]
