"""The front page, and the one way out: what becomes of pipes, signals and odd surroundings."""

import csv
import inspect
import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

import retain_cli
from retain_cli.command_list import COMMANDS, MODULES

RETAIN = [sys.executable, "-m", "retain_cli"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="the machine has no such pipes and signals")


# The front page


def test_the_front_page_lists_every_command_in_the_order_of_the_day(retain):
    page = retain("--help").out
    names = [line[2:].split()[0] for line in page.splitlines() if line.startswith("│ ") and line[2] != " "]
    assert [name for name in names if not name.startswith("-")] == [command.name for command in COMMANDS]
    words = " ".join(page.replace("│", " ").split())
    for command in COMMANDS:
        assert command.sentence in words
        assert command.panel in words


def test_every_command_that_is_written_is_on_the_front_page():
    """A file with actions, or with a function of its own name that takes the workspace and is nobody's action."""
    modules = [
        import_module(f"retain_cli.commands.{path.stem}")
        for path in (Path(retain_cli.__file__).parent / "commands").glob("[!_]*.py")
    ]
    actions = {function for module in modules for function in getattr(module, "ACTIONS", {}).values()}

    def is_command(module):
        function = getattr(module, module.__name__.rpartition(".")[2], None)
        if hasattr(module, "ACTIONS") or not inspect.isfunction(function) or function in actions:
            return hasattr(module, "ACTIONS")
        return next(iter(inspect.signature(function).parameters)) == "workspace"

    assert {module.__name__ for module in modules if is_command(module)} == set(MODULES.values())


def test_each_command_has_its_sentence_and_the_options_that_all_have(retain):
    for command in COMMANDS:
        actions = getattr(import_module(MODULES[command.name]), "ACTIONS", {})
        page, *pages = (
            " ".join(retain(*words, "--help").out.replace("│", " ").split())
            for words in ([command.name], *([command.name, action] for action in actions))
        )
        assert command.sentence in page
        for words in pages or [page]:
            for option in ("--db", "--today", "--format", "-f", "--yes", "Everywhere"):
                assert option in words, command.name


def test_a_bare_retain_prints_the_front_page(retain):
    bare, asked = retain(), retain("--help")
    assert (bare.out.rstrip(), bare.err) == (asked.out.rstrip(), "")
    assert (bare.code, asked.code) == (2, 0)


def test_the_version_is_the_packages(retain):
    assert retain("--version").out == f"retain {retain_cli.__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["duee"], "no such command 'duee'. Did you mean 'due', 'dupes'? See: retain --help."),
        (["promise", "ad"], "no such command 'ad'. Did you mean 'add'? See: retain promise --help."),
        # What is alike by its dashes alone was never meant, least of all --yes.
        (["skip", "K1", "--why", "sick"], "no such option: --why. See: retain skip --help."),
        (["due", "--lmit", "2"], "no such option: --lmit. Did you mean --limit? See: retain due --help."),
        (["xyzzy"], "no such command 'xyzzy'. See: retain --help."),
    ],
)
def test_a_near_miss_is_wrong_use_in_one_line_that_guesses_what_was_meant(retain, words, said):
    answer = retain(*words)
    assert (answer.code, answer.err) == (2, f"retain: error: {said}\n")


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("next --answers", "next"),
        ("due --limit", "due"),
        ("due -f", "due"),
        ("due --quiet=yes", "due"),
        ("due --limt 3", "due"),
        ("due --limit many", "due"),
        ("promise --of", "promise list"),
        ("promise move 1", "promise move"),
        ("promise move --by", "promise move"),
        ("promise foo", "promise"),
    ],
)
def test_wrong_words_are_told_with_the_help_of_the_command_they_are_for(retain, words, command):
    answer = retain(*words.split())
    assert answer.code == 2
    assert answer.err.endswith(f" See: retain {command} --help.\n")
    assert len(answer.err.splitlines()) == 1
    assert retain(*command.split(), "--help").code == 0


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("--db other.db", "list"),
        ("--db=other.db -f csv", "list"),
        ("-fcsv --db other.db --today 2027-01-31", "list --search Ann"),
        ("--format csv --db other.db", "plan"),
        ("--db other.db -f ids", "segment list"),
        ("--db other.db --yes", "erase 7"),
    ],
)
def test_what_every_subcommand_takes_may_also_stand_before_its_name(retain, words, before):
    (Path.cwd() / "one.csv").write_text("Customer ID,Name\n7,Ann\n")
    for path in ("other.db", "again.db"):
        assert retain("import", "one.csv", "--db", path).code == 0
    behind = retain(*words.split(), *before.replace("other", "again").split())
    ahead = retain(*before.split(), *words.split())
    assert (ahead.code, ahead.out) == (behind.code, behind.out)
    assert not (Path.cwd() / "shop.db").exists()


def test_what_is_said_last_goes(retain):
    (Path.cwd() / "one.csv").write_text("Customer ID,Name\n7,Ann\n")
    assert (
        retain("--db", "nowhere.db", "-f", "json", "import", "one.csv", "--db", "one.db", "-f", "table").code == 0
    )
    assert [path.name for path in Path.cwd().glob("*.db")] == ["one.db"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (["list", "--where", "grade = = A"], ["grade = = A", "        ^"]),
        (["segment", "x", "--where", "orders >"], ["orders >", "        ^"]),
        (["campaign", "create", "x", "--text", "Dear {nam}"], ["Dear {nam}", "     ^"]),
    ],
)
def test_what_cannot_be_understood_is_shown_with_its_place_and_one_sentence(retain, words, place):
    (Path.cwd() / "one.csv").write_text("Customer ID,Name\n1,Ann\n")
    assert retain("import", "one.csv").code == 0
    told = retain(*words)
    *shown, sentence = told.err.splitlines()
    assert [line.removeprefix("  ") for line in shown] == place
    assert sentence.startswith("retain: error: ")
    assert sentence.endswith(".")
    asked = retain(*words, "-f", "json")
    assert (asked.code, asked.err) == (told.code, "")
    assert list(asked.json) == ["retain", "error"]
    error = asked.json["error"]
    assert [line.removeprefix("  ") for line in error["problems"]] == place
    assert sentence == f"retain: error: {error['message']}. {error['hint']}".rstrip()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("retain d", {"due", "day", "demo", "dupes", "doctor"}),
        ("retain due --li", {"--limit"}),
        ("retain lo", {"log-visit"}),
    ],
)
def test_a_shell_is_told_what_may_follow(machine, words, found):
    environment = {
        "_RETAIN_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = subprocess.run(RETAIN, env=os.environ | environment, capture_output=True, text=True, check=True)
    assert found == set(done.stdout.split())


# Pipes


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A database whose list is longer than a pipe holds."""
    folder = tmp_path_factory.mktemp("many")
    lines = "".join(f"m{n},2026-01-02,{n}.00,Customer number {n}\n" for n in range(2500))
    (folder / "orders.csv").write_text("Customer,Date,Amount,Name\n" + lines)
    done = subprocess.run(
        [*RETAIN, "import", "orders.csv", "--db", "shop.db", "--today", "2026-01-03"],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return folder / "shop.db"


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_reader_that_has_seen_enough_ends_a_reading_command_quietly(many, form, unbuffered):
    running = subprocess.Popen(
        [*RETAIN, "list", "-f", form, "--db", str(many)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered, "RETAIN_TODAY": "2026-01-03"},
    )
    assert running.stdout.readline()
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait(60) == 141


@posix
@pytest.mark.parametrize(
    "argv",
    [
        ["classify", "--explain", "m1"],
        ["classify", "--compare", "amount", "rfm"],
        ["classify", "--scores"],
        ["classify", "--segments"],
        ["classify", "--dry-run"],
        ["import", "good.csv", "--dry-run"],
        ["undo", "1", "--dry-run"],
    ],
    ids=" ".join,
)
def test_a_command_that_only_asks_this_once_ends_as_reading_ones_do(many, csv_file, argv):
    csv_file("good.csv", "Customer ID,Name\n2,Li\n")
    reading, writing = os.pipe()
    os.close(reading)
    day = ["--db", str(many), "--today", "2026-01-03"]
    done = subprocess.run([*RETAIN, *argv, *day], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@posix
def test_the_help_ends_quietly_too(machine):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*RETAIN, "--help"], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@posix
@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["import", "good.csv"], 0),
        (["import", "bad.csv", "--skip-bad"], 3),
        (["import", "good.csv", "-f", "json"], 0),
        (["log-visit", "1"], 0),
        (["classify"], 0),
        (["merge", "1", "9", "--yes"], 0),
        (["undo", "1", "--yes"], 0),
        (["export", "all", "out"], 0),
    ],
)
def test_a_command_that_changes_something_says_what_became_of_it_although_nobody_reads(
    retain, csv_file, machine, argv, code
):
    retain("import", csv_file("first.csv", "Customer ID,Name\n1,Wang\n9,Wang\n"))
    csv_file("good.csv", "Customer ID,Name\n2,Li\n")
    csv_file("bad.csv", "Customer ID,Birthday\n3,never\n4,\n")
    before = (machine / "shop.db").read_bytes()
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*RETAIN, *argv], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert (machine / "shop.db").read_bytes() != before or (machine / "out").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the machine has no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("argv", [["list"], ["list", "-f", "json"], ["list", "-f", "csv"], ["--help"], ["report"]])
def test_an_answer_that_cannot_be_written_is_said(many, argv, unbuffered):
    environment = os.environ | {
        "PYTHONUNBUFFERED": unbuffered,
        "RETAIN_DB": str(many),
        "RETAIN_TODAY": "2026-01-03",
    }
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*RETAIN, *argv], stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False
        )
    assert done.returncode == 74
    if "json" not in argv:
        assert done.stderr == "retain: error: could not write the answer: No space left on device.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the machine has no device that is always full")
def test_a_change_whose_answer_cannot_be_written_is_made_and_said_to_be(retain, csv_file):
    retain("import", csv_file("first.csv", "Customer ID,Name\n1,Wang\n"))
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*RETAIN, "log-visit", "1"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 74
    assert "What was asked for is done." in done.stderr
    assert len(retain("show", "1", "-f", "json").data["visits"]) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the machine has no device that is always full")
@pytest.mark.parametrize("argv", [["show", "nobody"], ["show", "nobody", "-f", "json"]])
def test_an_error_that_cannot_be_told_still_has_its_code(many, argv):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*RETAIN, *argv, "--db", str(many)], stdout=full, stderr=full, check=False)
    assert done.returncode == 2


@posix
@pytest.mark.parametrize(
    ("closed", "argv", "code"),
    [
        ("<&-", ["list"], 0),
        ("<&-", ["import", "-"], 65),
        (">&-", ["list"], 0),
        (">&-", ["list", "-f", "json"], 0),
        (">&-", ["log-visit", "m1"], 0),
        (">&-", ["show", "nobody", "-f", "json"], 2),
        ("2>&-", ["list"], 0),
        ("2>&-", ["show", "nobody"], 2),
        ("<&- >&- 2>&-", ["due"], 0),
        ("<&- >&- 2>&-", ["show", "nobody"], 2),
    ],
)
def test_a_closed_stream_changes_no_exit_code_and_no_file(many, machine, closed, argv, code):
    copy = machine / "copy.db"
    copy.write_bytes(many.read_bytes())
    before = set(machine.rglob("*"))
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *RETAIN, *argv],
        capture_output=True,
        text=True,
        env=os.environ | {"RETAIN_DB": str(copy), "RETAIN_TODAY": "2026-01-03"},
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert set(machine.rglob("*")) == before
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("select count(*) from visit").fetchone() == (argv[0] == "log-visit",)


# Signals


@posix
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_an_import_that_is_stopped_changes_nothing_and_says_so(machine, name, code):
    running = subprocess.Popen(
        [*RETAIN, "import", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"RETAIN_TODAY": "2026-01-03"},
    )
    running.stdin.write(b"Customer ID,Name\n1,Wang\n")
    running.stdin.flush()
    # The new database has its passing name as soon as the import has begun, which then waits for the rest.
    while not list(machine.glob(".shop.db.*.new")):
        assert running.poll() is None
        time.sleep(0.002)
    running.send_signal(getattr(signal, name))
    out, err = running.communicate(timeout=60)
    assert running.returncode == code
    assert out == b""
    (line,) = err.decode().splitlines()
    assert line.startswith("retain: error: ")
    assert "taken back" in line
    assert [found.name for found in machine.iterdir()] == ["home"]


@posix
def test_a_signal_that_is_to_be_ignored_is_ignored(machine):
    script = 'trap "" HUP INT; exec "$@"'
    running = subprocess.Popen(["sh", "-c", script, "sh", *RETAIN, "import", "-"], stdin=subprocess.PIPE)
    running.stdin.write(b"Customer ID,Name\n1,Wang\n")
    running.stdin.flush()
    while not list(machine.glob(".shop.db.*.new")):
        assert running.poll() is None
        time.sleep(0.002)
    for name in ("SIGHUP", "SIGINT"):
        running.send_signal(getattr(signal, name))
    running.communicate(b"2,Li\n", timeout=60)
    assert running.returncode == 0
    with closing(sqlite3.connect(machine / "shop.db")) as connection:
        assert connection.execute("select count(*) from customer").fetchone() == (2,)


# Surroundings


SURROUNDINGS = {
    "nothing but a path": {},
    "a C locale": {"LANG": "C", "LC_ALL": "C"},
    "a POSIX locale taken at its word": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "streams that know ASCII": {"PYTHONIOENCODING": "ascii"},
    "streams of an old Windows": {"PYTHONIOENCODING": "cp1252"},
    "a terminal nobody knows": {"TERM": "nonsense"},
    "a very narrow screen": {"COLUMNS": "10"},
    "a screen of no width": {"COLUMNS": "0"},
    "a width that is no number": {"COLUMNS": "wide"},
    "another zone": {"TZ": "Pacific/Kiritimati"},
    "a zone nobody knows": {"TZ": "Nowhere/Land"},
    "colours wanted": {"FORCE_COLOR": "1"},
}


@pytest.fixture(scope="module")
def chinese(tmp_path_factory):
    """A shop with a name that ASCII cannot write."""
    folder = tmp_path_factory.mktemp("chinese")
    (folder / "c.csv").write_text("Customer ID,Name\n1,王小红\n", encoding="utf-8")
    subprocess.run(
        [*RETAIN, "import", "c.csv", "--db", "shop.db", "--today", "2026-01-03"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    return folder / "shop.db"


@posix
@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_it_works_wherever_it_is_put(chinese, machine, surroundings):
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment = keep | {"RETAIN_DB": str(chinese)} | SURROUNDINGS[surroundings]
    before = set(machine.rglob("*"))
    for argv in (["list"], ["list", "-f", "json"], ["list", "-f", "csv"], ["show", "王小红"], ["due"], ["--help"]):
        done = subprocess.run([*RETAIN, *argv], env=environment, capture_output=True, check=False, umask=0)
        # Told to know ASCII alone, Python cannot read the name; it is refused in words.
        unreadable = argv[0] == "show" and environment.get("PYTHONUTF8") == "0"
        assert done.returncode == (2 if unreadable else 0), (argv, done.stderr)
        assert done.stderr.count(b"\n") == unreadable
        assert b"Traceback" not in done.stdout + done.stderr
    found = subprocess.run([*RETAIN, "list", "-f", "csv"], env=environment, capture_output=True, check=True).stdout
    (row,) = csv.DictReader(
        io.StringIO(found.decode("utf-8" if "PYTHONIOENCODING" not in environment else "ascii"))
    )
    assert row["name"] in ("王小红", "\\u738b\\u5c0f\\u7ea2")
    assert set(machine.rglob("*")) == before


@posix
@pytest.mark.parametrize("where", ["/", "."])
def test_no_surroundings_make_a_database_where_one_happens_to_be(machine, where):
    """Without RETAIN_DB the database is in the user's data folder, whatever folder the command is given in."""
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment = keep | {"XDG_DATA_HOME": str(machine / "data")}
    done = subprocess.run(
        [*RETAIN, "import", "-"],
        input=b"Customer ID,Name\n1,Wang\n",
        cwd=where,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [str(path.relative_to(machine)) for path in machine.rglob("*.db")] == ["data/retain/retain.db"]
    assert (machine / "data" / "retain").stat().st_mode & 0o777 == 0o700
