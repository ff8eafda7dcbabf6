"""The list of the day: against `sqlite-utils rows` of the same rows, and on a base a thousand times as large."""

import csv
import io
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from due_base import TODAY
from measure import Command, in_turn, row

FIRST_LIST = 20
"""What a base of 1,000 customers has on its first morning, by the shop's usual capacity."""
DUE = 40
BACKLOG = int(os.environ.get("BENCH_BACKLOG", "100000"))
LARGE = int(os.environ.get("BENCH_CUSTOMERS", "1000000"))


def rows(rounds: int = 11) -> list[str]:
    """The three lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        names = ("first", "same", "small", "large", "backlog")
        first, same, small, large, backlog = (Path(folder) / f"{name}.db" for name in names)
        sizes = ((first, 1_000, FIRST_LIST), (small, 1_000, DUE), (large, LARGE, DUE), (backlog, LARGE, BACKLOG))
        for path, customers, due in sizes:
            _make(path, customers, due)
        _same_rows(first, same)
        taken = in_turn(
            {
                "first": Command(_due(first)),
                "sqlite-utils": Command(["sqlite-utils", "rows", str(same), "due", "--table"]),
                "small": Command(_due(small)),
                "large": Command(_due(large)),
                "backlog": Command([*_due(backlog), "--limit", "20"]),
            },
            rounds,
        )
    return [
        row(
            f"`retain due`, 1,000 customers, {FIRST_LIST} due",
            taken["first"],
            "`sqlite-utils rows` of the same rows",
            taken["sqlite-utils"],
            "≤ 1.0",
        ),
        row(
            f"`retain due`, {LARGE:,} customers, {DUE} due",
            taken["large"],
            "the same on 1,000",
            taken["small"],
            "≤ 3",
        ),
        row(
            f"`retain due --limit 20`, {LARGE:,} customers, {BACKLOG:,} due",
            taken["backlog"],
            f"`retain due`, 1,000 customers, {DUE} due",
            taken["small"],
            "< 10",
        ),
    ]


def _make(path: Path, customers: int, due: int) -> None:
    """In a process of its own, whose memory is not counted as that of the commands it starts."""
    words = [sys.executable, str(Path(__file__).parent / "due_base.py"), str(path), str(customers), str(due)]
    subprocess.run(words, check=True)


def _due(path: Path) -> list[str]:
    return ["retain", "due", "--db", str(path), "--today", TODAY.isoformat()]


def _same_rows(source: Path, target: Path) -> None:
    """What `retain due` lists, as a table of its own."""
    listed = subprocess.run([*_due(source), "-f", "csv"], capture_output=True, text=True, check=True).stdout
    header, *lines = csv.reader(io.StringIO(listed))
    if len(lines) != FIRST_LIST:
        sys.exit(f"{len(lines)} are due, not {FIRST_LIST}")
    connection = sqlite3.connect(target)
    connection.execute(f"create table due ({', '.join(f'[{name}]' for name in header)})")
    connection.executemany(f"insert into due values ({', '.join('?' * len(header))})", lines)
    connection.commit()
    connection.close()


if __name__ == "__main__":
    print("\n".join(rows()))
