"""The crontab and the nightly script of `examples/`, run by `sh` as cron would run them."""

import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retain_cli.store.store import open_store

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPT = EXAMPLES / "nightly-import.sh"

GOOD = "Order No,Order Date,Customer ID,Customer Name,Product,Line Total\n1,2026-11-20,K1,Ann,Oak stool,320.00\n"
ONE_BAD = GOOD + "2,2026-11-31,K2,Bob,Felt pads,18.00\n"

# The real program, with less patience: nobody waits ten seconds for a test.
IMPATIENT = """#!{python}
import retain_cli.store.database as database
database.SECONDS_TO_WAIT = 0.05
from retain_cli.cli import run
run()
"""

Sh = Callable[..., "subprocess.CompletedProcess[str]"]
CsvFile = Callable[[str, str], str]


@pytest.fixture
def bin_folder(machine: Path) -> Path:
    """A folder with `retain` in it and nothing else, to stand first in PATH."""
    folder = machine / "programs"
    folder.mkdir()
    _program(folder / "retain", IMPATIENT.format(python=sys.executable))
    return folder


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database, made once, since making one takes longer than all the rest."""
    path = tmp_path_factory.mktemp("database") / "retain.db"
    with open_store(path, writes=True, creates=True):
        return path


@pytest.fixture
def database(machine: Path, empty_database: Path) -> Path:
    """The database where retain keeps it when nobody says another place, with nobody in it."""
    path = machine / "home" / ".local" / "share" / "retain" / "retain.db"
    path.parent.mkdir(parents=True)
    shutil.copy(empty_database, path)
    return path


@pytest.fixture
def sh(machine: Path, bin_folder: Path) -> Iterator[Sh]:
    """Run a command line by `sh` in the home folder, with cron's few settings; it may leave nothing behind."""
    temporary = machine / "temporary"
    temporary.mkdir()

    def run(command: str, *, stdin: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
        env = {
            "HOME": str(machine / "home"),
            "LOGNAME": "ann",
            "SHELL": "/bin/sh",
            "PATH": f"{bin_folder}:/usr/bin:/bin",
            "RETAIN_TODAY": "2026-11-23",
            "TMPDIR": str(temporary),
            "PAUSE": "0",
        } | settings
        given = [f"{name}={value}" for name, value in env.items()]
        return subprocess.run(
            ["env", "-i", *given, "sh", "-c", command],
            cwd=machine / "home",
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    yield run
    assert list(temporary.iterdir()) == []


def _program(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def _grades(database: Path) -> dict[str, str]:
    with sqlite3.connect(database) as db:
        rows = db.execute("select external_id, grade from customer join enrolment on customer_id = id").fetchall()
    db.close()
    return dict(rows)


def test_the_script_says_nothing_when_all_is_well(sh: Sh, database: Path, csv_file: CsvFile) -> None:
    done = sh(f"{SCRIPT} {csv_file('orders.csv', GOOD)}")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert _grades(database) == {"K1": "A"}


def test_the_script_takes_an_export_from_a_pipe(sh: Sh, database: Path) -> None:
    done = sh(f"cat | {SCRIPT}", stdin=GOOD)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert _grades(database) == {"K1": "A"}


def test_bad_rows_are_kept_and_named_while_the_rest_is_taken_in_and_graded(
    sh: Sh, machine: Path, database: Path, csv_file: CsvFile
) -> None:
    kept = machine / "to mend"
    kept.mkdir()

    done = sh(f"{SCRIPT} {csv_file('orders.csv', ONE_BAD)}", REFUSED_FOLDER=str(kept))

    (refused,) = kept.iterdir()
    assert done.returncode == 3
    assert f"Mend {refused} and import it." in done.stderr
    assert "2026-11-31" in done.stderr
    assert refused.read_text(encoding="utf-8").splitlines()[1].startswith("2,2026-11-31,K2,Bob,Felt pads,18.00,")
    assert _grades(database) == {"K1": "A"}


def test_the_mended_rows_can_go_through_the_script_themselves(sh: Sh, machine: Path, database: Path) -> None:
    sh(f"{SCRIPT}", stdin=ONE_BAD)
    (refused,) = (machine / "home").glob("refused-*.csv")
    mended = refused.read_text(encoding="utf-8").replace("2,2026-11-31,", "2,2026-11-13,")

    done = sh(f"{SCRIPT}", stdin=mended)

    assert (done.returncode, done.stderr) == (0, "")
    assert set(_grades(database)) == {"K1", "K2"}


@pytest.mark.parametrize("path", ["nowhere.csv", "."])
def test_an_export_that_cannot_be_read_ends_with_66(path: str, sh: Sh, database: Path) -> None:
    before = database.read_bytes()

    done = sh(f"{SCRIPT} {path}")

    assert done.returncode == 66
    assert f"no export to read at {path}." in done.stderr
    assert database.read_bytes() == before


def test_an_export_that_cannot_be_used_ends_with_65_and_changes_nothing(sh: Sh, database: Path) -> None:
    before = database.read_bytes()

    done = sh(f"{SCRIPT}", stdin="What,Is,This\n1,2,3\n")

    assert done.returncode == 65
    assert "nothing was changed" in done.stderr
    assert "retain: error:" in done.stderr
    assert database.read_bytes() == before


def test_a_database_in_use_is_tried_again_and_then_told_with_75(
    sh: Sh, machine: Path, database: Path, bin_folder: Path
) -> None:
    pauses = machine / "pauses"
    _program(bin_folder / "sleep", f'#!/bin/sh\necho "$1" >> "{pauses}"\n')
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("begin immediate")

    done = sh(f"{SCRIPT}", stdin=GOOD, TRIES="3", PAUSE="7")

    holder.close()
    assert done.returncode == 75
    assert "the database was in use, nothing was changed" in done.stderr
    assert pauses.read_text(encoding="utf-8").split() == ["7", "7"]


def test_a_database_that_is_free_again_at_the_next_try_is_no_news(
    sh: Sh, machine: Path, database: Path, bin_folder: Path
) -> None:
    (bin_folder / "retain").rename(bin_folder / "retain-itself")
    busy_once = f'#!/bin/sh\nif mkdir "{machine}/busy" 2>/dev/null; then exit 75; fi\nexec retain-itself "$@"\n'
    _program(bin_folder / "retain", busy_once)

    done = sh(f"{SCRIPT}", stdin=GOOD)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert _grades(database) == {"K1": "A"}


def test_any_other_failure_is_told_with_retains_own_words_and_code(sh: Sh, machine: Path) -> None:
    foreign = machine / "home" / "letter.txt"
    foreign.write_text("Dear Ann, …\n" * 20, encoding="utf-8")

    done = sh(f"{SCRIPT}", stdin=GOOD, RETAIN_DB=str(foreign))

    assert done.returncode == 72
    assert "retain ended with 72" in done.stderr
    assert "is not a retain database" in done.stderr


def test_a_grading_that_fails_is_told_although_the_import_went_well(
    sh: Sh, database: Path, bin_folder: Path
) -> None:
    (bin_folder / "retain").rename(bin_folder / "retain-itself")
    _program(
        bin_folder / "retain", '#!/bin/sh\nif [ "$1" = classify ]; then exit 74; fi\nexec retain-itself "$@"\n'
    )

    done = sh(f"{SCRIPT}", stdin=GOOD)

    assert done.returncode == 74
    assert "imported, but not graded" in done.stderr


def test_the_script_can_be_run_as_it_is() -> None:
    assert stat.S_IMODE(SCRIPT.stat().st_mode) & 0o111 == 0o111


@pytest.fixture
def told(machine: Path) -> Path:
    """What the channel of the settings file was told; the file is made when it is."""
    settings = machine / "home" / ".config" / "retain" / "retain.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[notify]\ncommand = ["tee", "told.json"]\n', encoding="utf-8")
    settings.chmod(0o600)
    return machine / "home" / "told.json"


def test_the_crontab_tells_when_somebody_is_due_and_prints_nothing(
    sh: Sh, bin_folder: Path, database: Path, shop: Path, told: Path
) -> None:
    shutil.copy(shop, database)

    done = _as_cron(sh, bin_folder, "retain due")

    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert "Monday 23 November 2026: 13 customers to contact" in told.read_text(encoding="utf-8")


@pytest.mark.usefixtures("database")
def test_the_crontab_tells_and_prints_nothing_when_nobody_is_due(sh: Sh, bin_folder: Path, told: Path) -> None:
    done = _as_cron(sh, bin_folder, "retain due")

    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert not told.exists()


@pytest.mark.usefixtures("told")
def test_the_crontab_tells_once_that_there_is_no_database(sh: Sh, bin_folder: Path) -> None:
    done = _as_cron(sh, bin_folder, "retain due")

    assert done.returncode == 72
    assert done.stderr.count("there is no database") == 1


@pytest.mark.usefixtures("database")
def test_the_crontab_says_in_a_mail_that_no_channel_is_set(sh: Sh, bin_folder: Path) -> None:
    done = _as_cron(sh, bin_folder, "retain due")

    assert done.returncode == 78
    assert "no channel is set" in done.stderr


def test_the_crontab_takes_in_the_nightly_export(sh: Sh, machine: Path, bin_folder: Path, database: Path) -> None:
    home = machine / "home"
    (home / "bin").mkdir()
    (home / "exports").mkdir()
    shutil.copy(SCRIPT, home / "bin")
    (home / "exports" / "orders.csv").write_text(GOOD, encoding="utf-8")

    done = _as_cron(sh, bin_folder, "nightly-import.sh")

    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert _grades(database) == {"K1": "A"}


def _as_cron(sh: Sh, bin_folder: Path, words: str) -> "subprocess.CompletedProcess[str]":
    """Run the crontab's command that has these words, with what the crontab sets."""
    settings, commands = _crontab()
    (command,) = (command for command in commands if words in command)
    return sh(command, **settings | {"PATH": f"{bin_folder}:{settings['PATH']}"})


def _crontab() -> tuple[dict[str, str], list[str]]:
    """What the crontab sets, and its commands, read as crontab(5) says."""
    settings, commands = {}, []
    for line in (EXAMPLES / "crontab").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if equals and name.strip().isidentifier():
            settings[name.strip()] = value.strip()
        else:
            *when, command = line.split(maxsplit=5)
            assert all(set(field) <= set("0123456789-*,/") for field in when), line
            # cron ends a command at the first % that is not escaped.
            assert "%" not in command
            commands.append(command)
    return settings, commands
