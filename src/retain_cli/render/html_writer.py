"""Documents for a browser: one page that holds all it needs, loads nothing and lets nothing that came in run."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from retain_cli.document import Block, Chart, Column, Document, Heading, Rate, Table
from retain_cli.model.money import Money, decimals
from retain_cli.render.charts.bars import bars
from retain_cli.render.charts.heat import STEPS, heat
from retain_cli.render.charts.lines import WIDE, lines
from retain_cli.render.safe import safe
from retain_cli.render.words import words

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_ROWS = 300
"""Rows of a table that are shown; a page of 20,000 names helps nobody, and no phone opens it."""

MOST_LETTERS = 3_000
"""Letters of a sentence that are shown: one that lists 20,000 names is cut between two of them."""

_SHAPES = {"bars": bars, "heat": heat, "lines": lines, "curve": lines}


class Part(NamedTuple):
    """A heading with the blocks up to the next; `name` is its anchor."""

    name: str
    heading: Heading | None
    blocks: list[Block]


class Shown(NamedTuple):
    """A cell: its words, and what it is sorted by."""

    words: list[str]
    key: str
    is_number: bool


def write(document: Document, stream: IO[str], *, today: date) -> None:
    """Write the document as one HTML page.

    Every value is escaped, and what a browser or a reader could be misled by is written out. The page carries a
    policy under which only its own style and its own script, known by their hashes, are obeyed.
    """
    style, script = _text("page.css"), _text("page.js")
    page = _environment().get_template("page.html.j2")
    stream.write(
        page.render(
            title=document.title or "retain",
            today=today,
            parts=_parts(document.blocks),
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )


def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # Said by hand: what Jinja chooses by itself skips names that end in .j2.
    environment = Environment(
        loader=PackageLoader("retain_cli.render", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters |= {
        "words": words,
        "cells": _cells,
        "figures": _figures,
        "shapes": _shapes,
        "short": _short,
    }
    environment.globals |= {"most_rows": MOST_ROWS, "wide": WIDE, "shades": STEPS, "kind": _kind}
    return environment


def _finalize(value: Any) -> Any:
    """What is put into the page, before it is escaped: no text with controls or hidden direction marks."""
    return value if hasattr(value, "__html__") else safe(str(value))


def _text(name: str) -> str:
    return files("retain_cli.render").joinpath("page", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _parts(blocks: Sequence[Block]) -> list[Part]:
    parts = [Part("top", None, [])]
    for block in blocks:
        if isinstance(block, Heading):
            parts.append(Part(f"part-{len(parts)}", block, []))
        else:
            parts[-1].blocks.append(block)
    return parts


def _short(sentence: str) -> str:
    if len(sentence) <= MOST_LETTERS:
        return sentence
    kept, comma, _ = sentence[:MOST_LETTERS].rpartition(", ")
    return f"{kept if comma else sentence[:MOST_LETTERS]} … and more; retain report -f csv has them all."


def _kind(block: Block) -> str:
    return type(block).__name__.lower()


def _shapes(chart: Chart) -> Any:
    return _SHAPES[chart.kind](chart)


def _cells(row: Sequence[Any]) -> list[Shown]:
    return [_shown(value) for value in row]


def _shown(value: Any) -> Shown:
    if isinstance(value, list):
        lines_of_cell = [words(one) for one in value if one not in (None, "")]
        return Shown(lines_of_cell, " ".join(lines_of_cell), False)
    if isinstance(value, Rate):
        key = value.value if value.value is not None else -1
        return Shown([words(value)], f"{key:.6f}", True)
    if isinstance(value, Money):
        return Shown([words(value)], f"{value.minor / 10 ** decimals(value.currency):.4f}", True)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Shown([words(value)], f"{value:.10g}", True)
    text = words(value)
    number = _leading_number(text)
    return Shown([text], text if number is None else number, number is not None)


def _leading_number(text: str) -> str | None:
    """The number of a cell that is one with a percent sign behind it."""
    number = text.removesuffix("%")
    return number if number != text and number.replace(".", "", 1).lstrip("-").isdecimal() else None


def _figures(chart: Chart) -> Table:
    """The figures of a chart as a table, for whoever does not see it or wants to know exactly."""
    across = chart.kind == "heat"
    names = chart.labels if across else [series.name for series in chart.series]
    rows: list[list[Any]] = (
        [[series.name, *series.values] for series in chart.series]
        if across
        else [
            [label, *(series.values[n] for series in chart.series), *(chart.ends[n : n + 1])]
            for n, label in enumerate(chart.labels)
        ]
    )
    columns = [Column(""), *(Column(name, "right") for name in names)]
    if chart.ends and not across:
        columns.append(Column("in all", "right"))
    return Table(columns, rows)
