"""One transaction a command: all or nothing, one writer after the other, readers undisturbed."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from retain_cli.errors import DatabaseLocked, NotPermitted, ReadWriteFailed
from retain_cli.interruption import Stopped
from retain_cli.store import database
from retain_cli.store.store import open_store

COUNT_UP = """
import sys
from pathlib import Path
from retain_cli.store.store import open_store
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    with open_store(Path(sys.argv[1]), writes=True) as store:
        (value,) = store.run("select value from policy where name = 'counter'").fetchone()
        # Long enough for another program to come between.
        sum(range(20_000))
        store.run("update policy set value = ? where name = 'counter'", (str(int(value) + 1),))
"""


@contextmanager
def held(path, *, how):
    """Another program in the middle of its transaction."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"begin {how}")
        other.execute("update customer set name = 'Someone else' where id = 1")
        yield
        other.execute("rollback")


def fail(path, ending, meanwhile=lambda: None, **how):
    """Write something, and end otherwise than well."""
    with open_store(path, writes=True, **how) as store:
        store.run("insert into policy (name, value) values ('lost', 'yes')")
        meanwhile()
        raise ending


def test_leaving_the_block_keeps_and_an_error_takes_back(shop, digest):
    with open_store(shop, writes=True) as store:
        store.run("update customer set name = 'Kept' where id = 1")
    before = digest(shop)
    with pytest.raises(RuntimeError):
        fail(shop, RuntimeError)
    assert digest(shop) == before
    with open_store(shop, writes=True, keep=False) as store:
        store.run("update customer set name = 'Lost' where id = 1")
    assert digest(shop) == before


@pytest.mark.parametrize("ending", [RuntimeError, KeyboardInterrupt])
def test_a_new_database_whose_first_block_fails_was_never_there(machine, ending):
    path = machine / "new" / "shop.db"
    seen = []
    with pytest.raises(ending):
        fail(path, ending, lambda: seen.append(path.exists()), creates=True)
    assert seen == [False]
    assert not (machine / "new").exists()


def test_a_folder_that_holds_something_else_stays(machine):
    path = machine / "new" / "shop.db"
    with pytest.raises(RuntimeError):
        fail(path, RuntimeError, lambda: (path.parent / "mine.txt").write_text("mine"), creates=True)
    assert [found.name for found in (machine / "new").iterdir()] == ["mine.txt"]


def test_a_database_that_another_program_made_meanwhile_is_not_replaced(machine):
    path = machine / "shop.db"
    with pytest.raises(DatabaseLocked), open_store(path, writes=True, creates=True):
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert [found.name for found in machine.iterdir() if "shop.db" in found.name] == ["shop.db"]


def test_no_update_is_lost_between_four_programs_that_read_and_then_write(shop):
    with open_store(shop, writes=True) as store:
        store.run("insert into policy (name, value) values ('counter', '0')")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", COUNT_UP, str(shop), "50"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    assert [one.stdout.readline() for one in running] == [b"ready\n"] * 4
    for one in running:
        one.stdin.write(b"go\n")
        one.stdin.flush()
    for one in running:
        one.communicate(timeout=120)
    assert [one.returncode for one in running] == [0, 0, 0, 0]
    with open_store(shop, writes=False) as store:
        assert store.run("select value from policy where name = 'counter'").fetchone() == ("200",)


@pytest.mark.parametrize("how", ["immediate", "exclusive"])
def test_a_writer_waits_and_then_says_that_trying_again_may_work(retain, shop, monkeypatch, digest, how):
    monkeypatch.setattr(database, "SECONDS_TO_WAIT", 0.1)
    before = digest(shop)
    with held(shop, how=how):
        for command in (("log-visit", "1"), ("classify",), ("import", "customers.csv")):
            answer = retain(*command)
            assert answer.code == 75, command
            assert "in use by another program" in answer.err
    assert digest(shop) == before
    assert retain("log-visit", "1").code == 0


def test_readers_are_not_disturbed_by_a_writer_who_has_not_finished(retain, shop, monkeypatch):
    monkeypatch.setattr(database, "SECONDS_TO_WAIT", 0.1)
    with held(shop, how="immediate"):
        found = retain("list", "-f", "json").data
        assert {customer["name"] for customer in found} == {"Wang Fang", "Li Lei"}
    with held(shop, how="exclusive"):
        assert retain("list").code == 75


def test_a_command_sees_one_state_of_the_shop_from_beginning_to_end(shop):
    with open_store(shop, writes=False) as store:
        assert store.run("select count(*) from customer").fetchone() == (2,)
        with closing(sqlite3.connect(shop, timeout=0.1, isolation_level=None)) as other:  # noqa: SIM117
            with pytest.raises(sqlite3.OperationalError, match="lock"):
                other.execute("delete from purchase")
        assert store.run("select count(*) from purchase").fetchone() == (2,)


def test_of_two_first_imports_at_once_one_whole_database_is_left(machine, csv_file, beside, dump):
    first = csv_file("first.csv", "Customer ID,Name\n" + "".join(f"a{n},Wang\n" for n in range(500)))
    second = csv_file("second.csv", "Customer ID,Name\n" + "".join(f"b{n},Li\n" for n in range(500)))
    path = machine / "both.db"
    command = [sys.executable, "-m", "retain_cli", "import", "--db", str(path)]
    running = [
        subprocess.Popen([*command, file], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for file in (first, second)
    ]
    said = [one.communicate(timeout=120)[1].decode() for one in running]
    codes = [one.returncode for one in running]
    assert 0 in codes, said
    assert set(codes) <= {0, 75}, said
    assert beside(path) == []
    dump(path)
    for file, code in zip((first, second), codes, strict=True):
        if code:
            assert subprocess.run([*command, file], stdout=subprocess.DEVNULL, check=False).returncode == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from customer").fetchone() == (1000,)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="the machine has no such signals")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_in_the_middle_of_a_transaction_takes_it_back(retain, shop, digest, monkeypatch, name, code):
    from retain_cli.importing import files

    def interrupted(*_):
        signal.raise_signal(getattr(signal, name))

    monkeypatch.setattr(files, "_settle_currency", interrupted)
    before = digest(shop)
    answer = retain("import", "customers.csv", "--currency", "EUR")
    assert answer.code == code
    assert "taken back" in answer.err
    assert len(answer.err.splitlines()) == 1
    assert digest(shop) == before
    assert retain("import", "customers.csv", "--currency", "EUR", "-f", "json").json["error"]["code"] in (
        "interrupted",
        "terminated",
    )


def test_an_unfinished_database_of_somebody_who_is_still_at_it_is_left_alone(machine):
    path = machine / "shop.db"
    with open_store(path, writes=True, creates=True, keep=False):
        (theirs,) = machine.glob(".shop.db.*.new")
        with open_store(path, writes=True, creates=True):
            assert theirs.exists()
        assert theirs.exists()
    assert path.exists()
    assert not theirs.exists()


@pytest.mark.parametrize("content", ["", "words of somebody else"])
def test_of_what_has_the_name_of_an_unfinished_database_only_ours_is_taken_away(machine, content):
    left = machine / ".shop.db.0123abcd.new"
    left.write_text(content)
    other = machine / ".shop.db.mine.new"
    other.write_text("")
    with open_store(machine / "shop.db", writes=True, creates=True):
        pass
    assert left.exists() == bool(content)
    assert other.exists()


def test_the_first_name_of_a_database_is_taken_away_and_the_database_stays(machine):
    path = machine / "shop.db"
    with open_store(path, writes=True, creates=True):
        pass
    (machine / ".shop.db.0123abcd.new").hardlink_to(path)
    with open_store(path, writes=True, creates=True) as store:
        assert store.run("select count(*) from service").fetchone()[0] > 0
    assert not (machine / ".shop.db.0123abcd.new").exists()


def test_a_signal_right_behind_the_making_of_the_file_leaves_nothing(machine, monkeypatch):
    making = database.create_file

    def make_and_be_stopped(path):
        making(path)
        raise Stopped(signal.SIGTERM)

    monkeypatch.setattr(database, "create_file", make_and_be_stopped)
    with pytest.raises(Stopped), open_store(machine / "new folder" / "shop.db", writes=True, creates=True):
        pass
    assert [found.name for found in machine.iterdir()] == ["home"]


@pytest.mark.parametrize(
    ("problem", "told"),
    [(PermissionError(13, "no", "folder"), NotPermitted), (OSError(28, "full"), ReadWriteFailed)],
)
def test_a_file_that_cannot_be_made_is_told_as_what_stood_in_its_way(machine, monkeypatch, problem, told):
    def refuse(path):
        raise problem

    def refuse_as_well(self, missing_ok=False):
        raise NotADirectoryError(20, "not a folder", str(self))

    monkeypatch.setattr(database, "create_file", refuse)
    monkeypatch.setattr(Path, "unlink", refuse_as_well)
    with pytest.raises(told), open_store(machine / "shop.db", writes=True, creates=True):
        pass
