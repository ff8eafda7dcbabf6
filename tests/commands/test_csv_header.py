"""A CSV answer has its header even where nothing is to be told, so that a script finds its columns."""

from pathlib import Path

import pytest

from retain_cli.store.store import open_store

CUSTOMERS = "Customer ID,Name,Phone,Birthday\n1,Wang Fang,13800138001,11-25\n2,Wang Fang,13800138001,11-25\n"
PURCHASES = "Customer ID,Date,Amount\n1,2026-01-02,100.00\n2,2026-02-03,50.00\n"
WAITS = "Date,Amount,Phone\n2026-01-02,5.00,13800138001\n"
NOBODY = "Customer ID,Name\n"


@pytest.fixture
def shops(retain, csv_file):
    """A database in which everything has an answer, and one in which nothing has."""
    full, empty = "full.db", "empty.db"
    retain("import", csv_file("c.csv", CUSTOMERS), csv_file("p.csv", PURCHASES), "--db", full)
    retain("import", csv_file("w.csv", WAITS), "--db", full)
    with open_store(Path(empty), writes=True, creates=True):
        csv_file("n.csv", NOBODY)
    return full, empty


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["due", "--days", "30"],
        ["dupes"],
        ["review"],
        ["batches"],
        ["classify", "--dry-run"],
        ["import", "{file}", "--dry-run"],
    ],
    ids=lambda words: words[0],
)
def test_the_header_is_the_same_with_rows_and_without(retain, shops, words):
    full, empty = shops
    headers = []
    for shop, file in ((full, "c.csv"), (empty, "n.csv")):
        if words[0] == "due":
            assert retain("classify", "--db", shop).code == 0
        answer = retain(*(word.format(file=file) for word in words), "--db", shop, "-f", "csv")
        assert answer.code in (0, 3), answer.err
        lines = answer.out.splitlines()
        assert (len(lines) > 1) == (shop == full), lines
        headers.append(lines[0])
    assert headers[0] == headers[1]
