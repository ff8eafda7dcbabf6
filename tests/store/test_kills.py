"""Killed at any moment, without a chance to tidy up: the data is the old or the new, and the next run goes on."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

# Runs one command line and kills itself at its statement number KILL_AT, so that no test has to guess how long
# anything takes; a number behind the point lets so many turns of a loop pass beyond the start of the last commit.
CHILD = """
import os, signal, sqlite3, sys, threading
from itertools import count
kill_at, turns = map(int, sys.argv[1].split("."))
statements = count(1)
connect = sqlite3.connect

def die(after):
    for _ in range(after):
        pass
    os.kill(os.getpid(), signal.SIGKILL)

def watch(sql):
    number = next(statements)
    if kill_at == 0 and turns == 0:
        print(number, sql.split()[0].lower(), file=sys.stderr)
    elif number == kill_at:
        if turns:
            threading.Thread(target=die, args=[turns]).start()
        else:
            die(0)

def watched(*arguments, **options):
    connection = connect(*arguments, **options)
    connection.set_trace_callback(watch)
    return connection

sqlite3.connect = watched
from retain_cli.cli import main
sys.exit(main(sys.argv[2:]))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the machine has no such signals")


def run(moment, *argv):
    """Run a command line that is killed at a moment; its exit code, and each statement it came to without one."""
    done = subprocess.run([sys.executable, "-c", CHILD, moment, *argv], capture_output=True, text=True, check=False)
    return done.returncode, [line.split()[1] for line in done.stderr.splitlines() if line[:1].isdigit()]


def moments(statements, kills, seed):
    """Moments of a run: in turn anywhere, in its last tenth, and within its last commit."""
    draw = random.Random(seed)
    commit = max(number for number, word in enumerate(statements, start=1) if word == "commit")
    kinds = (
        lambda: f"{draw.randrange(1, commit)}.0",
        lambda: f"{draw.randrange(commit - commit // 10, commit)}.0",
        lambda: f"{commit}.{draw.randrange(1, 200_000)}",
    )
    return [kinds[number % 3]() for number in range(kills)]


def state(path):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        tables = ("customer", "purchase", "import_batch")
        return tuple(connection.execute(f"select count(*) from {table}").fetchone()[0] for table in tables)


def check_kills_of_an_import(shop, csv_file, kills, seed, lines=2000):
    """Import into a shop that is there, from the same bytes for every kill."""
    text = "Customer ID,Date,Product,Amount\n" + "".join(
        f"{n % (lines // 50)},2026-01-{n % 28 + 1:02},{n},{n}.00\n" for n in range(lines)
    )
    path = csv_file("orders.csv", text)
    good, old = shop.read_bytes(), state(shop)
    code, statements = run("0.0", "import", path)
    assert code == 0
    new = state(shop)
    assert new != old
    met = set()
    for moment in moments(statements, kills, seed):
        shop.write_bytes(good)
        code, _ = run(moment, "import", path)
        assert code in (-9, 0), moment
        met.add(code)
        # Whoever opens the file next rolls back what the journal says.
        left = state(shop)
        assert left in (old, new), moment
        assert code == -9 or left == new, moment
        assert run("0.1", "import", path)[0] == 0, moment
        assert state(shop)[:2] == new[:2], moment
    assert -9 in met


def check_kills_of_a_first_import(machine, csv_file, kills, seed):
    """Make a database where none is; a killed run leaves none, or the whole of it."""
    path = csv_file("customers.csv", "Customer ID,Name\n" + "".join(f"{n},Name {n}\n" for n in range(300)))
    (machine / "first.db").unlink(missing_ok=True)
    shop = machine / "first.db"
    code, statements = run("0.0", "import", path, "--db", str(shop))
    assert code == 0
    new = state(shop)
    for moment in moments(statements, kills, seed):
        shop.unlink(missing_ok=True)
        code, _ = run(moment, "import", path, "--db", str(shop))
        assert code in (-9, 0), moment
        assert not shop.exists() or state(shop) == new, moment
        assert run("0.1", "import", path, "--db", str(shop))[0] == 0, moment
        assert state(shop)[:2] == new[:2], moment
        # What a killed run left behind is gone, too.
        assert list(machine.glob(".first.db*")) == [], moment


def test_an_import_that_is_killed_leaves_the_old_data_whole_and_the_next_run_completes(shop, csv_file):
    check_kills_of_an_import(shop, csv_file, 6, seed=1)


def test_a_first_import_that_is_killed_leaves_no_database_or_a_whole_one(machine, csv_file):
    check_kills_of_a_first_import(machine, csv_file, 3, seed=2)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
def test_an_import_survives_many_kills(shop, csv_file, seed):
    check_kills_of_an_import(shop, csv_file, 25, seed=100 + seed)


@pytest.mark.soak
def test_a_first_import_survives_many_kills(machine, csv_file):
    check_kills_of_a_first_import(machine, csv_file, 25, seed=200)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_an_import_of_a_hundred_thousand_rows_killed_twenty_times_is_never_torn(shop, csv_file):
    check_kills_of_an_import(shop, csv_file, 20, seed=300, lines=100_000)
