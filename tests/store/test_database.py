"""What is opened and what is refused; who may read it; and the settings of every connection."""

import os
import sqlite3
import stat
from contextlib import closing

import pytest

from retain_cli.store import database
from retain_cli.store.schema import APPLICATION_ID, SCHEMA_VERSION
from retain_cli.store.store import open_store

COMMANDS = [
    ("list",), ("due",), ("show", "1"), ("plan",), ("report",), ("classify",), ("classify", "--dry-run"),
    ("log-visit", "1"), ("import", "customers.csv"), ("import", "customers.csv", "--dry-run"),
]  # fmt: skip


def with_bytes(good, at, new):
    return good[:at] + new + good[at + len(new) :]


# Offsets from https://sqlite.org/fileformat2.html: 16 the page size, 60 the user version, 68 the application id.
DAMAGE = {
    "nothing in it": lambda good: b"",
    "fifty bytes": lambda good: good[:50],
    "half of it": lambda good: good[: len(good) // 2],
    "text": lambda good: b"Customer ID,Name\n" * 100,
    "zeros": lambda good: bytes(len(good)),
    "another application": lambda good: with_bytes(good, 68, (0x0F055112).to_bytes(4, "big")),
    "no application": lambda good: with_bytes(good, 68, bytes(4)),
    "a newer schema": lambda good: with_bytes(good, 60, (SCHEMA_VERSION + 1).to_bytes(4, "big")),
    "a garbage page everywhere": lambda good: good[:4096] + b"\xa5" * (len(good) - 4096),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_not_a_whole_database_of_retain_is_refused_and_left_as_it_is(retain, shop, digest, beside, damage):
    shop.write_bytes(damage(shop.read_bytes()))
    before = digest(shop)
    for command in COMMANDS:
        answer = retain(*command)
        assert answer.code == 72, command
        assert answer.out == ""
        assert len(answer.err.splitlines()) == 1
        assert answer.err.startswith("retain: error: ")
        assert "shop.db" in answer.err
        assert digest(shop) == before
        assert beside(shop) == []


def test_one_garbage_page_is_found_where_it_is_read_and_never_mended(retain, shop, digest, beside):
    good = shop.read_bytes()
    with closing(sqlite3.connect(shop)) as connection:
        page = connection.execute("select rootpage from sqlite_master where name = 'customer'").fetchone()[0]
    shop.write_bytes(with_bytes(good, (page - 1) * 4096, b"\xa5" * 4096))
    before = digest(shop)
    for command in (("list",), ("show", "1"), ("log-visit", "1"), ("import", "customers.csv")):
        answer = retain(*command)
        assert answer.code == 72, command
        assert "damaged" in answer.err
        assert digest(shop) == before
        assert beside(shop) == []


def test_a_newer_database_says_what_would_read_it(retain, shop):
    shop.write_bytes(DAMAGE["a newer schema"](shop.read_bytes()))
    answer = retain("list")
    assert f"schema {SCHEMA_VERSION + 1}" in answer.err
    assert "Install the newer retain." in answer.err


@pytest.mark.parametrize("command", [("list",), ("import", "customers.csv")])
def test_a_folder_is_no_database(retain, csv_file, machine, command):
    csv_file("customers.csv", "Customer ID,Name\n1,Wang\n")
    (machine / "folder").mkdir()
    assert retain(*command, "--db", machine / "folder").code == 72
    assert list((machine / "folder").iterdir()) == []


def test_a_database_within_a_file_is_refused(retain, csv_file):
    path = csv_file("customers.csv", "Customer ID,Name\n1,Wang\n")
    for command in (("list",), ("import", path)):
        assert retain(*command, "--db", f"{path}/shop.db").code == 72


@pytest.mark.parametrize("command", [command for command in COMMANDS if command[0] != "import"])
def test_only_an_import_makes_a_database(retain, machine, command):
    answer = retain(*command)
    assert answer.code == 72
    assert "retain import" in answer.err
    assert not list(machine.glob("*.db*"))


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_are_for_their_owner_alone_from_their_first_moment_on(machine, umask):
    path = machine / "new" / "folder" / "shop.db"
    modes = {}

    def look():
        for found in path.parent.iterdir():
            kind = found.name.rpartition("-")[2] if "-journal" in found.name else found.suffix
            modes.setdefault(kind, set()).add(stat.S_IMODE(found.stat().st_mode))

    before = os.umask(umask)
    try:
        with open_store(path, writes=True, creates=True) as store:
            store.run("insert into policy (name, value) values ('a', 'b')")
            look()
        look()
        with open_store(path, writes=True) as store:
            store.run("insert into policy (name, value) values ('c', 'd')")
            look()
    finally:
        os.umask(before)
    assert modes == {".new": {0o600}, "journal": {0o600}, ".db": {0o600}}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_says_whose_it_is_and_how_new(shop):
    header = shop.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID == int.from_bytes(b"RETN", "big")
    assert int.from_bytes(header[60:64], "big") == SCHEMA_VERSION
    assert database.schema_version(shop) == SCHEMA_VERSION


def test_every_connection_has_its_settings(shop):
    def asked(connection, *names):
        return [connection.execute(f"pragma {name}").fetchone()[0] for name in names]

    always = ("foreign_keys", "trusted_schema", "cell_size_check", "mmap_size", "temp_store", "busy_timeout")
    for writes in (True, False):
        with closing(database.connect(shop, writes=writes)) as connection:
            assert asked(connection, *always) == [1, 0, 1, 0, 2, 10_000]
            assert asked(connection, "query_only") == [0 if writes else 1]
            if writes:
                assert asked(connection, "journal_mode", "synchronous", "secure_delete") == ["delete", 3, 1]


def test_a_connection_to_nothing_makes_nothing(machine):
    with pytest.raises(sqlite3.OperationalError):
        database.connect(machine / "nothing.db", writes=True)
    assert not (machine / "nothing.db").exists()


def test_a_reader_cannot_write(shop):
    with pytest.raises(Exception, match="may not be written"), open_store(shop, writes=False) as store:
        store.run("delete from customer")


def test_a_visit_of_nobody_is_refused_by_the_file_itself(shop):
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), open_store(shop, writes=True) as store:
        store.run(
            "insert into past_enrolment (customer_id, grade, amount, since_on, until_on)"
            " values (99, 'A', 1, '2026-01-01', '2026-01-02')"
        )


# Permissions


def test_a_read_only_file_in_a_read_only_folder_can_be_read_and_not_written(retain, plain_user):
    text = "Customer ID,Name\n1,Wang\n"
    (plain_user / "c.csv").write_text(text)
    assert retain("import", "c.csv").code == 0
    (plain_user / "shop.db").chmod(0o400)
    plain_user.chmod(0o500)
    assert [customer["name"] for customer in retain("list", "-f", "json").data] == ["Wang"]
    assert retain("due").code == 0
    for command in (("log-visit", "1"), ("classify",), ("import", "c.csv")):
        answer = retain(*command)
        assert answer.code == 77, command
        assert "may not be written" in answer.err
    plain_user.chmod(0o700)


def test_a_file_that_may_not_be_read_is_told_from_a_missing_one(retain, plain_user):
    (plain_user / "c.csv").write_text("Customer ID,Name\n1,Wang\n")
    retain("import", "c.csv")
    (plain_user / "shop.db").chmod(0)
    assert retain("list").code == 77
    (plain_user / "shop.db").chmod(0o600)
    (plain_user / "c.csv").chmod(0)
    assert retain("import", "c.csv").code == 66


def test_a_folder_where_nothing_may_be_made_is_said(retain, plain_user):
    (plain_user / "c.csv").write_text("Customer ID,Name,DNC\n1,Wang,perhaps\n")
    plain_user.chmod(0o500)
    assert retain("import", "c.csv").code == 77
    assert retain("import", "c.csv", "--db", "new/shop.db").code == 77
    plain_user.chmod(0o700)
    (plain_user / "closed").mkdir(mode=0o500)
    assert retain("import", "c.csv", "--rejects", "closed/rejects.csv").code == 73
    (plain_user / "good.csv").write_text("Customer ID,Name\n1,Wang\n")
    assert retain("import", "good.csv").code == 0
    for command in (
        ("report", "-f", "html", "-o", "closed/report.html"),
        ("export", "customers", "closed"),
        ("export", "customers", "closed/deeper"),
        ("plan", "export", "closed/plan.toml"),
    ):
        assert retain(*command).code == 73, command
