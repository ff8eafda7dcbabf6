"""The rows of a table among its records: what is no row is left out and named, or refused; nothing is shifted."""

from typing import Any

import pytest

from retain_cli.errors import BadInput
from retain_cli.importing.block import Block, in_groups
from retain_cli.importing.body import LeftOut, blocks_of, rows_of
from retain_cli.importing.shape import Shape

NAMES = ["Customer", "Date", "Amount"]
SHAPE = Shape(NAMES, 1, 1, 3, True, 0)


def read(*records: list[str], shape: Shape = SHAPE) -> tuple[list[int], list[str], list[tuple[int, str]]]:
    """The lines that are rows, what was said of those left out, and the lines refused: three ways, one answer."""
    numbered = list(enumerate(records, start=2))
    answers: list[Any] = []
    for how in ("one by one", "many at a time", "in columns"):
        left_out, refused = LeftOut(), []
        refuse = lambda record, cell, why, refused=refused: refused.append((record[0], why))  # noqa: E731
        if how == "one by one":
            lines = [line for line, _ in rows_of(numbered, shape, "f.csv", refuse, left_out)]
        else:
            some: Any = [numbered[:2], numbered[2:]] if how == "many at a time" else _columns(numbered)
            lines = [line for block in blocks_of(some, shape, "f.csv", refuse, left_out) for line in block.lines]
        answers.append((lines, left_out.said, refused))
    assert answers[0] == answers[1] == answers[2]
    return answers[0]


def _columns(numbered: list[tuple[int, list[str]]]) -> list[Any]:
    """As a workbook gives them, which is only where all are equally wide."""
    if len({len(cells) for _, cells in numbered}) > 1:
        return [numbered]
    lines, rows = zip(*numbered, strict=True)
    return [Block(lines, list(zip(*rows, strict=True)))]


ROW = ["C1", "2026-01-02", "5.00"]


@pytest.mark.parametrize(
    ("odd", "what"),
    [
        (NAMES, "the header again"),
        (["CUSTOMER", "date ", "amount"], "the header again"),
        (["---", "---", "---"], "a rule"),
        (["Total", "", "5.00"], "totals"),
        (["合计：", "", "¥5.00"], "totals"),
    ],
)
def test_what_is_no_row_is_left_out_and_said(odd: list[str], what: str) -> None:
    assert read(ROW, odd, ROW) == ([2, 4], [f"line 3 ({what})"], [])


def test_a_blank_line_is_passed_over_in_silence() -> None:
    assert read(ROW, ["", " ", ""], ROW) == ([2, 4], [], [])


def test_a_customer_called_total_is_a_row() -> None:
    assert read(ROW, ["Total", "2026-01-02", "5.00"], ROW)[0] == [2, 3, 4]


def test_words_below_a_blank_line_are_a_footer_only_where_no_row_comes_after_them() -> None:
    footer = ["Printed today"]
    assert read(ROW, ["", "", ""], footer) == ([2], ["line 4 (below the table)"], [])
    # With a row behind it, it is one that lacks cells, and not passed over.
    assert read(ROW, ["", "", ""], footer, ROW) == ([2, 5], [], [(4, "has 1 cells where the header has 3")])


def test_only_the_first_lines_left_out_are_named() -> None:
    said = read(*[ROW, NAMES] * 7)[1]
    assert said == [f"line {line} (the header again)" for line in (3, 5, 7, 9, 11)] + ["…"]


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        (["C1", "2026-01-02"], "has 2 cells where the header has 3"),
        ([*ROW, "more"], "has 4 cells where the header has 3"),
        (["C1", "", "5.00", ""], "has 4 cells where the header has 3"),
    ],
)
def test_a_row_of_another_width_is_refused(cells: list[str], refused: str) -> None:
    assert read(ROW, cells, ROW) == ([2, 4], [], [(3, refused)])


def test_empty_cells_behind_a_full_row_are_dropped() -> None:
    assert read(ROW, [*ROW, "", ""], ROW) == ([2, 3, 4], [], [])
    open_at_the_end = SHAPE._replace(closed=False)
    assert read(ROW, [*ROW, ""], shape=open_at_the_end)[2] == [(3, "has 4 cells where the header has 3")]


def test_a_row_may_lack_the_cells_of_columns_without_a_name() -> None:
    assert read([*ROW, "x"], ROW, shape=SHAPE._replace(names=[*NAMES, ""], width=4))[0] == [2, 3]


@pytest.mark.parametrize("in_blocks", [False, True])
def test_another_table_below_is_refused_with_its_line(in_blocks: bool) -> None:
    shape = Shape(["Customer", "Date", "Amount", "Note"], 1, 1, 4, True, 0)
    records = [(2, [*ROW, ""]), (3, ["", "", "", ""]), (4, ["Date", "Customer", "Amount", "Product"])]
    left_out = LeftOut()
    if in_blocks:
        found: Any = blocks_of(in_groups(records), shape, "f.csv", lambda *_: None, left_out)
    else:
        found = rows_of(records, shape, "f.csv", lambda *_: None, left_out)
    with pytest.raises(BadInput, match=r"f.csv:4: another table begins, with the columns Date") as refusal:
        list(found)
    assert refusal.value.code == "second-table"
