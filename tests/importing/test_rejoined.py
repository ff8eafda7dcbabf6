"""Words in a file parted by blanks: together again where only one column can have them, else left as they are."""

from pathlib import Path

import pytest

from retain_cli.importing.opening import read_table

HEADER = "Day Customer Product Amount Place Remark"
QUOTED = [
    '2026-11-20 K1003 "Oak stool" 320.00 Ulm ""',
    '2026-11-20 K1004 "Felt pads" 18.00 Bonn ""',
    '2026-11-21 K1005 "Mop set" 98.00 Ulm ""',
    '2026-11-21 K1006 "Soap bar" 12.00 Bonn ""',
    '2026-11-22 K1007 "Oak chair" 410.00 Ulm ""',
]


def _read(tmp_path: Path, *lines: str):
    path = tmp_path / "till.txt"
    path.write_text("\n".join([HEADER, *QUOTED, *lines]) + "\n", encoding="utf-8")
    return read_table(str(path))


@pytest.mark.parametrize(
    ("line", "product"),
    [
        ("2026-11-23 K1008 Garden bench 640.00 Ulm ", "Garden bench"),
        ("2026-11-23 K1008 Long garden bench 640 Ulm ", "Long garden bench"),
        ("2026-11-23 K1008 Garden  bench 8 ft. 640.00 Bonn ", "Garden  bench 8 ft."),
    ],
)
def test_words_that_only_one_column_can_have_are_its_cell(tmp_path: Path, line: str, product: str) -> None:
    table = _read(tmp_path, line)
    assert table.problems == []
    assert len(table.rows) == 6
    assert table.rows[-1][:3] == ["2026-11-23", "K1008", product]
    assert table.rows[-1][4:] == [line.split()[-1], ""]


@pytest.mark.parametrize(
    "line",
    [
        # The words stand where no words stand elsewhere.
        "2026-11-23 K1008 Bench 640.00 about Ulm ",
        # A blank too many, before anything else.
        " 2026-11-23 K1008 Bench 640.00 Ulm ",
        # The remark has two words, and no other row has any.
        "2026-11-23 K1008 Bench 640.00 Ulm very good",
        # What stands in quotes is a cell by itself.
        '2026-11-23 K1008 "Garden bench" oak 640.00 Ulm ',
        # Two towns.
        "2026-11-23 K1008 Bench 640.00 Neu Ulm ",
    ],
)
def test_a_row_that_is_not_certain_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    table = _read(tmp_path, line)
    assert len(table.rows) == 5
    assert [problem.partition(": ")[0].rpartition("till.txt:")[2].split(":")[0] for problem in table.problems] == [
        "7"
    ]


def test_two_columns_of_words_side_by_side_leave_the_row_refused(tmp_path: Path) -> None:
    path = tmp_path / "till.txt"
    path.write_text(
        "Day Product Remark Amount\n"
        + "".join(f'2026-11-{day} "Oak stool" "all right" {day}.00\n' for day in range(10, 17))
        + "2026-11-20 Oak stool good 12.00\n"
    )
    table = read_table(str(path))
    assert len(table.rows) == 7
    assert len(table.problems) == 1
    assert ":9:" in table.problems[0]


def test_a_mark_other_than_a_blank_is_never_taken_for_part_of_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "till.csv"
    rows = [",".join(part) for part in (("2026-11-20", f"K{n}", '"Oak, stool"', "320.00") for n in range(7))]
    path.write_text("\n".join(["Day,Customer,Product,Amount", *rows, "2026-11-20,K9,Oak, stool,320.00"]) + "\n")
    table = read_table(str(path))
    assert len(table.rows) == 7
    assert [":9:" in problem for problem in table.problems] == [True]
