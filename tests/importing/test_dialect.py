"""Delimiters, quotes and broken lines."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retain_cli.errors import BadInput
from retain_cli.importing.dialect import Dialect, find_dialect, mended, records_of
from retain_cli.importing.opening import read_table
from retain_cli.importing.source import Hints

KNOWN = {"name", "phone", "date", "amount", "email", "note"}
ROWS = [["Name", "Phone", "Note"], ["Wang, Fang", "138;1", 'say "yes"'], ["Li", "139", ""], ["Zhao", "137", "a|b"]]


def _written(rows: list[list[str]], **how: object) -> str:
    out = io.StringIO()
    csv.writer(out, **how).writerows(rows)
    return out.getvalue()


def _read(text: str, **hints: object) -> list[list[str]]:
    dialect = find_dialect(text, KNOWN)
    return [cells for _, cells in records_of(io.StringIO(text, newline=""), dialect)]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "^", "~"])
def test_every_usual_delimiter_is_found(mark: str, quoting: int, ends: str) -> None:
    text = _written(ROWS, delimiter=mark, quoting=quoting, lineterminator=ends)
    assert _read(text) == ROWS


def test_single_quotes_are_quotes_where_cells_stand_in_them() -> None:
    assert _read("Name,Note\n'Wang, Fang','good'\n'Li','don''t'\n") == [
        ["Name", "Note"], ["Wang, Fang", "good"], ["Li", "don't"]
    ]  # fmt: skip


def test_an_apostrophe_before_a_cell_is_no_quote() -> None:
    assert _read("Name,Phone\nO'Neil,'0123\nD'Arc,'0456\n")[1] == ["O'Neil", "'0123"]


def test_backslashes_before_quotes_are_understood_and_other_backslashes_kept() -> None:
    text = 'Name,Note\n"Wang","so \\"big\\", really"\n"Li","C:\\\\temp"\n"Zhao","it\\\'s"\n'
    assert [row[1] for row in _read(text)[1:]] == ['so "big", really', "C:\\temp", "it\\'s"]


def test_a_decimal_comma_does_not_pass_for_a_delimiter() -> None:
    assert _read("Name;Amount\nA;1,50\nB;2,75\nC;10,00\n")[1] == ["A", "1,50"]


def test_blanks_behind_delimiters_are_not_part_of_cells() -> None:
    assert _read('Name, Note\n"Wang, Fang", "x"\nLi, y\n') == [["Name", "Note"], ["Wang, Fang", "x"], ["Li", "y"]]


def test_columns_padded_with_blanks_are_read(tmp_path: Path) -> None:
    path = tmp_path / "padded.txt"
    path.write_text(" 00001 1997-01-01  1   11.77\n 00002 1997-01-12 12   12.00\n")
    assert read_table(str(path), Hints(header_rows=0, delimiter=" ")).rows[1] == [
        "00002",
        "1997-01-12",
        "12",
        "12.00",
    ]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('1,"2,3,4', ["1", '"2', "3", "4"]),
        ('"1,2,3,4', ['"1', "2", "3", "4"]),
        ('1,"a 9" b",3,4', ["1", 'a 9" b', "3", "4"]),
        ('1,"x 48"",3,4', ["1", 'x 48"', "3", "4"]),
        ('1,"2, ",3,"4', ["1", "2, ", "3", '"4']),
    ],
)
def test_a_line_whose_quotes_do_not_pair_is_mended_where_one_way_fits(line: str, cells: list[str]) -> None:
    assert mended(line, Dialect(",", width=4)) == cells


@pytest.mark.parametrize("line", ['"1,2,3', '"1","2","3","4","5'])
def test_a_line_that_could_be_mended_in_no_way_or_in_two_is_not(line: str) -> None:
    assert mended(line, Dialect(",", width=4)) is None


def test_an_unbalanced_quote_takes_no_other_row_with_it(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text('Name,Phone,Note\nWang,1,x\n"Li,2,y\nZhao,3,"z, z"\nQian,4,\n')
    assert read_table(str(path)).rows == [
        ["Wang", "1", "x"],
        ['"Li', "2", "y"],
        ["Zhao", "3", "z, z"],
        ["Qian", "4", ""],
    ]


def test_a_quote_that_cannot_be_mended_is_refused_with_line_and_cell(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text('Name,Phone,Note\nWang,1,x\nLi,2,"y"z,q"r\nZhao,3,z\n')
    with pytest.raises(BadInput, match=r"broken.csv:3: cell \d: a quote stands where none may stand"):
        read_table(str(path))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('a,b\n1,"' + "x\n" * 100_000, "a quoted cell does not end"),
        ("a,b\n1," + '"\n",' * 100_000, "a quoted cell does not end"),
        ("a,b\n1," + "x" * 200_000 + "\n", "longer than 131,072"),
        ("a,b\n1," + "x" * 2_000_000 + "\n", "the line is longer than"),
    ],
)
def test_endless_cells_and_lines_are_refused(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "endless.csv"
    path.write_text(content)
    with pytest.raises(BadInput, match=why):
        read_table(str(path))


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_was_written_with_quotes_is_read_back(rows: list[list[str]], mark: str, ends: str) -> None:
    text = _written(rows, delimiter=mark, quoting=csv.QUOTE_ALL, lineterminator=ends)
    dialect = find_dialect(text, KNOWN, mark)
    assert [cells for _, cells in records_of(io.StringIO(text, newline=""), dialect)] == rows
