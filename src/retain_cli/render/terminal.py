"""Documents for a person: Rich tables that wrap, and are cut nowhere; records where a table would not fit."""

from collections.abc import Sequence
from typing import IO, Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from retain_cli.document import Block, Chart, Document, Figures, Heading, Note, Table
from retain_cli.render.safe import safe
from retain_cli.render.words import words

WIDE = 80
"""Columns that are enough for every table of the program."""

_WIDTH_OF_A_DAY = 10


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Hand the error on; Rich would end the process with 1."""
        raise BrokenPipeError


def write(document: Document, stream: IO[str]) -> None:
    """Write every block of the document to the stream."""
    draw(document, _Console(file=stream, markup=False, emoji=False, highlight=False, soft_wrap=False))


def draw(document: Document, console: Console) -> None:
    """The same on a console that is there already, such as one that records a picture."""
    before: Block | None = None
    for block in document.blocks:
        after_table = isinstance(before, Table) and not before.lines_between
        if before is not None and (after_table or not isinstance(block, Note)):
            console.print()
        _block(console, block)
        before = block


def _block(console: Console, block: Block) -> None:
    match block:
        case Note():
            console.print(Text(safe(block.text)))
        case Heading():
            console.print(Text(safe(block.title), style="bold underline"))
            console.print(Text(safe(block.sentence), style="dim"))
        case Figures():
            _title(console, block.title)
            grid = _grid()
            for name, value in block.pairs:
                grid.add_row(Text(safe(name), style="dim"), _cell(value))
            console.print(grid)
        case Table():
            _title(console, block.title)
            if console.width >= WIDE or _narrowest(block) <= console.width:
                console.print(_table(block))
            else:
                _records(console, block)

        case Chart():
            _title(console, block.title)
            from retain_cli.render.charts.characters import in_characters

            drawing = in_characters(block)
            grid = _grid(*drawing.aligns)
            for row in drawing.rows:
                grid.add_row(*(Text(safe(cell)) for cell in row))
            console.print(grid)
            if drawing.legend:
                console.print(Text(safe(drawing.legend), style="dim"))


def _narrowest(block: Table) -> int:
    """How wide the table has to be for each column to show at least a day without folding it."""
    width = 3 * len(block.columns) + 1 if block.lines_between else 2 * (len(block.columns) - 1)
    for number, column in enumerate(block.columns):
        cells = [column.title, *(_cell(row[number]).plain for row in block.rows)]
        longest = max(cell_len(line) for cell in cells for line in (cell.splitlines() or [""]))
        width += min(longest, _WIDTH_OF_A_DAY) if column.wraps else longest
    return width


def _records(console: Console, block: Table) -> None:
    """The rows one under the other, each with its titles, where they are too wide for a table."""
    for number, row in enumerate(block.rows):
        if number:
            console.print()
        grid = _grid()
        for column, value in zip(block.columns, row, strict=True):
            if not (cell := _cell(value)):
                continue
            if column.title:
                grid.add_row(Text(safe(column.title), style="dim"), cell)
            else:
                # A grade, or a number to name it by, needs no title and heads the record.
                cell.stylize("bold")
                console.print(cell)
        console.print(grid)


def _grid(*aligns: str) -> RichTable:
    grid = RichTable.grid(padding=(0, 2) if not aligns else (0, 1))
    for align in aligns or ("left", "left"):
        grid.add_column(overflow="fold", justify="right" if align == "right" else "left")
    return grid


def _table(block: Table) -> RichTable:
    from rich import box

    table = RichTable(
        box=box.ROUNDED if block.lines_between else box.SIMPLE_HEAD,
        show_lines=block.lines_between,
        show_edge=block.lines_between,
        header_style="bold",
        padding=(0, 1) if block.lines_between else (0, 1, 0, 0),
        pad_edge=block.lines_between,
    )
    for column in block.columns:
        table.add_column(
            Text(safe(column.title)),
            justify="right" if column.align == "right" else "left",
            no_wrap=not column.wraps,
            overflow="fold",
        )
    for row in block.rows:
        table.add_row(*map(_cell, row))
    return table


def _title(console: Console, title: str) -> None:
    if title:
        console.print(Text(safe(title), style="bold"))


def _cell(value: Any) -> Text:
    """A cell; a list is several lines of it, the first of them standing out."""
    if isinstance(value, list):
        return _lines(value)
    return Text(safe(words(value)))


def _lines(values: Sequence[Any]) -> Text:
    lines = [safe(words(value)) for value in values if value not in (None, "")]
    text = Text("\n".join(lines))
    if lines:
        text.stylize("bold", 0, len(lines[0]))
    return text
