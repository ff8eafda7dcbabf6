"""Cells of an export into what the database keeps; ValueError says what is wrong with one."""

import re
from collections.abc import Callable
from datetime import date
from math import isfinite
from typing import Any

from retain_cli.model.money import TOO_LARGE, minor_units
from retain_cli.model.shape import Column
from retain_cli.render.safe import storable

HIGHEST_NUMBER = 2**53
"""Of a row; beyond it the database could give no further number, and JSON is not exact."""

_LARGEST = 2**63 - 1
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_NUMBER = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?(e[+-]?[0-9]{1,3})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NO_TEXT = re.compile("[\ud800-\udfff]")

Reader = Callable[[Any], Any]
"""Makes of a cell what is kept; None stays None."""


def reader(column: Column, *, csv: bool) -> Reader:
    """What reads a cell of this column; an empty cell of CSV is absent, but for a text that has to be there."""
    kind = _currency if column.name == "currency" else _KINDS[column.kind]
    lowest = column.at_least if column.at_least is not None else 1 if column.is_link else None
    highest = column.at_most if column.at_most is not None else HIGHEST_NUMBER if column.is_link else None

    def read(cell: Any) -> Any:
        if cell is None or (cell == "" and csv and not (column.kind == "text" and column.required)):
            if column.required:
                raise ValueError("has to be there")
            return None
        value: Any = kind(cell)
        if column.kind == "text":
            if len(value) < column.shortest:
                raise ValueError("has to be there")
            if column.longest is not None and len(value) > column.longest:
                raise ValueError(f"longer than {column.longest:,} characters")
        elif lowest is not None and value < lowest:
            raise ValueError(f"less than {lowest}")
        elif highest is not None and value > highest:
            raise ValueError(f"more than {highest}")
        return value

    return read


def amount(cell: Any, currency: str) -> int:
    """The minor units of an amount such as `1234.50`, or `1234.50 CNY`."""
    if not isinstance(cell, str):
        raise ValueError("not an amount in quotes, such as 1234.50")
    plain, _, said = cell.partition(" ")
    if said and said != currency:
        raise ValueError(f"not in {currency}")
    try:
        units = minor_units(plain, currency)
    except ValueError as problem:
        if str(problem) == TOO_LARGE:
            raise
        raise ValueError(f"not an amount of {currency} such as 1234.50") from None
    return _within(units)


def _text(cell: Any) -> str:
    if not isinstance(cell, str):
        raise ValueError("not a text")
    if not cell.isascii() and _NO_TEXT.search(cell):
        raise ValueError("not in UTF-8")
    # As an export writes them: nothing that a terminal would obey comes in.
    return storable(cell)


def _currency(cell: Any) -> str:
    if not isinstance(cell, str) or not _CURRENCY.fullmatch(cell):
        raise ValueError("not a currency such as EUR")
    return cell


def _day(cell: Any) -> str:
    try:
        if isinstance(cell, str) and date.fromisoformat(cell).isoformat() == cell and cell >= "1000":
            return cell
    except ValueError:
        pass
    raise ValueError("not a day such as 2026-11-23")


def _whole(cell: Any) -> int:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return _within(cell)
    if isinstance(cell, str) and _WHOLE.fullmatch(cell):
        return _within(int(cell))
    raise ValueError("not a whole number")


def _within(number: int) -> int:
    if not -_LARGEST <= number <= _LARGEST:
        raise ValueError("too large")
    return number


def _number(cell: Any) -> float:
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if is_number or (isinstance(cell, str) and _NUMBER.fullmatch(cell)):
        try:
            number = float(cell)
        except OverflowError:
            number = float("inf")
        if isfinite(number):
            return number
    raise ValueError("not a number")


def _flag(cell: Any) -> int:
    if cell in ("1", "true", True):
        return 1
    if cell in ("0", "false", False):
        return 0
    raise ValueError("neither true nor false")


_KINDS: dict[str, Reader] = {
    "text": _text,
    "day": _day,
    "whole": _whole,
    "number": _number,
    "flag": _flag,
}
