"""Excel workbooks: one sheet as text cells, dates as dates, whole numbers without a point."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree import ElementTree

from retain_cli.errors import BadInput, WrongUse
from retain_cli.importing.block import ROWS_AT_ONCE, Block, Typed
from retain_cli.importing.cells import Remembered
from retain_cli.importing.containers.sheet_extent import NoSheet, extent

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from retain_cli.importing.encoding import Encoding

# Few enough that what was unpacked is still in the processor's cache when it is looked through.
_AT_ONCE = 256 << 10
# The XML of a full sheet of a million rows; and no sheet that people fill packs to a two-hundredth.
_MOST_UNPACKED = 400_000_000
_MOST_PACKED = 200
_SUSPICIOUS = 32 << 20
_MOST_CELLS = 28_000_000
_MOST_NAMED = 1 << 20
_MOST_DIGITS = 15
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
        self.since_1904 = False
        """Whether its bare numbers of days begin in 1904, as old spreadsheets of the Macintosh have it."""
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
        for block in self.blocks(0):
            yield from block.rows()

    def blocks(self, skip: int) -> Iterator[Block]:
        """The rows behind the first ones, many at a time."""
        height = max(1, self._sheet.total_height)
        rows, number = islice(self._sheet.iter_rows(), skip, None), 1 + skip
        texts = _Texts()
        while some := list(islice(rows, ROWS_AT_ONCE)):
            fault = min((at for at in self._faults if number <= at < number + len(some)), default=None)
            del some[len(some) if fault is None else fault - number :]
            if some:
                # A column mostly holds one kind of cell, so that all of it is written out in one go.
                columns = [texts.of(column) for column in zip(*some, strict=True)]
                yield Block(range(number, number + len(some)), columns)
            number += len(some)
            if fault is not None:
                raise BadInput(
                    f"{self.name}:{fault}: the cell {self._faults[fault]} holds an Excel error",
                    "Mend its formula, then save the workbook again.",
                    code="cell-error",
                )
            self.position = self.size * (number - 1) // height

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
            book = list(self._tree("xl/workbook.xml").iter())
            self.since_1904 = any(
                part.tag.endswith("}workbookPr") and part.get("date1904") in ("1", "true") for part in book
            )
            return {
                str(sheet.get("name")): _within(files.get(sheet.get(_NAMESPACE + "id"), ""))
                for sheet in book
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
        """Where the sheet holds error cells, which come as empty ones; BadInput where its cells span too much."""
        if not part or part not in self._archive.namelist():
            raise self._damaged()
        try:
            found = extent(lambda: self._blocks(part), _MOST_CELLS)
        except NoSheet as problem:
            raise self._damaged() from problem
        if found.cells > _MOST_CELLS:
            raise self._too_large()
        self._faults = found.faults

    def _damaged(self) -> BadInput:
        return BadInput(
            f"{self.name} is a damaged or locked workbook",
            "Open it in a spreadsheet and save it again.",
            code="container",
        )

    def _too_large(self) -> BadInput:
        return BadInput(f"{self.name} is too large once unpacked", "Split it into smaller files.", code="too-large")


def _within(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


class _Texts:
    """Writes out the cells of a sheet, which has the same days and many of the same numbers over and over."""

    def __init__(self) -> None:
        self._remembered: Remembered[Any, str] = Remembered(_text)

    def of(self, column: Sequence[Any]) -> Sequence[str]:
        """The cells of some rows of a column as somebody would have typed them."""
        kinds = set(map(type, column))
        if kinds == {str}:
            return column
        if kinds == {float}:
            return Typed(column, self._numbers)
        if kinds in ({date}, {datetime}):
            return Typed(column, self._days)
        return [cell if type(cell) is str else _text(cell) for cell in column]

    def _days(self, column: Sequence[Any]) -> list[str]:
        return list(map(self._remembered.__getitem__, column))

    def _numbers(self, column: Sequence[Any]) -> list[str]:
        if len(set(column)) * 4 < len(column):
            return list(map(self._remembered.__getitem__, column))
        # Fifteen digits and fewer are written out as they were typed.
        lines = "\n".join(map(repr, column)) + "\n"
        written = lines.replace(".0\n", "\n").split("\n")[:-1]
        if "e" not in lines and "-0.0\n" not in lines and max(map(len, written)) <= _MOST_DIGITS:
            return written
        return list(map(_text, column))


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
