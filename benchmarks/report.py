"""Each section of the report against its own questions put to the same base by `sqlite3`; and the page's size."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Command, in_turn, row
from report_records import TODAY
from retain_cli.registry import members
from retain_cli.report import sections as family
from retain_cli.report.sections import prediction

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "100000"))
PURCHASES = int(os.environ.get("BENCH_PURCHASES", "1000000"))
VISITS = 3 * CUSTOMERS
LARGEST_PAGE = 1_000_000


def rows(rounds: int = 3) -> list[str]:
    """A line of the table for each section, one for the page, and the page's size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = folder / "shop.db"
        words = [sys.executable, str(Path(__file__).with_name("report_base.py")), str(base)]
        subprocess.run([*words, str(CUSTOMERS), str(PURCHASES), str(VISITS)], check=True)
        lines = [_section(folder, base, name, rounds) for name in _sections()]
        page = folder / "report.html"
        taken = in_turn({"page": Command([*_report(base), "-f", "html"]), "all": Command(_report(base))}, rounds)
        subprocess.run([*_report(base), "-f", "html", "-o", str(page)], check=True, capture_output=True)
        size = page.stat().st_size
        if size >= LARGEST_PAGE:
            sys.exit(f"the page has {size:,} bytes")
        lines.append(
            row(f"`retain report -f html`, {size:,} bytes", taken["page"], "as a table", taken["all"], "< 1 MB")
        )
    return lines


def _sections() -> list[str]:
    """Those that ask of the base; `prediction` shows the one row that a backtest left."""
    ordered = sorted(members(family), key=lambda one: one.ORDER)
    return [member.__name__.rpartition(".")[2] for member in ordered if member is not prediction]


def _report(base: Path, *sections: str) -> list[str]:
    return ["retain", "report", *sections, "--db", str(base), "--today", TODAY.isoformat()]


def _section(folder: Path, base: Path, name: str, rounds: int) -> str:
    script = folder / f"{name}.sql"
    words = [sys.executable, str(Path(__file__).with_name("report_questions.py")), str(base), name]
    with script.open("wb") as lines:
        subprocess.run(words, check=True, stdout=lines)
    bare = ["sqlite3", "-batch", str(base), f".read {script}"]
    taken = in_turn({"section": Command([*_report(base, name), "-f", "json"]), "bare": Command(bare)}, rounds)
    return row(f"`retain report {name}`", taken["section"], "its questions, by `sqlite3`", taken["bare"], "≤ 3")


if __name__ == "__main__":
    print("\n".join(rows()))
