"""What the columns of a table may hold, as its model says."""

import re
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Boolean, CheckConstraint, Date, Float, Integer, Table
from sqlmodel import SQLModel

from retain_cli.model.tables import metadata

_BETWEEN = re.compile(r"between (\d+) and (\d+)")
_WORDS = re.compile(r"'([^']*)'")


class Column(NamedTuple):
    """One column: its kind (`day`, `whole`, `number`, `flag` or `text`), and the borders of what it may hold."""

    name: str
    kind: str
    required: bool
    is_link: bool = False
    """Whether it is the number of a row, its own or another's."""
    at_least: float | None = None
    at_most: float | None = None
    shortest: int = 0
    longest: int | None = None


class Check(NamedTuple):
    """A rule of the table as a whole: the columns it is about, and what it says of a row that breaks it."""

    columns: tuple[str, ...]
    why: str


class Shape(NamedTuple):
    """A table: its columns by name, its rules by name, and the columns of its key."""

    columns: dict[str, Column]
    checks: dict[str, Check]
    key: tuple[str, ...]


@cache
def shape(table: str) -> Shape:
    """The shape of a table of the schema."""
    declared = metadata().tables[table]
    model = next(mapper.class_ for mapper in SQLModel._sa_registry.mappers if mapper.class_.__tablename__ == table)
    return Shape(
        {column.name: _column(column, model) for column in declared.columns},
        _checks(declared),
        tuple(column.name for column in declared.primary_key.columns),
    )


def _column(column: Any, model: type[SQLModel]) -> Column:
    borders = model.model_fields[column.key].metadata

    def border(name: str) -> Any:
        return next((getattr(one, name) for one in borders if getattr(one, name, None) is not None), None)

    kind = next((kind for of, kind in _KINDS if isinstance(column.type, of)), "text")
    return Column(
        column.name,
        kind,
        not column.nullable,
        kind == "whole" and (column.primary_key or bool(column.foreign_keys)),
        border("ge"),
        border("le"),
        border("min_length") or 0,
        border("max_length"),
    )


_KINDS = ((Boolean, "flag"), (Integer, "whole"), (Float, "number"), (Date, "day"))


def _checks(table: Table) -> dict[str, Check]:
    found = {}
    for one in table.constraints:
        if isinstance(one, CheckConstraint):
            said = str(one.sqltext)
            words = set(re.findall(r"\w+", _WORDS.sub("", said)))
            about = tuple(column.name for column in table.columns if column.name in words)
            found[str(one.name)] = Check(about, _why(said, about, str(one.name)))
    return found


def _why(said: str, about: tuple[str, ...], name: str) -> str:
    if len(about) == 1 and (borders := _BETWEEN.search(said)):
        of = " characters" if "length(" in said else ""
        return f"not from {borders[1]} to {borders[2]}{of}"
    if len(about) == 1 and "between" not in said and (words := _WORDS.findall(said)):
        return f"not one of {', '.join(words)}"
    return f"does not fit: {name.replace('_', ' ')}"
