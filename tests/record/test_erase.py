"""Forgetting a customer leaves no trace of them in the file, and everybody else as they were."""

import sqlite3
from contextlib import closing

import pytest

from retain_cli.store.rows import OF_CUSTOMERS

NAME, PHONE, EMAIL = "Zzyzx Quillfeather", "13900139123", "quill@zzyzx.example"
FREE_WORDS = "wombat"
"""In everything that is written about them."""


@pytest.fixture
def known(retain, csv_file):
    """Somebody of whom every kind of record is kept, among four others."""
    people = f"9,{NAME},{PHONE},{EMAIL},11-30\n" + "".join(f"{n},Ann {n},1380013800{n},,\n" for n in range(1, 5))
    retain(
        "import",
        csv_file("c.csv", "Customer ID,Name,Phone,E-mail,Birthday\n" + people),
        csv_file("o.csv", "Customer ID,Date,Amount,Product\n" + "".join(
            f"{n},2026-{month:02d}-0{day},10{n},{'wombat mat' if n == 9 else 'mat'}\n"
            for n in (1, 2, 3, 4, 9) for month in (7, 9, 11) for day in (1, 2)
        )),
    )  # fmt: skip
    retain("classify", today="2026-11-23")
    for words in (
        ("log-visit", 9, "--with", "1", "--note", "a cup of tea together"),
        ("log-visit", 9, "--note", "wombat", "--sat", 5, "--need", "wombat house",
         "--gift", "wombat tea", "--promise", "wombat by fri", "--service", "maintenance"),
        ("log-visit", 9, "--correct", "3", "--note", "a wombat, corrected"),
        ("ticket", "open", 9, "complaint", "wombat broken"),
        ("benefit", "grant", 9, "points", 100),
        ("benefit", "use", 9, "points", 30),
        ("benefit", "grant", 9, "coupon", "--percent", 10),
        ("benefit", "grant", 9, "gift", "wombat", "--for", "2027-01-05"),
        ("preference", "add", 9, "likes", "wombats"),
        ("feedback", "add", 9, "more wombats"),
        ("offer", "add", 9, "maintenance", "declined", "--because", "has a wombat"),
        ("refer", 9, "--brought", "2"),
        ("refer", 3, "--brought", "9"),
        ("pause", 9, "--until", "2027-03-01", "--reason", "wombat"),
        ("contact", 9, "--never"),
        ("contact", 9, "--again"),
        ("pin", 9, "A", "--reason", "wombat"),
        ("day", "add", 9, "wombat day", "05-05"),
        ("event", "create", "Tasting", "--on", "2026-12-01"),
        ("event", "invite", 1, 9, 1),
        ("campaign", "create", "Spring", "--text", "Dear {name}", "--where", "orders > 0"),
        ("campaign", "sent", 1, 9),
        ("plan", "set", "return visit", "--customer", 9, "--every", "2w"),
    ):  # fmt: skip
        done = retain(*words, "--yes", today="2026-11-23")
        assert done.code == 0, (words, done.err)


def rows(database):
    with closing(sqlite3.connect(database)) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return {table: connection.execute(f"select * from {table}").fetchall() for table in tables}


def test_nothing_of_them_is_left_in_the_bytes_of_the_file(retain, known, machine):
    file = machine / "shop.db"
    traces = [NAME, NAME.casefold(), PHONE, EMAIL, FREE_WORDS]
    assert all(trace.encode() in file.read_bytes() for trace in traces)
    assert retain("erase", "Zzyzx", "--yes").code == 0
    kept = file.read_bytes()
    assert [trace for trace in traces if trace.encode() in kept] == []


def test_no_row_is_theirs_or_points_at_one_and_the_others_stay_as_they_were(retain, known, machine):
    file = machine / "shop.db"
    number = retain("show", 9, "-f", "json").data["customer"]["id"]
    before = rows(file)
    retain("erase", 9, "--yes")
    after = rows(file)
    with closing(sqlite3.connect(file)) as connection:
        for table in OF_CUSTOMERS:
            left = connection.execute(f"select count(*) from {table} where customer_id = ?", (number,)).fetchone()
            assert left == (0,), table
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    for table in set(before) - {"erased", "journal", "policy", "import_batch", "visit", "sqlite_sequence"}:
        assert set(after[table]) <= set(before[table]), table
    others = {row[0] for row in before["customer"]} - {number}
    assert {row[0] for row in after["customer"]} == others


def test_no_import_brings_them_back(retain, known, csv_file):
    retain("erase", 9, "--yes")
    again = f"Customer ID,Name,Phone\n9,{NAME},\n,{NAME},{PHONE}\n"
    answer = retain("import", csv_file("again.csv", again), "-f", "json").data[0]
    assert (answer["created"], answer["suppressed"]) == (0, 2)


def test_every_list_and_report_goes_on(retain, known):
    retain("erase", 9, "--yes")
    for words in (
        ("due",),
        ("list",),
        ("report",),
        ("classify",),
        ("batches",),
        ("campaign",),
        ("event",),
        ("dupes",),
    ):
        answer = retain(*words, "-f", "json", today="2026-11-24")
        assert answer.code == 0, words
        assert NAME not in answer.out


def test_a_merge_of_them_is_forgotten_with_them(retain, known, machine):
    retain("merge", "1", "9", "--yes")
    retain("erase", "1", "--yes")
    kept = (machine / "shop.db").read_bytes()
    assert [trace for trace in (NAME, PHONE, EMAIL, FREE_WORDS) if trace.encode() in kept] == []


def test_a_row_that_may_be_about_them_is_forgotten(retain, csv_file, machine):
    people = f"1,Ann,{PHONE}\n2,Bo,{PHONE}\n"
    retain("import", csv_file("c.csv", "Customer ID,Name,Phone\n" + people))
    retain("import", csv_file("o.csv", f"Phone,Name,Date,Amount\n{PHONE},Wombat,2026-11-01,10\n"))
    assert len(retain("review", "-f", "json").data) == 1
    retain("erase", "1", "--yes")
    assert retain("review", "-f", "json").data == []
    assert b"Wombat" not in (machine / "shop.db").read_bytes()


def test_a_dry_run_and_a_question_that_is_not_agreed_to_leave_the_file_as_it_is(retain, known, machine):
    before = (machine / "shop.db").read_bytes()
    assert "would be forgotten" in retain("erase", 9, "--dry-run").out
    assert retain("erase", 9).code == 2
    assert (machine / "shop.db").read_bytes() == before
