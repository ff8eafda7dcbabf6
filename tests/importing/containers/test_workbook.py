"""Excel workbooks, made here part by part."""

import io
import random
import zipfile
from decimal import Decimal
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from retain_cli.errors import BadInput, WrongUse
from retain_cli.importing.opening import open_source, read_table
from retain_cli.importing.source import Hints

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STATES = ("visible", "hidden")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def _cell(place: str, value: object) -> str:
    if isinstance(value, str) and value.startswith("#"):
        return f'<c r="{place}" t="e"><v>{value}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, tuple):
        # A number shown as a day: format 1 of the styles below.
        return f'<c r="{place}" s="1"><v>{value[0]}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def _sheet(rows: list[list[object]], first: int = 1) -> str:
    written = "".join(
        f'<row r="{number}">'
        + "".join(
            _cell(f"{chr(65 + column)}{number}", value) for column, value in enumerate(row) if value is not None
        )
        + "</row>"
        for number, row in enumerate(rows, start=first)
    )
    return f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData></worksheet>'


def workbook(sheets: dict[str, str], hidden: tuple[str, ...] = (), *, since_1904: bool = False) -> bytes:
    """The bytes of a workbook with these sheets."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="r1"'
        f' Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
        "</cellXfs></styleSheet>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}">'
        + f'<workbookPr date1904="{since_1904:d}"/><sheets>'
        + "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}" state="{_STATES[name in hidden]}"/>'
            for n, name in enumerate(sheets, start=1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="r99" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), start=1)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def _file(folder: Path, content: bytes, name: str = "customers.xlsx") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


HEADER: list[object] = ["Name", "Phone", "Birthday", "Amount", "VIP"]
WANG: list[object] = ["王芳", 13800138000.0, (45291,), 74.69, True]


def test_cells_come_as_they_are_seen_in_the_sheet(tmp_path: Path) -> None:
    path = _file(tmp_path, workbook({"Customers": _sheet([HEADER, WANG, ["Li", None, None, 0.1 + 0.2, False]])}))
    table = read_table(path)
    assert table.names == HEADER
    # 45291 is 31 December 2023 in Excel's count of days.
    assert table.rows == [["王芳", "13800138000", "2023-12-31", "74.69", "True"], ["Li", "", "", "0.3", "False"]]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1e14, "100000000000000"),
        (-12.5, "-12.5"),
        (0.0, "0"),
        (1e-7, "0.0000001"),
        (8613800138000.0, "8613800138000"),
    ],
)
def test_a_number_is_written_out(tmp_path: Path, number: float, text: str) -> None:
    assert read_table(_file(tmp_path, workbook({"S": _sheet([["A", "B"], ["x", number]])}))).rows == [["x", text]]


AWKWARD = [0.0, -0.0, 1.0, -1.0, 0.1, 0.1 + 0.2, 1 / 3, 1e-7, 1e15, 1e16, 123456789012345.0, 811.58, 99999999.99]


def test_a_whole_column_of_numbers_is_written_out_as_each_of_them_alone(tmp_path: Path) -> None:
    draw = random.Random(5)
    for awkward in (AWKWARD, []):
        numbers = [draw.randrange(10**7) / 100 for _ in range(1_200)] + awkward
        rows = read_table(_file(tmp_path, workbook({"S": _sheet([["A", "B"], *(["x", n] for n in numbers)])}))).rows
        # Fifteen digits is what Excel keeps and shows: https://learn.microsoft.com/office/troubleshoot/excel/last-digits-changed-to-zeros
        shown = [Decimal(f"{number:.15g}") for number in numbers]
        assert [Decimal(cell) for _, cell in rows] == shown
        assert not any("e" in cell.casefold() or cell.endswith(".0") for _, cell in rows)


def test_a_column_may_hold_cells_of_several_kinds(tmp_path: Path) -> None:
    cells = ["x", 1.0, True, (45291,), None, 0.5]
    rows = read_table(_file(tmp_path, workbook({"S": _sheet([["A", "B"], *(["x", cell] for cell in cells)])}))).rows
    assert [cell for _, cell in rows] == ["x", "1", "True", "2023-12-31", "", "0.5"]


@pytest.mark.parametrize("row", [250, 501, 502, 1_100])
def test_an_error_cell_is_found_wherever_it_stands(tmp_path: Path, row: int) -> None:
    rows: list[list[object]] = [["A", "B"], *([f"x{n}", n] for n in range(2, 1_200))]
    rows[row - 1][1] = "#N/A"
    with open_source(_file(tmp_path, workbook({"S": _sheet(rows)}))) as source:
        read = source.rows()
        assert [line for line, _ in islice(read, row - 1)] == list(range(1, row))
        with pytest.raises(BadInput, match=rf"customers.xlsx:{row}: the cell B{row} holds an Excel error"):
            next(read)


@pytest.mark.parametrize("shown_as_a_day", [True, False])
def test_days_of_a_workbook_that_counts_from_1904_are_right(
    retain, tmp_path: Path, rows, shown_as_a_day: bool
) -> None:
    # 1 January 2026 is 46023 counted from 1900 and 44561 from 1904: 1462 days between the two, as Microsoft says.
    for since_1904, count in ((False, 46023), (True, 44561)):
        day = (count,) if shown_as_a_day else count
        sheet = _sheet([["Customer ID", "Date", "Amount"], [f"C{count}", day, 5.0]])
        path = _file(tmp_path, workbook({"S": sheet}, since_1904=since_1904))
        assert retain("import", path).code == 0
    assert rows("select distinct bought_on from purchase") == [("2026-01-01",)]


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    assert read_table(_file(tmp_path, workbook({"S": _sheet([HEADER, WANG])}), "export.csv")).rows[0][0] == "王芳"


def test_rows_keep_the_numbers_of_the_sheet(tmp_path: Path) -> None:
    path = _file(tmp_path, workbook({"S": _sheet([["Our customers"], [], HEADER, WANG], first=3)}))
    with open_source(path) as source:
        assert [line for line, _ in source.rows()] == [5, 6]


def test_the_first_sheet_with_anything_in_it_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    sheets = {
        "Old": _sheet([["Name"], ["Zhao"]]),
        "Blank": _sheet([]),
        "Now & here": _sheet([HEADER, WANG]),
        "Z": _sheet([]),
    }
    path = _file(tmp_path, workbook(sheets, hidden=("Old",)))
    with open_source(path) as source:
        assert [cells[0] for _, cells in source.rows()] == ["Name", "王芳"]
        assert source.notes == ["the sheet 'Now & here'; not read: Old, Blank, Z"]
    assert read_table(path, Hints(sheet="Old")).rows == [["Zhao"]]
    assert read_table(path, Hints(sheet="3")).rows[0][0] == "王芳"
    with pytest.raises(WrongUse, match="no sheet 'New'"):
        read_table(path, Hints(sheet="New"))


def test_an_error_cell_is_refused_with_its_place(tmp_path: Path) -> None:
    path = _file(tmp_path, workbook({"S": _sheet([HEADER, WANG, ["Li", "#REF!", None, 1.0, True]])}))
    with pytest.raises(BadInput, match=r"customers.xlsx:3: the cell B3 holds an Excel error"):
        read_table(path)


def test_an_error_cell_on_another_sheet_does_no_harm(tmp_path: Path) -> None:
    path = _file(tmp_path, workbook({"S": _sheet([HEADER, WANG]), "T": _sheet([["#N/A"]])}))
    assert read_table(path).problems == []


@pytest.mark.parametrize("cut", [200, 30])
def test_a_workbook_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    with pytest.raises(BadInput, match="damaged or locked"):
        read_table(_file(tmp_path, workbook({"S": _sheet([HEADER, WANG])})[:-cut]))


@pytest.mark.parametrize(
    "xml", ["", "rubbish", "<worksheet>", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>']
)
def test_a_sheet_that_is_none_is_refused(tmp_path: Path, xml: str) -> None:
    with pytest.raises(BadInput):
        read_table(_file(tmp_path, workbook({"S": xml})))


def test_two_cells_far_apart_do_not_fill_the_memory(tmp_path: Path) -> None:
    far = _sheet([["Name"]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(BadInput, match="too large once unpacked"):
        read_table(_file(tmp_path, workbook({"S": far})))


def test_a_sheet_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    bomb = _sheet([HEADER, WANG]) + " " * (40 << 20)
    with pytest.raises(BadInput, match="too large once unpacked"):
        read_table(_file(tmp_path, workbook({"S": bomb})))


def test_the_size_an_archive_gives_for_a_part_is_not_believed(tmp_path: Path) -> None:
    content = workbook({"S": _sheet([HEADER, WANG]) + " " * (40 << 20)})
    real = len(_sheet([HEADER, WANG]).encode()) + (40 << 20)
    lying = content.replace(real.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(BadInput):
        read_table(_file(tmp_path, lying))


def test_a_workbook_is_imported_like_any_file(retain, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Customer list"],
        ["ID", "Name", "Phone", "Birthday"],
        ["C1", "Wang", 13800138000.0, (29280,)],
    ]
    path = _file(tmp_path, workbook({"Empty": _sheet([]), "List": _sheet(rows)}))
    answer = retain("import", path, "--sheet", "List", "-f", "json")
    assert answer.data[0]["created"] == 1
    assert answer.data[0]["encoding"] is None
    shown = retain("list", "-f", "json").data[0]
    assert shown["phone"] == "+8613800138000"


def test_a_sheet_that_says_nothing_names_the_others(retain, machine) -> None:
    from xlsxwriter import Workbook

    with Workbook(machine / "shop.xlsx") as book:
        book.add_worksheet("Notes").write_row(0, 0, ["see the next sheet"])
        sheet = book.add_worksheet("Orders")
        sheet.write_row(0, 0, ["Customer ID", "Date", "Amount"])
        sheet.write_row(1, 0, ["1", "2026-01-05", 12.5])
    answer = retain("import", "shop.xlsx")
    assert answer.code == 65
    assert "Orders" in answer.err
    assert "--sheet" in answer.err
    assert retain("import", "shop.xlsx", "--sheet", "Orders").code == 0
