"""As cron runs it: few settings, odd ones, and streams that are not there."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no cron")

SOURCES = str(Path(__file__).parents[2] / "src")
NAME = "王小红 Müller"

ENVIRONMENTS: dict[str, dict[str, Any]] = {
    "bare": {},
    "no home folder": {"HOME": None},
    "a home folder that is not there": {"HOME": "/nowhere/at/all"},
    "LANG=C": {"LANG": "C"},
    "LC_ALL=POSIX": {"LC_ALL": "POSIX"},
    "an interpreter without UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "streams in ASCII": {"PYTHONIOENCODING": "ascii"},
    "streams in a code page": {"PYTHONIOENCODING": "cp1252"},
    "a dumb terminal": {"TERM": "dumb"},
    "one column": {"COLUMNS": "1"},
    "the root folder": {"cwd": "/"},
    "files that others could read": {"umask": 0},
    "stdin closed": {"closed": "<&-"},
    "stdout closed": {"closed": ">&-"},
    "every stream closed": {"closed": "<&- >&- 2>&-"},
    "a session without terminal": {"start_new_session": True},
    "an odd time zone": {"TZ": "Nowhere/City"},
}


def run(folder: Path, how: dict[str, Any], command: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """A command line by `sh`, in an environment of its own."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder / "home"), "PYTHONPATH": SOURCES} | more
    environment |= {name: value for name, value in how.items() if name.isupper()}
    given = [f"{name}={value}" for name, value in environment.items() if value is not None]
    return subprocess.run(
        [
            "env",
            "-i",
            *given,
            "sh",
            "-c",
            f'exec "$0" -m retain_cli {command} {how.get("closed", "")}',
            sys.executable,
        ],
        cwd=how.get("cwd", folder / "elsewhere"),
        start_new_session=how.get("start_new_session", False),
        umask=how.get("umask", -1),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def files(folder: Path) -> set[str]:
    """Every file under a folder, what Python compiled left out."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def asked(machine, shop, settings, program, retain, csv_file):
    """A folder with a shop, a channel that shows names, and a folder to be in."""
    retain("import", csv_file("name.csv", f"Customer ID,Name\nK1,{NAME}\n"))
    settings(f"[notify]\ninclude_names = true\ncommand = {program.command('{text}')}\n")
    (machine / "elsewhere").mkdir()
    return {"RETAIN_DB": str(shop), "RETAIN_CONFIG": str(machine / "retain.toml"), "RETAIN_TODAY": "2026-11-23"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_digest_arrives_whole_and_nothing_is_printed_or_left_behind(environment, machine, asked, program):
    before = files(machine)
    done = run(machine, ENVIRONMENTS[environment], "due --notify", **asked)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (got,) = program.got
    assert NAME in got["stdin"]["text"]
    # Whoever runs the program reads bytes, and they are UTF-8.
    assert os.fsencode(got["argv"][0]).decode() == got["stdin"]["text"]
    assert files(machine) - before == {"kept.jsonl", ".shop.db.notify"}
    assert (machine / ".shop.db.notify").stat().st_mode & 0o777 == 0o600
    assert not Path("/retain.db").exists()


@pytest.mark.parametrize("environment", ["bare", "no home folder", "LANG=C", "the root folder", "stdin closed"])
def test_a_database_that_is_not_there_is_one_line_and_none_is_made(environment, machine, asked, program):
    before = files(machine)
    missing = asked | {"RETAIN_DB": str(machine / "nowhere.db")}
    done = run(machine, ENVIRONMENTS[environment], "due --notify", **missing)
    assert done.returncode == 72
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert files(machine) == before


def test_a_failure_with_every_stream_closed_is_still_told_by_the_exit_code(machine, asked, settings):
    settings('[notify]\ncommand = ["no-such-program-anywhere"]\n')
    assert run(machine, ENVIRONMENTS["every stream closed"], "due --notify", **asked).returncode == 69
