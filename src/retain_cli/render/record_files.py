"""Records as they are taken elsewhere: CSV that an import reads back, or a JSON object a line."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from retain_cli.formula import neutralise
from retain_cli.render.csv_writer import cell
from retain_cli.render.json_writer import one_line
from retain_cli.render.safe import storable

ENDINGS = {"csv": ".csv", "json": ".jsonl"}


def write_records(form: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], stream: IO[str]) -> int:
    """Write the rows as `csv` or `json`, and say how many there were."""
    return (_json_lines if form == "json" else _csv)(columns, rows, stream)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], stream: IO[str]) -> int:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_written(row[name]) for name in columns])
        count += 1
    return count


def _written(value: Any) -> str:
    # Numbers of rows are a third of all cells, and no spreadsheet obeys one.
    if type(value) is int:
        return str(value)
    return "" if value is None else storable(neutralise(cell(value)))


def _json_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], stream: IO[str]) -> int:
    count = 0
    for row in rows:
        stream.write(one_line({name: row[name] for name in columns}) + "\n")
        count += 1
    return count
