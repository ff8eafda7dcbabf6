"""How far the cells of a sheet span, however their places are written: the sheet XML is made here."""

from collections.abc import Iterator

import pytest

from retain_cli.importing.containers.sheet_extent import NoSheet, extent

MOST = 28_000_000
LAST_COLUMN, LAST_ROW = "XFD", 1_048_576


def _sheet(rows: str) -> bytes:
    head = '<?xml version="1.0"?><worksheet xmlns="urn:m"><cols><col min="1" max="2"/></cols>'
    return f"{head}<sheetData>{rows}</sheetData></worksheet>".encode()


def _found(rows: str, block: int = 1 << 20) -> int:
    return extent(lambda: _blocks(_sheet(rows), block), MOST).cells


def _blocks(text: bytes, size: int) -> Iterator[bytes]:
    return (text[start : start + size] for start in range(0, len(text), size))


@pytest.mark.parametrize("block", [1, 7, 64, 1 << 20])
@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>',
        '<row r="1"><c r="a1"/></row><row r="1048576"><c r="xfd1048576"/></row>',
        "<row r='1'><c r='A1'/></row><row r='1048576'><c r='XFD1048576'/></row>",
        '<row r="1"><c\n r = "A1"/></row><row r="1048576"><c s="1" r="XFD1048576"/></row>',
        '<row r="1"><c xr="A1" r="XFD1"/></row><row r="1048576"><c r="A1048576"/></row>',
        '<x:row xmlns:x="urn:m" r="1"><x:c r="A1"/><x:c r="XFD1048576"/></x:row>',
        '<row r="1"><c/></row><row r="400000000"><c/></row>',
        '<row r="1">' + "<c/>" * 1_000 + '</row><row r="1048576"><c/></row>',
        '<row r="1"><c r="XFD1"/></row><row r="99999"><c r="A99999"/></row>',
    ],
)
def test_cells_far_apart_are_seen_however_their_places_are_written(rows: str, block: int) -> None:
    assert _found(rows, block) > MOST


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a "AB12" :c XFD1048576</t></is></c><c r="Z1"/></row>',
        '<row r="999999"><c r="A999999"/></row>',
        '<row r="1"><c r="A1"/><c r="CB1"/></row><row r="300000"><c r="A300000"/><c r="CB300000"/></row>',
        '<row r="1">' + "<c/>" * 80 + "</row>" + "<row><c/></row>" * 3_000,
        '<row r="1"><c r="XFD1"/></row><row r="2"><c r="A2"/></row>',
    ],
)
def test_sheets_as_people_fill_them_are_not_too_large(rows: str) -> None:
    assert _found(rows) <= MOST


def test_the_columns_of_a_wide_sheet_are_counted_to_the_last_letter() -> None:
    # CB is column 80: 350,000 rows of it are 28 million cells, one row more is too many.
    rows = '<row r="1"><c r="CB1"/></row><row r="{0}"><c r="A{0}"/></row>'
    assert _found(rows.format(350_000)) == MOST
    assert _found(rows.format(350_001)) > MOST


@pytest.mark.parametrize("cell", ['<c r="B7" t="e"/>', "<c t='e' r='B7'/>", '<c r="b7" s="1" t="e"/>'])
def test_an_error_is_seen_however_its_cell_is_written(cell: str) -> None:
    found = extent(lambda: [_sheet(f'<row r="7"><c r="A7"/>{cell}</row>')], MOST)
    assert {row: place.upper() for row, place in found.faults.items()} == {7: "B7"}


@pytest.mark.parametrize(
    "rows",
    ["<c", '<row r="x"><c/></row>', '<row r="1"><c r="1A"/></row>', "<row><c/>", "<c " + 'a="b" ' * 200_000 + "/>"],
)
def test_what_is_no_sheet_is_told_from_one(rows: str) -> None:
    with pytest.raises(NoSheet):
        _found(rows)
