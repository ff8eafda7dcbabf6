"""Rows taken many at a time, column by column: each cell is read as it would be read alone."""

import csv
import random
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from retain_cli.importing import cells
from retain_cli.importing.block import ROWS_AT_ONCE, Block, Typed, block_of, in_groups, nothing
from retain_cli.importing.containers.workbook import _Texts

HEADER = "Customer ID,Date,Order,Qty,Amount\n"


def lines(count: int) -> list[str]:
    return [f"K{n % 9},2026-01-{n % 28 + 1:02},A{n},{n % 4 + 1},{n}.25\n" for n in range(count)]


def test_a_block_gives_back_the_rows_it_was_made_of() -> None:
    records = [(3, ["a", "1"]), (5, ["b", "2"]), (6, ["c", ""])]
    block = block_of(records)
    assert [list(column) for column in block.columns] == [["a", "b", "c"], ["1", "2", ""]]
    assert (block.rows(), block.row(1)) == (records, records[1])
    assert (block_of([]).rows(), len(nothing(3)), set(nothing(3))) == ([], 3, {""})


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1_000, 1_001])
def test_groups_hold_every_record_once_and_in_order(count: int) -> None:
    groups = list(in_groups((n, [str(n)]) for n in range(count)))
    assert [line for group in groups for line, _ in group] == list(range(count))
    assert all(0 < len(group) <= ROWS_AT_ONCE for group in groups)


@pytest.mark.parametrize("count", [499, 500, 501])
def test_no_row_is_lost_or_read_twice_where_blocks_meet(retain, csv_file, rows, count: int) -> None:
    (entry,) = retain("import", csv_file("o.csv", HEADER + "".join(lines(count))), "-f", "json").data
    assert (entry["rows"], entry["created"]) == (count, count)
    assert rows("select count(*), sum(amount), min(order_number), count(distinct order_number) from purchase") == [
        (count, sum(100 * n + 25 for n in range(count)), "A0", count)
    ]


@pytest.mark.parametrize("place", [1, 250, 498, 499, 500, 501])
@pytest.mark.parametrize(
    ("column", "cell", "title"), [(1, "2026-02-30", "Date"), (3, "few", "Qty"), (4, "1.2.3", "Amount")]
)
def test_a_bad_cell_within_a_block_names_its_own_line_and_column(
    retain, csv_file, rows, place: int, column: int, cell: str, title: str
) -> None:
    some = [line.rstrip("\n").split(",") for line in lines(520)]
    some[place][column] = cell
    path = csv_file("o.csv", HEADER + "".join(",".join(row) + "\n" for row in some))
    answer = retain("import", path, "--skip-bad", "--decimal", "point")
    [told] = [line for line in answer.err.splitlines() if "o.csv:" in line]
    assert f"/o.csv:{place + 2}: {title} {cell!r}: " in told
    assert rows("select count(*), count(distinct order_number) from purchase") == [(519, 519)]
    assert rows("select count(*) from purchase where order_number = ?", f"A{place}") == [(0,)]


@pytest.mark.parametrize("place", [0, 499, 500])
@pytest.mark.parametrize(("torn", "cells_there"), [("K1,2026-01-01,A,1", 4), ("K1,2026-01-01,A,1,2.00,more", 6)])
def test_a_ragged_row_is_refused_and_shifts_no_other(
    retain, csv_file, rows, place: int, torn: str, cells_there: int
) -> None:
    some = lines(520)
    some.insert(place, torn + "\n")
    answer = retain("import", csv_file("o.csv", HEADER + "".join(some)), "--skip-bad")
    [told] = [line for line in answer.err.splitlines() if "o.csv:" in line]
    assert f"/o.csv:{place + 2}:" in told
    assert told.endswith(f"has {cells_there} cells where the header has 5")
    assert rows("select count(*), sum(amount) from purchase") == [(520, sum(100 * n + 25 for n in range(520)))]


SHORT = st.one_of(
    st.integers(0, 10**6).map(str),
    st.tuples(st.integers(0, 10**6), st.integers(0, 999)).map(lambda two: f"{two[0]}.{two[1]}"),
    st.sampled_from(
        ["12.5", "12", "12.", ".5", "-3.5", "(2.00)", " 7 ", "0.07", "1e3", "", "x", "٣", "1\n2", "12.50\n"]
    ),
)


def one_by_one(column: list[str], currency: str, sign: str | None) -> Any:
    try:
        return [cells.amount(cell, currency, sign) for cell in column]
    except ValueError as problem:
        return str(problem)


def at_once(column: Any, currency: str, sign: str | None) -> Any:
    try:
        return cells.amounts_reader(currency, sign)(column)
    except ValueError as problem:
        return str(problem)


@given(
    st.lists(SHORT, min_size=1, max_size=12),
    st.sampled_from(["CNY", "JPY", "KWD"]),
    st.sampled_from([".", ",", None]),
)
def test_amounts_of_any_length_are_read_at_once_as_one_by_one(
    column: list[str], currency: str, sign: str | None
) -> None:
    assert at_once(column, currency, sign) == one_by_one(column, currency, sign)


NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9).map(lambda minor: minor / 100),
    st.integers(-(10**16), 10**16).map(lambda minor: minor / 100),
    st.integers(-(10**6), 10**6).map(float),
    st.integers(0, 10**9).map(lambda n: n / 1000),
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.sampled_from([0.0, -0.0, 0.1 + 0.2, 1.005, 0.29, 1.15, 1e12, 999999999999.99, 1e-9, 4503599627370497.5]),
)


@given(
    st.lists(NUMBERS, min_size=1, max_size=12),
    st.sampled_from(["CNY", "JPY", "KWD"]),
    st.sampled_from([".", ",", None]),
)
def test_numbers_of_a_workbook_come_to_what_their_text_comes_to(
    numbers: list[float], currency: str, sign: str | None
) -> None:
    written = list(_Texts().of(numbers))
    found = cells.minor_units_of(numbers, currency, sign)
    if found is not None:
        assert found == one_by_one(written, currency, sign)


def test_plain_prices_need_no_text() -> None:
    assert cells.minor_units_of([74.69, 12.5, 12.0, 0.29, -3.1], "CNY") == [7469, 1250, 1200, 29, -310]
    assert cells.minor_units_of([74.0, -12.0], "JPY") == [74, -12]


@pytest.mark.parametrize(
    ("numbers", "currency", "sign"),
    [
        ([12.345], "CNY", "."),
        ([0.1 + 0.2], "CNY", "."),
        ([12.5], "JPY", "."),
        ([12.5], "KWD", "."),
        ([12.5], "CNY", ","),
        ([1e12], "CNY", "."),
        ([12.5, date(2026, 1, 2)], "CNY", "."),
        ([float("inf")], "CNY", "."),
        ([float("nan")], "CNY", "."),
    ],
)
def test_where_only_the_text_tells_it_is_asked(numbers: list[Any], currency: str, sign: str) -> None:
    assert cells.minor_units_of(numbers, currency, sign) is None


class _Asked:
    """Writes out values, and knows how many it was asked for."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, values: Any) -> list[str]:
        self.times += len(values)
        return [str(value) for value in values]


def test_typed_cells_are_written_out_once_and_only_where_somebody_reads_them() -> None:
    write = _Asked()
    column = Typed([1, 2, 3], write)
    assert (len(column), column.values, write.times) == (3, [1, 2, 3], 0)
    assert (column[1], write.times) == ("2", 1)
    assert (list(column), list(column), column[-1], column[:2]) == (["1", "2", "3"],) * 2 + ("3", ["1", "2"])
    assert write.times == 4
    assert Block(range(7, 10), [column, ["a", "b", "c"]]).rows() == [
        (7, ["1", "a"]),
        (8, ["2", "b"]),
        (9, ["3", "c"]),
    ]


ROW = st.tuples(
    st.one_of(
        st.dates(date(1900, 3, 1), date(2100, 1, 1)),
        st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda day: day.replace(microsecond=0)),
    ),
    st.integers(-(10**7), 10**7).map(lambda minor: minor / 100),
    st.one_of(st.integers(0, 50).map(float), st.sampled_from([0.5, 2.25, 1e16, 1 / 3])),
)


def test_typed_columns_of_a_workbook_are_kept_as_the_same_in_a_csv(retain, tmp_path: Path, rows) -> None:
    chance = random.Random(8)
    table = [
        (
            f"C{n % 13}",
            date(2026, 1 + n % 12, 1 + n % 28),
            chance.randrange(-999, 10**6) / 100,
            chance.choice((1.0, 2.0, 2.5)),
        )
        for n in range(1_203)
    ]
    # Amounts with too many decimals, in the middle of a block and at its border.
    for place in (499, 500, 733):
        table[place] = (*table[place][:2], 12.345, 1.0)
    with Workbook(tmp_path / "typed.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Customer ID", "Date", "Amount", "Qty"])
        for number, row in enumerate(table, start=1):
            sheet.write_row(number, 0, row)
    with (tmp_path / "text.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["Customer ID", "Date", "Amount", "Qty"], *table])
    kept = {}
    for name in ("typed.xlsx", "text.csv"):
        answer = retain("import", name, "--skip-bad", "--decimal", "point", "--db", f"{name}.db")
        assert answer.code == 3
        told = [line.partition(":")[2] for line in answer.err.splitlines() if line.startswith(name)]
        assert [line.partition(":")[0] for line in told] == ["501", "502", "735"]
        exported = retain("import", name, "--skip-bad", "--db", f"{name}.db", "--dry-run", "-f", "json")
        kept[name] = (told, _purchases(tmp_path / f"{name}.db"), exported.data[0]["unchanged"])
    assert kept["typed.xlsx"] == kept["text.csv"]
    assert len(kept["text.csv"][1]) == kept["text.csv"][2] == 1_200


def _purchases(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as base:
        return base.execute(
            "select external_id, bought_on, amount, quantity, typeof(quantity), nth from purchase"
            " join customer on customer.id = customer_id order by 1, 2, 3, 4, 6"
        ).fetchall()


@given(st.lists(ROW, min_size=1, max_size=8))
def test_days_and_quantities_of_a_workbook_have_one_text_however_it_is_asked_for(
    table: list[tuple[Any, ...]],
) -> None:
    for column in zip(*table, strict=True):
        found = _Texts().of(column)
        assert [found[number] for number in range(len(column))] == list(found)
        if isinstance(found, Typed):
            assert list(map(found.text, found.values)) == list(found)
    days, quantities = (_Texts().of([row[n] for row in table]) for n in (0, 2))
    assert [cells.day(cell).isoformat() for cell in days] == [f"{row[0]:%Y-%m-%d}" for row in table]
    # Fifteen digits is what Excel keeps and shows.
    assert [float(cell) for cell in quantities] == [float(f"{row[2]:.15g}") for row in table]
