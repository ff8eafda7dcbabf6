"""Run every benchmark and write the table of docs/performance.md."""

import os
import platform
import sqlite3
import sys
from datetime import date
from pathlib import Path

import advise
import due
import import_and_classify
import predict
import report
import startup
import workbook

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- measured by make bench -->", "<!-- end of what was measured -->"
HEAD = """| what | against | ratio, clock | ratio, processor | aim | retain | the other |
| --- | --- | --- | --- | --- | --- | --- |"""


def main() -> None:
    """Measure, print, and put the table into the page."""
    lines = [HEAD]
    for benchmark in (startup, due, import_and_classify, workbook, predict, advise, report):
        for line in benchmark.rows():
            print(line, flush=True)
            lines.append(line)
    table = "\n".join([BEGIN, "", *lines, "", _machine(), "", END])
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(before + table + rest.partition(END)[2], encoding="utf-8")


def _machine() -> str:
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return (
        f"Measured on {date.today()} with `make bench`: {os.cpu_count()} cores of {cpu}, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}."
    )


if __name__ == "__main__":
    sys.exit(main())
