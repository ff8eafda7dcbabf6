"""Rules of the house that no tool knows: one clock, one door to the driver, data never in the text of SQL."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import retain_cli

SOURCE = Path(retain_cli.__file__).parent
ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TREES = {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}

CLOCK = re.compile(
    r"\b(?:datetime|date)\.(?:now|utcnow|today|fromtimestamp)\b|\btime\.(?:time|localtime|gmtime|strftime)\b"
    r"|current_(?:date|timestamp|time)\b|'now'|func\.now",
    re.IGNORECASE,
)


def calls(tree):
    """Every call in a file, with the name it calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def modules(tree):
    """Every module a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def texts(node):
    """The pieces of text in an expression, what is formatted into them left out."""
    return " ".join(
        part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def test_only_the_workspace_asks_what_day_it_is():
    asking = {
        name for name, path in zip(TREES, FILES, strict=True) if CLOCK.search(path.read_text(encoding="utf-8"))
    }
    assert asking == {"workspace.py"}


def test_no_file_takes_the_clock_under_another_name():
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "time":
                # How long something takes is no time of day.
                assert [alias.name for alias in node.names] == ["monotonic"], name
            if isinstance(node, ast.Import):
                assert all(alias.name not in ("time", "calendar.timegm") for alias in node.names), name


def test_only_the_store_talks_to_the_driver():
    for name, tree in TREES.items():
        if name.startswith("store/"):
            continue
        assert not {"sqlite3", "sqlalchemy", "alembic"} & {
            module.partition(".")[0] for module in modules(tree)
        } or (name.startswith("model/") and "sqlite3" not in set(modules(tree))), name
        for called, node in calls(tree):
            assert called not in ("execute", "executemany", "executescript", "create_engine"), (
                f"{name}:{node.lineno}"
            )


def test_one_place_opens_a_connection_for_the_program_and_one_an_engine():
    opens = {name for name, tree in TREES.items() for called, _ in calls(tree) if called == "create_engine"}
    assert opens == {"store/saving.py"}
    connects = {
        name
        for name, tree in TREES.items()
        for called, node in calls(tree)
        if called == "connect" and getattr(getattr(node.func, "value", None), "id", "") == "sqlite3"
    }
    assert connects == {"store/database.py", "store/migrate.py"}


# What SQL is given to as it is written: a question, the store, or a part that one of the two is made of.
CARRIERS = ("Question", "run", "run_many", "NetAmounts", "Filter")

# What a function may put into the text of SQL, and why it is no data. Values are bound, always.
FORMATTED = {
    # Names of columns, of which the file has a closed list.
    "importing/people.py": {"names"},
    # Tables and columns of a constant of whoever calls.
    "classify/scoring.py": {"name", "columns"},
    # A subquery of the program's own.
    "classify/grading.py": {"asked"},
    "classify/schemes/amount.py": {"asked"},
    # Tests put together from the fixed pieces of the grammar; whatever was written is bound.
    "segments/condition.py": {"sql"},
    # Names of columns of a visit, which the row that was read has.
    "record/visit.py": {"changed", "name"},
    # Tests that the file writes itself, with their values bound.
    "classify/window.py": {"tests"},
}

SQL = re.compile(
    r"\b(?:select\b.*\bfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+(?:temp|table|index))\b", re.S
)


def test_sql_stands_in_a_constant_of_its_file_a_question_or_a_store_call():
    for name, tree in TREES.items():
        if name.startswith("store/"):
            continue
        allowed = set()
        for node in tree.body:
            # Text at the top of a file is written before any data is there.
            if isinstance(node, ast.Assign | ast.AnnAssign):
                allowed |= {id(part) for part in ast.walk(node)}
        for called, node in calls(tree):
            if called in CARRIERS:
                allowed |= {id(part) for part in ast.walk(node)}
        documentation = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
                assert id(node) in allowed | documentation, f"{name}:{node.lineno}"


def test_what_a_function_formats_into_sql_is_text_of_the_program():
    for name, tree in TREES.items():
        if name.startswith("store/"):
            continue
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.JoinedStr) and SQL.search(texts(node)):
                    used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
                    assert used <= FORMATTED.get(name, set()), f"{name}:{node.lineno}: is {used} never data?"


def test_nothing_but_the_writers_and_the_front_page_prints():
    for name, tree in TREES.items():
        for called, node in calls(tree):
            if called in ("print", "Console"):
                assert name in ("cli.py", "front_page.py", "workspace.py") or name.startswith("render/"), (
                    f"{name}:{node.lineno}"
                )


@pytest.mark.parametrize("word", ["shell=True", "pickle", "yaml.load", "eval(", "exec(", "os.system"])
def test_no_file_does_what_data_could_misuse(word):
    for path in FILES:
        assert word not in path.read_text(encoding="utf-8"), path.name


def test_files_are_short_enough_to_be_read():
    assert {path.name for path in FILES if len(path.read_text(encoding="utf-8").splitlines()) > 400} == set()


@pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="the contracts lie beside the sources")
def test_the_import_contracts_hold():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
