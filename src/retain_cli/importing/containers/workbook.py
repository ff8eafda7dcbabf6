"""Excel workbooks: one sheet as text cells, dates as dates, whole numbers without a point."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree import ElementTree

from retain_cli.errors import BadInput, WrongUse

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from retain_cli.importing.encoding import Encoding

_AT_ONCE = 1 << 20
# The XML of a full sheet of a million rows; and no sheet that people fill packs to a two-hundredth.
_MOST_UNPACKED = 400_000_000
_MOST_PACKED = 200
_SUSPICIOUS = 32 << 20
_MOST_CELLS = 28_000_000
_MOST_NAMED = 1 << 20
_OVERLAP = 300
_PLACE = re.compile(rb'\sr="([A-Z]{1,4})(\d{1,8})"')
_NEAR_COLUMNS, _NEAR_ROWS = 26, 99_999
_FAR_ROW = re.compile(rb'"[A-Z]{1,3}(\d{6,8})"')
_FAR_COLUMN = re.compile(rb'"([A-Z]{2,4})\d{1,8}"')
_FAULT = re.compile(rb'<c\b(?=[^>]*\st="e")[^>]*\sr="([A-Z]+)(\d+)"')
_NAMESPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

Row = tuple[int, list[str]]


class Workbook:
    """The sheet of a workbook as records; its size unpacked is known before anything is unpacked whole."""

    encoding: "Encoding | None" = None
    has_nul = False
    delimiter = ","

    def __init__(self, name: str, stream: BinaryIO, size: int, asked: str | None) -> None:
        self.name = name
        self.size = size
        self.position = 0
        self.notes: list[str] = []
        self._faults: dict[int, str] = {}
        self._stream = stream
        parts = self._parts(stream)
        from python_calamine import CalamineError, CalamineWorkbook

        stream.seek(0)
        try:
            book = CalamineWorkbook.from_filelike(stream)
            self._sheet = self._chosen(book, parts, asked)
        except (CalamineError, OSError, ValueError) as problem:
            raise self._damaged() from problem

    def records(self, delimiter: str | None = None, width: int = 0) -> Iterator[Row]:
        """Every row of the sheet, all equally wide; BadInput where a cell holds an Excel error."""
        number = 0
        height = max(1, self._sheet.total_height)
        for number, cells in enumerate(self._sheet.iter_rows(), start=1):
            if number in self._faults:
                raise BadInput(
                    f"{self.name}:{number}: the cell {self._faults[number]} holds an Excel error",
                    "Mend its formula, then save the workbook again.",
                    code="cell-error",
                )
            yield number, [cell if type(cell) is str else _text(cell) for cell in cells]
        self.position = self.size * number // height

    def _chosen(self, book: "CalamineWorkbook", parts: dict[str, str], asked: str | None) -> "CalamineSheet":
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and (asked or sheet.visible == SheetVisibleEnum.Visible)
        ]
        if asked is not None:
            if asked not in names and asked.isdecimal() and 0 < int(asked) <= len(names):
                asked = names[int(asked) - 1]
            if asked not in names:
                raise WrongUse(f"{self.name} has no sheet {asked!r}", f"Its sheets are {', '.join(names)}.")
            names = [asked]
        for name in names:
            self._look_through(parts.get(name))
            sheet = book.get_sheet_by_name(name)
            if sheet.height or asked:
                others = [other for other in book.sheet_names if other != name]
                if others:
                    self.notes.append(f"the sheet {name!r}; not read: {', '.join(others[:5])}")
                return sheet
        raise BadInput(f"{self.name} has no sheet with anything in it", "Export it again.", code="file-empty")

    def _parts(self, stream: BinaryIO) -> dict[str, str]:
        """Which part of the archive each sheet is in; BadInput where it is no workbook, or too large unpacked."""
        try:
            archive = self._archive = zipfile.ZipFile(stream)
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                raise BadInput(
                    f"{self.name} is a ZIP archive and no .xlsx workbook", "Unpack it first.", code="container"
                )
            if len(names) > 10_000:
                raise self._too_large()
            # Sheets are measured when one of them is looked through.
            for part in names:
                if part.startswith("xl/") and part.endswith((".xml", ".rels")) and "/worksheets/" not in part:
                    self._measure(part)
            files = {
                relation.get("Id"): str(relation.get("Target"))
                for relation in self._tree("xl/_rels/workbook.xml.rels")
            }
            return {
                str(sheet.get("name")): _within(files.get(sheet.get(_NAMESPACE + "id"), ""))
                for sheet in self._tree("xl/workbook.xml").iter()
                if sheet.tag.endswith("}sheet")
            }
        except (
            zipfile.BadZipFile,
            KeyError,
            ElementTree.ParseError,
            NotImplementedError,
            EOFError,
            RuntimeError,
        ) as problem:
            raise self._damaged() from problem

    def _measure(self, part: str) -> None:
        """BadInput where a part is too large in truth; what the archive says of it may be a lie."""
        for _ in self._blocks(part):
            pass

    def _blocks(self, part: str) -> Iterator[bytes]:
        info = self._archive.getinfo(part)
        read, info.file_size = 0, _MOST_UNPACKED + _AT_ONCE
        try:
            with self._archive.open(info) as unpacked:
                while block := unpacked.read(_AT_ONCE):
                    read += len(block)
                    bomb = read > _SUSPICIOUS and read > _MOST_PACKED * info.compress_size
                    if read >= _MOST_UNPACKED or bomb:
                        raise self._too_large()
                    yield block
        except zlib.error as problem:
            raise self._damaged() from problem

    def _tree(self, part: str) -> ElementTree.Element:
        text = b""
        for block in self._blocks(part):
            text += block
            if len(text) > _MOST_NAMED or b"<!DOCTYPE" in text:
                raise self._damaged()
        return ElementTree.fromstring(text)  # noqa: S314

    def _look_through(self, part: str | None) -> None:
        """Where the sheet holds error cells, which come as empty ones; and whether its far cells span too much."""
        self._faults = {}
        if not part or part not in self._archive.namelist():
            raise self._damaged()
        columns, rows, rest = _NEAR_COLUMNS, _NEAR_ROWS, b""
        for block in self._blocks(part):
            text = rest + block
            if b't="e"' in text:
                for column, row in _FAULT.findall(text):
                    self._faults.setdefault(int(row), (column + row).decode())
            # Only far places are looked at one by one, since a full sheet has millions of near ones.
            rows = max(rows, *map(int, set(_FAR_ROW.findall(text))), 0)
            columns = max(columns, *map(_column_number, set(_FAR_COLUMN.findall(text))), 0)
            rest = text[-_OVERLAP:]
        if columns * rows > _MOST_CELLS and self._spans(part) > _MOST_CELLS:
            raise self._too_large()

    def _spans(self, part: str) -> int:
        """How many cells lie between the first and the last, counted place by place."""
        columns = rows = 0
        rest = b""
        for block in self._blocks(part):
            text = rest + block
            places = _PLACE.findall(text)
            rows = max(rows, *(int(row) for row in {row for _, row in places}), 0)
            columns = max(columns, *(_column_number(name) for name in {name for name, _ in places}), 0)
            rest = text[-_OVERLAP:]
        return columns * rows

    def _damaged(self) -> BadInput:
        return BadInput(
            f"{self.name} is a damaged or locked workbook",
            "Open it in a spreadsheet and save it again.",
            code="container",
        )

    def _too_large(self) -> BadInput:
        return BadInput(f"{self.name} is too large once unpacked", "Split it into smaller files.", code="too-large")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _within(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _text(cell: Any) -> str:
    """A cell as somebody would have typed it."""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        # Excel keeps and shows fifteen digits; what is beyond them is an artefact of binary numbers.
        return format(Decimal(format(cell, ".15g")), "f")
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
