"""Who imports what: the layers, and the heavy libraries that a reading command never waits for."""

import json
import os
import subprocess
import sys

import pytest

from retain_cli.command_list import COMMANDS

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "pydantic_core", "alembic")
LOOKED_AT = f"""
import json, sys
from retain_cli.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([code, [name for name in {HEAVY!r} if name in sys.modules]]), file=sys.stderr)
"""

READING = [
    ["--help"], ["--version"], ["nonsense"], *([command.name, "--help"] for command in COMMANDS),
    ["due"], ["due", "--days", "30", "--why", "-f", "json"], ["due", "--quiet"], ["list"], ["list", "-f", "csv"],
    ["show", "1"], ["show", "nobody"], ["plan"], ["report"], ["report", "-f", "json"],
    ["classify", "--explain", "1"], ["classify"], ["import", "o.csv"], ["list", "--sort", "expected"], ["backtest"],
    ["holdout"], ["campaign"], ["campaign", "show", "1"], ["due", "--where", "grade = A"], ["benefit", "terms"],
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A shop of one customer, with its own home."""
    path = tmp_path_factory.mktemp("imports")
    (path / "o.csv").write_text("Customer,Date,Amount,Phone\n1,2026-01-02,5,13800138001\n")
    run(path, "import", "o.csv")
    run(path, "classify")
    return path


def run(folder, *argv, **environment):
    """One command line in a process of its own: its exit code, and which of the heavy libraries it met."""
    found = os.environ | {"HOME": str(folder), "RETAIN_DB": str(folder / "shop.db"), "RETAIN_TODAY": "2026-11-23"}
    done = subprocess.run(
        [sys.executable, "-c", LOOKED_AT, *argv],
        cwd=folder,
        env=found | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stderr.splitlines()[-1])


@pytest.mark.parametrize("argv", READING, ids=" ".join)
def test_a_command_that_makes_no_database_and_saves_no_fact_loads_no_heavy_library(folder, argv):
    code, met = run(folder, *argv)
    assert code in (0, 1, 2)
    assert met == []


def test_a_first_import_makes_its_database_without_them(folder):
    assert run(folder, "import", "o.csv", RETAIN_DB=str(folder / "new.db")) == [0, []]


def test_the_same_look_sees_them_where_they_are_needed(folder):
    assert set(run(folder, "log-visit", "1")[1]) == set(HEAVY) - {"alembic"}


@pytest.mark.parametrize("words", ["retain ", "retain d", "retain due --", "retain list --gr"])
def test_completing_a_command_line_loads_no_heavy_library(folder, words):
    environment = {
        "_RETAIN_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    code, met = run(folder, **environment)
    assert code == 0
    assert met == []


def test_a_command_does_not_load_the_others(folder):
    script = "import sys; from retain_cli.cli import main; main(['plan']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"RETAIN_DB": str(folder / "shop.db"), "RETAIN_TODAY": "2026-11-23"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name for name in done.stderr.split() if name.startswith("retain_cli.commands.")}
    assert "retain_cli.commands.plan" in loaded
    own = {"retain_cli.commands.plan", "retain_cli.commands.plan_answer"}
    assert loaded <= own | {"retain_cli.commands.parameters"}
