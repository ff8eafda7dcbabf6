"""Which column of a file is which of a table: as the export writes them, by one list for every table."""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NamedTuple

from retain_cli.exporting.asked import AS_KEPT
from retain_cli.exporting.records import AMOUNTS
from retain_cli.exporting.tables import customers, purchases, visits
from retain_cli.model.name import search_key
from retain_cli.model.shape import shape
from retain_cli.store.tables import IMPORTED, RECORDS, SAYS_WHO

_MEMBERS: dict[str, ModuleType] = {"customers": customers, "purchases": purchases, "visits": visits}

_FOR_READERS = {
    "purchases": ("external_id", "phone", "email"),
    "visits": ("external_id", "phone", "email", "service"),
}
"""What a number in the same row, or `visit-services`, says for a restore; an import goes by these."""


class Layout(NamedTuple):
    """A file: its table, all its columns, and which of them are columns of the table."""

    table: str
    columns: tuple[str, ...]
    kept_as: dict[str, str]
    """The column of the table for each column of the file that is one as it stands."""
    amounts: dict[str, str]
    """The same for those that are amounts; their currency is the row's, or else the shop's."""
    taken_apart: Mapping[str, Callable[[str], dict[str, Any]]]
    """Columns of texts that something else of the table is worked out from."""

    def called(self, column: str) -> str:
        """What a column of the table is called in the file."""
        return next((name for name, of in (self.kept_as | self.amounts).items() if of == column), column)


def layout(name: str) -> Layout:
    """How the files of a table are laid out, by what the table is called outside."""
    if name in IMPORTED:
        return _pretty(name, IMPORTED[name])
    table = RECORDS[name]
    columns = {column: column for column in shape(table).columns}
    readers = SAYS_WHO if "customer_id" in columns else ()
    return _layout(table, (*columns, *readers), columns, {})


def _pretty(name: str, table: str) -> Layout:
    member = _MEMBERS[name]
    apart = _TAKEN_APART.get(name, {})
    has = shape(table).columns
    by_itself = [one for one in member.COLUMNS if one in has and one not in _FOR_READERS.get(name, ())]
    kept = {AS_KEPT + column: column for column in member.KEPT}
    return _layout(table, (*member.COLUMNS, *kept), {one: one for one in by_itself} | kept, apart)


def _layout(
    table: str,
    columns: tuple[str, ...],
    kept: dict[str, str],
    apart: Mapping[str, Callable[[str], dict[str, Any]]],
) -> Layout:
    of = shape(table).columns
    amounts = {name: one for name, one in kept.items() if one in AMOUNTS and of[one].kind == "whole"}
    plain = {name: one for name, one in kept.items() if name not in amounts}
    return Layout(table, columns, plain, amounts, apart)


def _name(cell: str) -> dict[str, Any]:
    return {"search_key": search_key(cell)}


def _birthday(cell: str) -> dict[str, Any]:
    from retain_cli.importing.cells.birthdays import birthday

    if not cell:
        return dict.fromkeys(("birth_month", "birth_day", "birth_year", "birth_calendar", "birth_leap_month"), None)
    said = birthday(cell)
    return {
        "birth_month": said.month,
        "birth_day": said.day,
        "birth_year": said.year,
        "birth_calendar": "lunar" if said.calendar == "lunar" else None,
        "birth_leap_month": said.leap_month or None,
    }


_TAKEN_APART: dict[str, dict[str, Callable[[str], dict[str, Any]]]] = {
    "customers": {"name": _name, "birthday": _birthday}
}
