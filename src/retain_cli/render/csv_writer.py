"""Documents for a spreadsheet or a script: one header line and one line a record."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from typing import IO, Any

from retain_cli.document import Document, Rate
from retain_cli.formula import neutralise
from retain_cli.model.money import Money
from retain_cli.render.safe import safe, storable


def write(document: Document, stream: IO[str]) -> None:
    """Write the document's records; what is nested in one becomes columns `outer_inner`, lists join with `; `.

    The columns are those of the header, whatever the rows have, so that a script finds them where it did before.
    """
    records = document.records
    if records is None:
        records = document.data if isinstance(document.data, list) else [document.data]
    flat = [dict(_flat(record)) for record in records]
    names = _columns(document.header, flat)
    on_terminal = stream.isatty()
    writer = csv.writer(stream, lineterminator="\n")
    if names:
        writer.writerow(names)
    for record in flat:
        cells_of_row = (neutralise(record.get(name, "")) for name in names)
        # A file keeps what an import takes, so that it can come back; a terminal would obey some of that too.
        writer.writerow(map(safe if on_terminal else storable, cells_of_row))


def _columns(header: Sequence[str], flat: list[dict[str, str]]) -> list[str]:
    """The header, then what else the rows have, but for what is absent and several columns where it is not."""
    parts = [name.split("_") for name in header]
    outer = {"_".join(words[:count]) for words in parts for count in range(1, len(words))}
    told = (name for record in flat for name, text in record.items() if text or name not in outer)
    return list(dict.fromkeys([*header, *told]))


def _flat(record: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    cells: list[tuple[str, str]] = []
    for key, value in record.items():
        name = prefix + key
        if isinstance(value, Money):
            cells += [(name, value.plain()), (f"{name}_currency", value.currency)]
        elif isinstance(value, Rate):
            cells += [
                (f"{name}_numerator", str(value.numerator)),
                (f"{name}_denominator", str(value.denominator)),
            ]
        elif isinstance(value, Mapping):
            cells += _flat(value, f"{name}_")
        elif isinstance(value, list):
            cells.append((name, "; ".join(map(cell, value))))
        else:
            cells.append((name, cell(value)))
    return cells


def cell(value: Any) -> str:
    """One value as a cell, exactly; nothing for an absent one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return f"{value.plain()} {value.currency}"
    if isinstance(value, Mapping):
        return " ".join(filter(None, (cell(item) for item in value.values())))
    return str(value)
