"""Importing purchases from a workbook, against python-calamine that only reads it."""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from measure import Command, in_turn, row
from shop import LAST_DAY, write_purchases

PURCHASES = int(os.environ.get("BENCH_WORKBOOK", "200000"))

_BARE = """
import sys
from python_calamine import CalamineWorkbook
for _ in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows():
    pass
"""


def rows(rounds: int = 3) -> list[str]:
    """The line of the table."""
    with tempfile.TemporaryDirectory() as name:
        file, database = Path(name) / "purchases.xlsx", Path(name) / "ours.db"
        # In a process of its own, whose memory is not counted as that of the commands it starts.
        subprocess.run([sys.executable, __file__, str(file)], check=True)
        ours = ["retain", "import", str(file), "--db", str(database), "--today", LAST_DAY.isoformat()]
        taken = in_turn(
            {
                "retain": Command(ours, _without(database)),
                "bare": Command([sys.executable, "-c", _BARE, str(file)]),
            },
            rounds,
        )
    what = f"`retain import` of a workbook, {PURCHASES:,} purchases of {PURCHASES // 10:,} customers"
    return [row(what, taken["retain"], "python-calamine only reading its rows", taken["bare"], "≤ 2")]


def write_workbook(path: Path, purchases: int) -> None:
    """The shop's purchases as a spreadsheet holds them, days as days and numbers as numbers; a stream."""
    from xlsxwriter import Workbook

    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "purchases.csv"
        write_purchases(text, purchases, purchases // 10)
        with (
            Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book,
            text.open(encoding="utf-8", newline="") as file,
        ):
            sheet = book.add_worksheet()
            lines = csv.reader(file)
            sheet.write_row(0, 0, next(lines))
            for number, (order, day, customer, product, category, quantity, amount) in enumerate(lines, start=1):
                sheet.write_row(
                    number,
                    0,
                    [order, date.fromisoformat(day), customer, product, category, int(quantity), float(amount)],
                )


def _without(path: Path) -> Callable[[], None]:
    return lambda: path.unlink(missing_ok=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write_workbook(Path(sys.argv[1]), PURCHASES)
    else:
        print("\n".join(rows()))
