"""The list of the day: against `sqlite-utils rows` of the same rows, and on a base a thousand times as large."""

import csv
import io
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from due_base import TODAY, make
from measure import Command, in_turn, row

DUE = 40
LARGE = int(os.environ.get("BENCH_CUSTOMERS", "1000000"))


def rows(rounds: int = 11) -> list[str]:
    """The two lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        small, large, same = (Path(folder) / name for name in ("small.db", "large.db", "same.db"))
        make(small, 1_000, DUE)
        make(large, LARGE, DUE)
        _same_rows(small, same)
        taken = in_turn(
            {
                "small": Command(_due(small)),
                "sqlite-utils": Command(["sqlite-utils", "rows", str(same), "due", "--table"]),
                "large": Command(_due(large)),
            },
            rounds,
        )
    return [
        row(
            f"`retain due`, 1,000 customers, {DUE} due",
            taken["small"],
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
    ]


def _due(path: Path) -> list[str]:
    return ["retain", "due", "--db", str(path), "--today", TODAY.isoformat()]


def _same_rows(source: Path, target: Path) -> None:
    """What `retain due` lists, as a table of its own."""
    listed = subprocess.run([*_due(source), "-f", "csv"], capture_output=True, text=True, check=True).stdout
    header, *lines = csv.reader(io.StringIO(listed))
    if len(lines) != DUE:
        sys.exit(f"{len(lines)} are due, not {DUE}")
    connection = sqlite3.connect(target)
    connection.execute(f"create table due ({', '.join(f'[{name}]' for name in header)})")
    connection.executemany(f"insert into due values ({', '.join('?' * len(header))})", lines)
    connection.commit()
    connection.close()


if __name__ == "__main__":
    print("\n".join(rows()))
