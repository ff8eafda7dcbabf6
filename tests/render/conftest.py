"""A shop that another program filled with text meant for the terminal and not for its reader."""

import contextlib
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from retain_cli.cli import main

HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b[2J\x1b[H",
    "\x1b[6n",
    "\x1b[?1049h",
    "\x1b]0;title\x07",
    "\x1b]52;c;cm0gLXJmIC8=\x07",
    "\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]777;notify;a;b\x07",
    "\x1bPq#0\x1b\\",
    "\x1b_apc\x1b\\",
    "\x1bc",
    "\x1b(0",
    "\x9b31m",
    "\x9d52;c;x\x9c",
    "\x90q\x9c",
    "\x85next",
    "bell\x07",
    "abc\x08\x08\x08xyz",
    "real\rfake",
    "a\x0bb\x0cc",
    "a\x00b",
    "\x7f\x7f",
    "\x0e\x0f",
    "\u202egpj.exe",
    "\u202dabc\u202c",
    "\u2066abc\u2069",
    "\u2067abc",
    "zero\u200bwidth",
    "\u200e\u200f",
    "\ufeffmark",
    "so\u00adft",
    "a\u2028b\u2029c",
    "\U000e0041\U000e0042",
    "\ufff9a\ufffab\ufffb",
    "two\nlines",
    "tab\there",
    "[bold]x[/bold]",
    "[/x]",
    "[link=http://x]y[/link]",
    "[red]",
    "\\[x]",
    ":ring:",
    ":warning:",
    "%s %(x)s {0} {x}",
    "=1+1",
    "<b>&amp;</b>",
]

TEXTS = {
    "customer": ("external_id", "name", "search_key", "phone", "email", "address", "area", "note"),
    "purchase": ("order_number", "product", "category"),
    "visit": ("note", "staff"),
}


@pytest.fixture(scope="session")
def hostile_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: each customer has one of the texts in every column, and so have their purchases and visits."""
    folder = tmp_path_factory.mktemp("hostile")
    database = folder / "shop.db"
    numbers = range(1, len(HOSTILE) + 1)
    (folder / "orders.csv").write_text(
        "Customer,Date,Amount,Product,Category\n" + "".join(f"{n},2026-02-01,{n}00.00,x,y\n" for n in numbers)
    )
    (folder / "visits.csv").write_text(
        "Customer,Date,Channel,Note,Service\n" + "".join(f"{n},2026-03-01,visit,x,maintenance\n" for n in numbers)
    )
    everywhere = ["--db", str(database), "--today", "2026-04-01"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert main(["import", str(folder / "orders.csv"), str(folder / "visits.csv"), *everywhere]) == 0
        assert main(["classify", *everywhere]) == 0
    everything = " ".join(HOSTILE)
    with closing(sqlite3.connect(database)) as connection:
        for table, columns in TEXTS.items():
            owner = "id" if table == "customer" else "customer_id"
            for column in columns:
                connection.executemany(
                    f"update {table} set {column} = ? where {owner} = ?", list(zip(HOSTILE, numbers, strict=True))
                )
        connection.execute("update purchase set currency = ? where customer_id % 5 = 0", ("\x1b[5m",))
        connection.execute("update visit set cost = 1, currency = ? where customer_id % 7 = 0", ("\x1b[5m",))
        connection.execute("update import_batch set file = ?", (everything,))
        connection.commit()
    return database


@pytest.fixture
def hostile(hostile_template: Path, machine: Path) -> Path:
    """The shop in the test's own folder."""
    (machine / "shop.db").write_bytes(hostile_template.read_bytes())
    return machine / "shop.db"


@pytest.fixture
def texts() -> list[str]:
    """What each customer is called, the first customer first."""
    return HOSTILE
