"""The list of an export's files, from which a restore knows whether all of them are there, and whole."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from retain_cli.exporting.asked import Record
from retain_cli.store.tables import IMPORTED, RECORDS

CONTENTS = "contents"
"""What its file is called, but for the ending."""

COLUMNS = ("table", "file", "rows", "last_number")


def entries(files: Sequence[Mapping[str, Any]], last_numbers: Mapping[str, int]) -> Iterator[Record]:
    """A row for each file: its table, how many rows it has, and the last number that its table ever gave to one.

    Only tables that never give a number twice have a last number.
    """
    for one in files:
        table = (IMPORTED | RECORDS)[one["table"]]
        name = Path(one["file"]).name
        yield {"table": one["table"], "file": name, "rows": one["rows"], "last_number": last_numbers.get(table)}
