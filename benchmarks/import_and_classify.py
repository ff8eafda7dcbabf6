"""Importing purchases and grading their customers, against SQLite's own tools and sqlite-utils."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measure import Command, Taken, in_turn, row
from shop import LAST_DAY

PURCHASES = int(os.environ.get("BENCH_PURCHASES", "1000000"))

# The columns, the unique key and the kinds of retain's own table; the customer stands by the id the file has.
_PEER = """
create table purchase (
    order_number text not null, bought_on text not null, customer_id text not null, product text not null,
    category text not null, quantity real not null, amount real not null
);
create unique index purchase_line on purchase (customer_id, bought_on, amount, order_number, product);
.mode csv
.import --skip 1 {file} purchase
"""
_WINDOW_QUERY = """
with bought as (
    select customer_id, sum(amount) as net from purchase
    where bought_on > date('{day}', '-24 months') and bought_on <= '{day}' and currency = 'CNY'
    group by customer_id
),
ranked as (
    select customer_id, rank() over (order by net desc) as place, count(*) over () as customers from bought
)
select customer_id,
    case when place <= (customers * 20 + 99) / 100 then 'A'
        when place <= (customers * 50 + 99) / 100 then 'B' else 'C' end
from ranked;
"""


def rows(rounds: int = 3) -> list[str]:
    """The lines of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = _imports(folder, PURCHASES, rounds)
        lines += _grading(folder, rounds + 2)
        lines += _memory(folder)
    return lines


def _imports(folder: Path, purchases: int, rounds: int) -> list[str]:
    file = folder / "purchases.csv"
    _write_purchases(file, purchases, purchases // 10)
    script = folder / "peer.sql"
    script.write_text(_PEER.format(file=file), encoding="utf-8")
    taken = in_turn(
        {
            "retain": Command(_import(file, folder / "ours.db"), _without(folder / "ours.db")),
            "sqlite3": Command(["sqlite3", str(folder / "peer.db")], _without(folder / "peer.db"), script),
        },
        rounds,
    )
    other = in_turn(
        {
            "sqlite-utils": Command(
                ["sqlite-utils", "insert", str(folder / "other.db"), "purchase", str(file), "--csv",
                 "--pk", "Order Number"],
                _without(folder / "other.db"),
            )
        },
        1,
    )  # fmt: skip
    what = f"`retain import`, {purchases:,} purchases of {purchases // 10:,} customers"
    return [
        row(what, taken["retain"], "`sqlite3 .import` into the same key", taken["sqlite3"], "≤ 2.5"),
        row("the same", taken["retain"], "`sqlite-utils insert --csv --pk`", other["sqlite-utils"], "≤ 0.33"),
    ]


def _grading(folder: Path, rounds: int) -> list[str]:
    imported, graded = folder / "ours.db", folder / "graded.db"
    query = folder / "window.sql"
    query.write_text(_WINDOW_QUERY.format(day=LAST_DAY), encoding="utf-8")
    classify = ["retain", "classify", "--no-predict", "--db", str(graded), "--today", LAST_DAY.isoformat()]
    first = in_turn(
        {
            "retain": Command(classify, lambda: _copy(imported, graded)),
            "sqlite3": Command(["sqlite3", str(imported)], stdin=query),
        },
        rounds,
    )
    again = in_turn(
        {"retain": Command(classify), "sqlite3": Command(["sqlite3", str(imported)], stdin=query)}, rounds
    )
    _check(graded, query)
    peer = "the bare window query, by `sqlite3`"
    return [
        row(
            "`retain classify` on those, everyone for the first time",
            first["retain"],
            peer,
            first["sqlite3"],
            "≤ 1.0",
        ),
        row("`retain classify` again, nobody changes", again["retain"], peer, again["sqlite3"], "≤ 1.0"),
    ]


def _memory(folder: Path) -> list[str]:
    """Peak memory of imports of three sizes with the same number of customers; it must not follow the rows."""
    peaks: list[tuple[int, Taken]] = []
    for share in (10, 1):
        file = folder / "sized.csv"
        _write_purchases(file, PURCHASES // share * 3, PURCHASES // 10)
        command = Command(_import(file, folder / "sized.db"), _without(folder / "sized.db"))
        peaks.append((PURCHASES // share * 3, in_turn({"retain": command}, 1)["retain"]))
    said = ", ".join(f"{size:,} rows {taken.peak:.0f} MB" for size, taken in peaks)
    return [f"| memory of `retain import` | itself on fewer rows | | | < 200 MB, flat | {said} | |"]


def _check(graded: Path, query: Path) -> None:
    """The peer's grades are ours: a faster wrong answer is no answer."""
    connection = sqlite3.connect(graded)
    theirs = dict(connection.execute(query.read_text(encoding="utf-8")))
    ours = dict(connection.execute("select customer_id, grade from enrolment"))
    connection.close()
    if theirs != ours:
        raise SystemExit("the window query gives other grades")


def _write_purchases(path: Path, purchases: int, customers: int) -> None:
    """In a process of its own, whose memory is not counted as that of the commands it starts."""
    words = [sys.executable, str(Path(__file__).parent / "shop.py"), str(path), str(purchases), str(customers)]
    subprocess.run(words, check=True)


def _import(file: Path, database: Path) -> list[str]:
    return ["retain", "import", str(file), "--db", str(database), "--today", LAST_DAY.isoformat()]


def _without(path: Path) -> Callable[[], None]:
    return lambda: path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


if __name__ == "__main__":
    print("\n".join(rows()))
