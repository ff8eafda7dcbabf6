"""Cells made of other cells: names in two columns, orders over several lines, signs before a number."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

Make = Callable[[Sequence[str]], str]
"""What makes one cell of the cells of a row."""

_FAMILY_FIRST = re.compile("[\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff・]+")


class Made(NamedTuple):
    """A cell that is put behind those of the row; `title` says what it is made of."""

    title: str
    of: tuple[int, ...]
    make: Make


class Skip(NamedTuple):
    """Rows that are no customer and no sale; `because` is told with their number.

    `wanted` is asked with the cell, or with the cells of several columns one after the other.
    """

    columns: tuple[int, ...]
    because: str
    wanted: Callable[[str], bool]


class Carry(NamedTuple):
    """Lines that go on with what the line above began: blank cells of `columns` are taken from there."""

    key: int
    columns: tuple[int, ...]


class Recipe:
    """What is done with each row of a file before its cells are read; it counts the rows it leaves out."""

    def __init__(
        self,
        made: Iterable[Made] = (),
        skips: Iterable[Skip] = (),
        carry: Carry | None = None,
        clean: Callable[[str], str] = str.strip,
    ) -> None:
        self.made = list(made)
        self.skipped: Counter[str] = Counter()
        self._skips = list(skips)
        self._carry = carry
        self._clean = clean
        self._above: list[str] = []
        self.order: tuple[int, int] | None = None
        """The columns of an order's number and day, where what is left out takes out what was known of it."""
        self.orders_left_out: set[tuple[str, str]] = set()

    def begin(self) -> None:
        """The file is read from its start again."""
        self.skipped.clear()
        self.orders_left_out.clear()
        self._above = []

    def follow(self, cells: list[str]) -> bool:
        """Put the cells that are made behind those of the row; False where the row is left out."""
        if self._carry is not None:
            self._take_from_above(cells, self._carry)
        for skip in self._skips:
            if skip.wanted("".join(self._clean(cells[column]) for column in skip.columns)):
                self.skipped[skip.because] += 1
                if self.order is not None:
                    cells.extend([one.make(cells) for one in self.made])
                    number, day = self.order
                    self.orders_left_out.add((cells[number], cells[day]))
                return False
        cells.extend([one.make(cells) for one in self.made])
        return True

    def _take_from_above(self, cells: list[str], carry: Carry) -> None:
        above = self._above
        if above and cells[carry.key] == above[carry.key] and cells[carry.key].strip():
            for column in carry.columns:
                if not cells[column].strip():
                    cells[column] = above[column]
        self._above = list(cells)


def joined(parts: Sequence[Made], mark: str) -> Made:
    """The parts that are not blank, with a mark between them."""

    def make(cells: Sequence[str]) -> str:
        words = (part.make(cells).strip() for part in parts)
        return mark.join(dict.fromkeys(word for word in words if word))

    return Made(titles(parts, " + "), columns_of(parts), make)


def person(given: Made | None, middle: Made | None, family: Made | None) -> Made:
    """A name from its parts; Chinese, Japanese and Korean names have the family first and no blank."""
    parts = [part for part in (given, middle, family) if part]

    def make(cells: Sequence[str]) -> str:
        words = [word for part in parts if (word := part.make(cells).strip())]
        if len(words) > 1 and all(_FAMILY_FIRST.fullmatch(word) for word in words):
            words = [words[-1], *words[:-1]] if family else words
            return "".join(words)
        return " ".join(words)

    return Made(titles(parts, " + "), columns_of(parts), make)


def first_of(headers: Sequence[str], columns: Sequence[int]) -> Made:
    """The first of several columns that is not blank."""
    return first_of_parts([plain(header, number) for header, number in zip(headers, columns, strict=True)])


def either(one: Made, other: Made) -> Made:
    """One cell, or where it is blank the other."""
    return first_of_parts([one, other])


def plain(header: str, number: int) -> Made:
    """One column as it is."""
    return Made(header, (number,), lambda cells: cells[number])


def first_of_parts(parts: Sequence[Made]) -> Made:
    """The first of several cells that is not blank."""

    def make(cells: Sequence[str]) -> str:
        return next((cell for part in parts if (cell := part.make(cells)).strip()), "")

    return Made(titles(parts, " or "), columns_of(parts), make)


def titles(parts: Iterable[Made], mark: str) -> str:
    """What several cells are made of."""
    return mark.join(part.title for part in parts)


def columns_of(parts: Iterable[Made]) -> tuple[int, ...]:
    """The columns several cells are made of, each once."""
    return tuple(dict.fromkeys(number for part in parts for number in part.of))
