"""Where the table is: what stands above, below and between its rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from retain_cli.errors import BadInput
from retain_cli.importing.opening import open_source, read_table
from retain_cli.importing.source import Hints, Table

HEADER = ["Date", "Name", "Phone", "Amount"]
ROWS = [["2026-01-02", "Wang", "138", "10.00"], ["2026-01-03", "Li", "139", "20.00"]]
BODY = "Date,Name,Phone,Amount\n2026-01-02,Wang,138,10.00\n2026-01-03,Li,139,20.00\n"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Table]:
    def table(text: str, hints: Hints | None = None) -> Table:
        path = tmp_path / "orders.csv"
        path.write_bytes(text.encode())
        return read_table(str(path), hints)

    return table


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "\n\n" + BODY,
        "Sales of January\n\n" + BODY,
        "Sales of January,,,\n,,,\n" + BODY,
        "Shop: Main Street\nPeriod: 2026-01-01 to 2026-01-31\nPrinted by Zhao\n\n" + BODY,
        "#" + "-" * 30 + "\n" + BODY,
        BODY.replace("\n2026-01-03", "\n\n,,,\n2026-01-03"),
        BODY.replace("\n2026-01-03", "\nDate,Name,Phone,Amount\n2026-01-03"),
        BODY + "Total,,,30.00\n",
        BODY + "合计,,,30.00\n",
        BODY + ",,Total:,30.00\n",
        BODY + "\nPrinted on 2026-02-01\n",
        BODY + "-----,-----,-----,-----\n",
        BODY.replace("\n", "\r"),
        BODY.replace("\n", "\r\n").replace("Wang,138,10.00\r\n", "Wang,138,10.00\n"),
        BODY.replace("Date,Name,Phone,Amount", 'Date,"Na\nme",  Phone ,"\n Amount"').replace("Na\nme", "\tName\n"),
        BODY.replace("Date,Name,Phone,Amount", "Date,Name,Phone,Amount\nDATE,NAME,PHONE,AMOUNT"),
        BODY.replace("Date,Name,Phone,Amount", "Date,Name,Phone,Amount\n日期,姓名,手机,金额"),
        BODY.replace("Date,Name,Phone,Amount", "When,Customer,,Money\nDate,Name,Phone,Amount"),
    ],
)
def test_what_stands_around_the_table_is_left_out(read: Callable[[str], Table], text: str) -> None:
    table = read(text)
    assert table.names == HEADER
    assert table.rows == ROWS
    assert table.problems == []


@pytest.mark.parametrize(
    ("groups", "below", "names"),
    [
        # The words above a column, or the last ones to the left of it, are what its group is called.
        (
            ",Customer,,Product,,",
            "Date,ID,Name,ID,Name,Amount",
            "Date,Customer ID,Customer Name,Product ID,Product Name,Amount",
        ),
        ("订单,,客户,,,", "编号,日期,编号,姓名,商品,金额", "订单 编号,日期,客户 编号,姓名,商品,金额"),
        ("Order,,Buyer,,,", "Number,Date,Number,Name,Tea,Amount", "Order Number,Date,Buyer Number,Name,Tea,Amount"),
    ],
)
@pytest.mark.parametrize("title", ["", "Sales of January,,,\n"])
def test_names_that_stand_under_groups_are_read_with_them(
    read: Callable[[str], Table], groups: str, below: str, names: str, title: str
) -> None:
    rows = "".join(f"A{n},2026-01-0{n},C{n},Wang,P{n},{n}.00\n" for n in range(1, 4))
    if names.startswith("Date"):
        rows = rows.replace("A", "2026-02-0").replace("2026-01-0", "C")
    table = read(f"{title}{groups}\n{below}\n{rows}")
    assert table.names == names.split(",")
    assert (len(table.rows), table.problems) == (3, [])


@pytest.mark.parametrize("above", ["Sales,,January,", "Wang,,Zhao,", "Date,Name,,"])
def test_a_line_above_the_header_that_groups_nothing_changes_no_name(
    read: Callable[[str], Table], above: str
) -> None:
    assert read(f"{above}\n{BODY}").names == HEADER


def test_a_purchase_is_never_given_to_the_number_of_its_product(retain, csv_file, rows) -> None:
    path = csv_file(
        "orders.csv", "Product,,Customer,,,\nID,Name,ID,Name,Date,Amount\nP1,Tea,C1,Wang,2026-01-02,5.00\n"
    )
    assert retain("import", path).code == 0
    assert rows("select external_id, customer.name, product from customer join purchase") == [("C1", "Wang", "Tea")]


def test_what_was_left_out_is_said(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("Sales of January\n\n" + BODY + "Total,,,30.00\n\nPrinted today\n")
    with open_source(str(path)) as source:
        assert [line for line, _ in source.rows()] == [3, 4, 5]
        assert source.notes == ["left out line 1 (above the header), line 6 (totals), line 8 (below the table)"]


def test_a_customer_called_total_is_a_row(read: Callable[[str], Table]) -> None:
    assert read(BODY + "2026-01-04,Total,137,5.00\n").rows[2][1] == "Total"
    assert read("Name,Phone,Note\nTotal,137,gas station\n").rows == [["Total", "137", "gas station"]]


def test_a_row_with_only_its_first_cell_is_a_row(read: Callable[[str], Table]) -> None:
    assert read("Id,Name,Phone\nC1,Wang,1\nC2,,\n").rows[1] == ["C2", "", ""]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2026-01-04,Zhao,137,5.00,extra", "has 5 cells where the header has 4"),
        ("2026-01-04,Zhao,137", "has 3 cells where the header has 4"),
        # Either empty cell may be the one too many: if it is the first, all behind it would be shifted.
        ("2026-01-04,,Zhao,5.00,", "has 5 cells where the header has 4"),
    ],
)
def test_a_ragged_row_is_refused_with_its_line_and_never_shifted(
    read: Callable[[str], Table], line: str, why: str
) -> None:
    table = read(BODY + line + "\n2026-01-05,Qian,136,7.00\n")
    assert len(table.rows) == 3
    assert len(table.problems) == 1
    assert "orders.csv:4:" in table.problems[0]
    assert why in table.problems[0]


def test_empty_cells_behind_a_full_row_do_no_harm(read: Callable[[str], Table]) -> None:
    table = read(BODY + "2026-01-04,Zhao,137,5.00,,\n")
    assert table.rows[2] == ["2026-01-04", "Zhao", "137", "5.00"]
    assert table.problems == []


def test_unnamed_columns_at_the_end_may_be_missing(read: Callable[[str], Table]) -> None:
    assert read("Name,Phone,,\nWang,1,,\nLi,2\n").rows == [["Wang", "1", "", ""], ["Li", "2", "", ""]]


def test_a_header_that_lacks_a_name_is_refused_not_shifted(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(BODY.replace("Name,Phone", "NamePhone"))
    with open_source(str(path)) as source, pytest.raises(BadInput, match=r"orders.csv:1: the header has 3 names"):
        list(source.rows())


def test_rows_that_end_in_a_delimiter_are_read_where_the_columns_hold_what_they_say(
    read: Callable[[str], Table],
) -> None:
    table = read("Date,Name,Amount,Note\n2026-01-02,Wang,10.00,,\n2026-01-03,Li,20.00,,\n")
    assert table.names == ["Date", "Name", "Amount", "Note", ""]
    assert table.rows[1] == ["2026-01-03", "Li", "20.00", "", ""]
    assert table.problems == []


def test_an_empty_name_too_many_is_dropped(read: Callable[[str], Table]) -> None:
    table = read(BODY.replace("Date,", ",Date,", 1))
    assert (table.names, table.rows) == (HEADER, ROWS)


def test_a_second_table_is_refused_with_its_line(read: Callable[[str], Table]) -> None:
    table = read(BODY + "\nDate,Name,Phone,Amount,Product\n2026-01-04,Zhao,137,5.00,tea\n")
    assert table.rows == ROWS
    assert "orders.csv:5: another table begins" in table.problems[0]


def test_a_nul_is_refused_with_line_and_cell(read: Callable[[str], Table]) -> None:
    table = read(BODY + "2026-01-04,Zh\0ao,137,5.00\n")
    assert table.rows == ROWS
    assert "orders.csv:4: cell 2: holds a NUL" in table.problems[0]


def test_a_file_without_a_header_has_no_names(read: Callable[[str], Table]) -> None:
    table = read(BODY.split("\n", 1)[1])
    assert (table.names, table.rows) == ([], ROWS)
    assert read(BODY.split("\n", 1)[1], Hints(header_rows=0)).rows == ROWS


def test_an_empty_file_is_an_empty_table(read: Callable[[str], Table]) -> None:
    for text in ("", "\n", "\n\n,,\n"):
        assert read(text) == Table([], [], [])


def test_refused_rows_are_counted_by_an_import_and_nothing_is_changed(retain, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("Customer list\n\nID,Name,Phone\nC1,Wang,13800138000\nC2,Li\n合计,2,\n")
    answer = retain("import", path)
    assert answer.code == 65
    assert "customers.csv:5" in answer.err
    good = retain("import", path, "--skip-bad", "-f", "json")
    assert [good.data[0][key] for key in ("rows", "created", "rejected")] == [2, 1, 1]
