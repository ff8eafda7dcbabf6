"""How far the cells of a sheet lie apart, and which hold an error: asked of its XML before the library reads it.

The library makes room for every cell between the first place and the last: two far apart would fill the memory.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple
from xml.parsers import expat

NEAR_COLUMNS, NEAR_ROWS = 26, 999_999
"""Places of one letter and six digits; so many cells are never too many."""

_ROWS_OF_FIVE_DIGITS = 99_999
_LONGEST_TAG = 1 << 20

# A cell whose place is not written as spreadsheets write it, or is not near.
_NOT_NEAR = re.compile(rb'<c(?! r="[A-Z][0-9]{1,6}"|[a-z])')
_NOT_USUAL = re.compile(rb'<c(?! r="[A-Z]{1,3}[0-9]{1,7}"|[a-z])')
_PREFIXED = re.compile(rb":c[\s/>]")
_FAR_ROW = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{6,7})"')
_FAR_COLUMN = re.compile(rb'<c r="([A-Z]{2,3})')
_FAULT = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?=[^>]*\st="e")')
_PLACE = re.compile(r"([A-Za-z]{1,6})([0-9]{1,10})", re.ASCII)


class Extent(NamedTuple):
    """What the XML of a sheet says of it."""

    cells: int
    """No fewer than lie between the first place and the last; exactly so many where they are more than the most."""
    faults: dict[int, str]
    """The place of the first cell with an error in each row that has one."""


class NoSheet(ValueError):
    """The XML cannot be that of a sheet."""


def extent(blocks: Callable[[], Iterable[bytes]], most: int) -> Extent:
    """The extent of the sheet whose XML `blocks` gives, from its start each time; counted closely above `most`.

    NoSheet where it is no XML of a sheet.
    """
    faults: dict[int, str] = {}
    columns, rows = NEAR_COLUMNS, NEAR_ROWS
    for text, end in _whole_tags(blocks()):
        if _NOT_NEAR.search(text, 0, end) or _PREFIXED.search(text, 0, end):
            break
        _find_faults(text, end, faults)
    else:
        return Extent(columns * rows, faults)
    faults.clear()
    rows = _ROWS_OF_FIVE_DIGITS
    for text, end in _whole_tags(blocks()):
        if _NOT_USUAL.search(text, 0, end) or _PREFIXED.search(text, 0, end):
            return _by_parser(blocks(), most)
        # Only far places are looked at one by one, since a full sheet has millions of near ones.
        rows = max(rows, *map(int, set(_FAR_ROW.findall(text, 0, end))), 0)
        columns = max(columns, *map(_column_number, set(_FAR_COLUMN.findall(text, 0, end))), 0)
        _find_faults(text, end, faults)
    return Extent(columns * rows, faults) if columns * rows <= most else _by_parser(blocks(), most)


def _whole_tags(blocks: Iterable[bytes]) -> Iterable[tuple[bytes, int]]:
    """The text so that no tag is torn, and where the last whole one ends."""
    rest = b""
    for block in blocks:
        text = rest + block
        last = text.rfind(b"<")
        end = len(text) if last < 0 or text.find(b">", last) >= 0 else last
        rest = text[end:]
        if len(rest) > _LONGEST_TAG:
            raise NoSheet("a tag is longer than any")
        yield text, end
    yield rest, len(rest)


def _find_faults(text: bytes, end: int, faults: dict[int, str]) -> None:
    if text.find(b't="e"', 0, end) >= 0:
        for column, row in _FAULT.findall(text, 0, end):
            faults.setdefault(int(row), (column + row).decode())


def _by_parser(blocks: Iterable[bytes], most: int) -> Extent:
    """The extent counted cell by cell, however the places are written and where none is."""
    places = _Places(most)
    try:
        for block in blocks:
            places.parser.Parse(block, False)
            if places.cells > most:
                return Extent(places.cells, {})
        places.parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise NoSheet(str(problem)) from problem
    return Extent(places.cells, places.faults)


class _Places:
    """Follows the cells of a sheet; one that says no place stands behind the one before."""

    def __init__(self, most: int) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.faults: dict[int, str] = {}
        self._most = most
        self._row = self._column = 0
        self._rows = self._columns = 0

    @property
    def cells(self) -> int:
        return self._rows * self._columns

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            written = attributes.get("r", str(self._row + 1))
            if not (written.isascii() and written.isdecimal() and len(written) <= 10):
                raise NoSheet("a row has no number")
            self._row, self._column = int(written), 0
        elif name == "c":
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        row, column = max(self._row, 1), self._column + 1
        if (place := attributes.get("r")) is not None:
            match = _PLACE.fullmatch(place)
            if match is None:
                raise NoSheet("a cell has no place")
            row, column = int(match[2]), _column_number(match[1].upper().encode())
        self._column = column
        self._rows, self._columns = max(self._rows, row), max(self._columns, column)
        if attributes.get("t") == "e":
            self.faults.setdefault(row, place or f"{column} of the row")

    def _doctype(self, *_: object) -> None:
        raise NoSheet("a sheet declares nothing of its own")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
