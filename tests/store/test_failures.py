"""What SQLite reports, in words and exit codes; result codes from https://sqlite.org/rescode.html."""

import sqlite3
from pathlib import Path

import pytest

from retain_cli.store.failures import explained

BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PERM, NOTADB, AUTH = 5, 6, 8, 10, 11, 13, 14, 3, 26, 23


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (BUSY, 75), (LOCKED, 75), (BUSY | 2 << 8, 75), (READONLY, 77), (READONLY | 4 << 8, 77), (CANTOPEN, 77),
        (PERM, 77), (AUTH, 77), (IOERR, 74), (IOERR | 13 << 8, 74), (FULL, 74), (CORRUPT, 72), (NOTADB, 72),
        (CORRUPT | 1 << 8, 72),
    ],
)  # fmt: skip
def test_each_result_has_its_exit_code_also_in_its_extended_form(result, code):
    problem = sqlite3.OperationalError("…")
    problem.sqlite_errorcode = result
    found = explained(problem, Path("shop.db"))
    assert found.exit_code == code
    assert "shop.db" in found.message


@pytest.mark.parametrize("result", [None, 1, 19, 20, 21])
def test_faults_of_the_program_are_not_explained_away(result):
    problem = sqlite3.OperationalError("…")
    if result is not None:
        problem.sqlite_errorcode = result
    assert explained(problem, Path("shop.db")) is None
