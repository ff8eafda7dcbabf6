"""Documents for a person: tables that wrap and are cut nowhere, or records where a table would not fit."""

import io

import pytest

from retain_cli.document import Column, Document, Figures, Heading, Note, Table
from retain_cli.render import terminal

COLUMNS = [Column("Name"), Column("Phone", wraps=False), Column("Amount", "right"), Column("Day")]
ROWS = [("Wang Fang", "+8613800138001", "12,300.00", "2026-11-23"), ("Li", None, "5.00", None)]


def shown(monkeypatch, width, *blocks):
    monkeypatch.setenv("COLUMNS", str(width))
    stream = io.StringIO()
    terminal.write(Document(None, list(blocks)), stream)
    return stream.getvalue()


def test_a_table_has_its_titles_and_rows(monkeypatch):
    lines = shown(monkeypatch, 80, Table(COLUMNS, ROWS, "Customers")).splitlines()
    assert lines[0] == "Customers"
    assert lines[1].split() == ["Name", "Phone", "Amount", "Day"]
    assert lines[3].split() == ["Wang", "Fang", "+8613800138001", "12,300.00", "2026-11-23"]
    assert lines[4].split() == ["Li", "5.00"]


@pytest.mark.parametrize("width", [10, 20, 30, 40])
@pytest.mark.parametrize("boxed", [False, True])
def test_where_a_table_would_lose_a_column_the_rows_are_records(monkeypatch, width, boxed):
    text = shown(monkeypatch, width, Table(COLUMNS, ROWS, "Customers", lines_between=boxed))
    together = "".join(text.split())
    for word in ("WangFang", "12,300.00", "Li", "5.00"):
        assert all(character in together for character in word)
    if width >= 24:
        for line in ("Name    Wang Fang", "Phone   +8613800138001", "Day     2026-11-23"):
            assert line in text
        assert text.count("Phone") == 1, "an empty cell needs no line"


def test_a_cell_without_a_title_heads_its_record(monkeypatch):
    columns = [Column("", wraps=False), *COLUMNS]
    lines = shown(monkeypatch, 24, Table(columns, [("A", *ROWS[0]), (None, *ROWS[1])])).splitlines()
    assert [line.strip() for line in lines[:2]] == ["A", "Name    Wang Fang"]
    assert [line.strip() for line in lines[-3:]] == ["", "Name    Li", "Amount  5.00"]


def test_a_table_that_fits_stays_one_on_a_narrow_screen(monkeypatch):
    assert "│" in shown(monkeypatch, 40, Table(COLUMNS[:2], [row[:2] for row in ROWS], lines_between=True))


def test_an_empty_table_shows_its_titles_on_any_screen(monkeypatch):
    for width in (20, 80):
        shown(monkeypatch, width, Table(COLUMNS, []))


def test_a_cell_of_several_lines_keeps_them(monkeypatch):
    text = shown(monkeypatch, 80, Table(COLUMNS[:1], [(["first", None, "", "second"],)]))
    assert [line.strip() for line in text.splitlines()[2:]] == ["first", "second"]


def test_whatever_is_written_passes_the_boundary(monkeypatch):
    evil = "\x1b[2J[bold]x[/] :ring:"
    kept = "\\x1b[2J[bold]x[/] :ring:"
    blocks = [
        Note(evil),
        Heading(evil, evil),
        Figures([(evil, evil)], evil),
        Table([Column(evil)], [(evil,)], evil),
    ]
    for block, times in zip(blocks, (1, 2, 3, 3), strict=True):
        for width in (100, 30):
            text = shown(monkeypatch, width, block)
            assert "\x1b" not in text
            assert "".join(text.split()).count("".join(kept.split())) == times or width == 30


def test_blocks_stand_apart_and_notes_close_to_what_they_note(monkeypatch):
    text = shown(monkeypatch, 80, Note("first"), Note("second"), Figures([("a", 1)]), Note("third"))
    assert [line.strip() for line in text.splitlines()] == ["first", "second", "", "a  1", "third"]
