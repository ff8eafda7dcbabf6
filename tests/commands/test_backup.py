"""`retain backup`: a whole copy of one moment, that nobody else may read, in place of nothing."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

COUNTED = ("customer", "purchase", "visit")


@pytest.fixture
def copy(shop, machine):
    return machine / "copy.db"


def dump(path):
    with closing(sqlite3.connect(path)) as base:
        return list(base.iterdump())


def test_the_copy_holds_all_of_it_and_answers_alike(retain, shop, copy):
    answer = retain("backup", copy, "-f", "json")
    assert answer.code == 0
    with closing(sqlite3.connect(shop)) as base:
        held = {f"{name}s": base.execute(f"select count(*) from {name}").fetchone()[0] for name in COUNTED}
    assert answer.data == {"file": str(copy), "bytes": copy.stat().st_size, **held}
    assert held["customers"] == 6
    assert dump(copy) == dump(shop)
    for line in ("due --days 40", "report", "show K1", "batches", "doctor"):
        words = line.split()
        assert retain(*words, "--db", copy, "-f", "json").out == retain(*words, "-f", "json").out


def test_nobody_else_may_read_it_from_its_first_moment_on(retain, shop, copy):
    before = os.umask(0)
    try:
        retain("backup", copy)
    finally:
        os.umask(before)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in copy.parent.iterdir() if "new" in path.name) == []


def test_what_is_there_is_never_replaced_and_no_folder_is_made(retain, shop, machine, copy):
    copy.write_text("mine")
    (machine / "link.db").symlink_to(machine / "nowhere.db")
    for target in (copy, machine, machine / "link.db", shop, machine / "no" / "copy.db", copy / "below.db"):
        answer = retain("backup", target, "--yes")
        assert (answer.code, answer.out) == (73, ""), target
    assert copy.read_text() == "mine"
    assert not (machine / "no").exists()
    assert not (machine / "nowhere.db").exists()


def test_it_is_of_one_moment_while_another_writes(retain, shop, copy):
    whole = dump(shop)
    with closing(sqlite3.connect(shop, isolation_level=None)) as other:
        other.execute("begin immediate")
        other.execute("delete from visit")
        assert retain("backup", copy).code == 0
        other.execute("rollback")
    assert dump(copy) == whole


def test_a_damaged_file_is_refused_and_leaves_no_copy(retain, shop, machine, copy):
    with closing(sqlite3.connect(shop)) as base:
        (page,) = base.execute("select rootpage from sqlite_master where name = 'import_batch'").fetchone()
        (size,) = base.execute("pragma page_size").fetchone()
    content = bytearray(shop.read_bytes())
    content[(page - 1) * size : page * size] = b"\xaa" * size
    shop.write_bytes(content)
    names = sorted(path.name for path in machine.iterdir())
    answer = retain("backup", copy)
    assert answer.code == 72
    assert "damaged" in answer.err or "malformed" in answer.err
    assert sorted(path.name for path in machine.iterdir()) == names


def test_without_a_database_there_is_nothing_to_copy(retain, machine):
    assert retain("backup", machine / "copy.db").code == 72
    assert list(machine.glob("*.db")) == []


def test_put_in_the_place_of_a_lost_one_it_goes_on_from_there(retain, shop, copy):
    retain("backup", copy)
    listed = retain("due", "-f", "json").out
    shop.unlink()
    copy.rename(shop)
    assert retain("due", "-f", "json").out == listed
    assert retain("log-visit", "K1").code == 0
    assert Path(shop).exists()
