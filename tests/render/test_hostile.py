"""Text that is meant for the terminal and not for its reader reaches neither, in whatever form it is asked for."""

import json
import os
import re
import select
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

pytestmark = pytest.mark.usefixtures("hostile")

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u2060-\u2065\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

READING = [
    ["list"], ["list", "--search", "x"], ["due", "--days", "366"], ["due", "--days", "366", "--why"], ["plan"],
    ["report"], ["classify", "--dry-run"], ["classify", "--explain", "#1"],
]  # fmt: skip
ERRORS = [["show", "b"], ["show", "\x1b[2Jnobody"], ["log-visit", "\u202enobody"], ["due", "--\x1b[2J"],
          ["\x9b31m"],          ["import", "\x1b[2J.csv"], ["list", "--db", "\x1b]0;x\x07"], ["report", "\x1b[5m"],
          ["log-visit", "#1", "--service", "\x1b[2J"]]  # fmt: skip


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_no_reading_command_lets_anything_through_that_a_terminal_obeys(retain, texts, form):
    # The list has them all; of single customers a few are enough where no layout depends on the text.
    step = 1 if form == "table" else 6
    for command in [*READING, *(["show", f"#{number}"] for number in range(1, len(texts) + 1, step))]:
        answer = retain(*command, "-f", form, today="2026-11-23")
        assert answer.code == 0, answer.err
        assert len(answer.out) > 50 or command[0] == "classify"
        # A tab in a file is what it was; anything else of this kind never came in with an import.
        out = answer.out.replace("\t", "") if form == "csv" else answer.out
        assert CONTROLS.search(out) is None, command
        if form != "csv":
            assert INVISIBLE.search(out) is None, command
        assert answer.err == ""


@pytest.mark.parametrize("form", ["table", "json"])
def test_no_error_lets_anything_through_either(retain, form):
    for command in ERRORS:
        answer = retain(*command, "-f", form)
        assert answer.code >= 2
        said = answer.out + answer.err
        assert CONTROLS.search(said) is None, command
        assert INVISIBLE.search(said) is None, command


def test_a_service_of_the_catalogue_is_data_like_any_other(retain, hostile, texts):
    with closing(sqlite3.connect(hostile)) as connection:
        connection.execute("update service set name = ? where id = 2", (" ".join(texts),))
        connection.commit()
    for command in (["plan"], ["show", "#1"], ["report"], ["log-visit", "#1", "--service", "massage"]):
        for form in ("table", "json"):
            answer = retain(*command, "-f", form, today="2026-11-23")
            assert answer.code in (0, 2)
            assert CONTROLS.search(answer.out + answer.err) is None, command
            assert INVISIBLE.search(answer.out + answer.err) is None, command


def test_an_import_of_hostile_rows_says_so_harmlessly(retain, csv_file, machine):
    text = "Customer ID,Name,\x1b[2J\nx,a\x1b[31mb,\n\x9b,b,\n"
    answer = retain("import", csv_file("\x1b[5m.csv", text), "--skip-bad")
    assert answer.code == 3
    assert CONTROLS.search(answer.out + answer.err) is None
    answer = retain("import", machine / "\x1b[5m.csv", "--rejects", "rejects.csv", "-f", "json")
    assert answer.code == 65
    assert CONTROLS.search(answer.out + answer.err) is None


def test_markup_and_emoji_codes_are_shown_as_they_were_written(retain, texts, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    shown = retain("list").out
    for text in texts:
        if text.isascii() and text.isprintable():
            assert text in shown
    assert "💍" not in shown


def test_escapes_in_json_come_back_as_what_is_kept(retain, texts):
    found = {customer["id"]: customer for customer in retain("list", "-f", "json").data}
    for number, text in enumerate(texts, start=1):
        assert [found[number][key] for key in ("external_id", "name", "phone", "email", "area")] == [text] * 5
        if number % 8 == 0:
            shown = retain("show", f"#{number}", "-f", "json").data
            assert (shown["customer"]["note"], shown["visits"][0]["staff"]) == (text, text)


def test_what_is_no_text_at_all_is_a_damaged_file_and_not_a_fault(retain, hostile):
    with closing(sqlite3.connect(hostile)) as connection:
        connection.execute("update customer set name = cast(x'61edb28062' as text) where id = 1")
        connection.commit()
    for command in (["list"], ["show", "#1"], ["due"]):
        answer = retain(*command, "-f", "json")
        assert answer.code == 72, command
        assert answer.json["error"]["code"] == "database-unusable"


# On a real terminal


def on_terminal(argv, **environment):
    """Every byte that reaches a terminal from a command line, and its exit code."""
    import pty

    control, terminal = pty.openpty()
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "RETAIN_DB", "PYTHONPATH") if name in os.environ}
    running = subprocess.Popen(
        [sys.executable, "-m", "retain_cli", *argv, "--today", "2026-11-23"],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=keep
        | {"TERM": "xterm-256color", "COLUMNS": "80", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
        | environment,
    )
    os.close(terminal)
    found = b""
    while select.select([control], [], [], 60)[0]:
        try:
            part = os.read(control, 65536)
        except OSError:  # the other end was closed
            break
        if not part:
            break
        found += part
    os.close(control)
    return found.decode(), running.wait(60)


STYLE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.skipif(sys.platform == "win32", reason="the machine has no such terminals")
@pytest.mark.parametrize(
    "argv",
    [
        ["list"],
        ["due", "--days", "366", "--why"],
        ["report"],
        ["show", "#2"],
        ["list", "-f", "csv"],
        ["list", "-f", "json"],
        ["show", "b"],
        ["import", "hostile.csv", "--skip-bad"],
    ],
    ids=" ".join,
)
def test_a_terminal_gets_styles_of_our_own_and_nothing_else_to_obey(argv, csv_file):
    csv_file("hostile.csv", "Customer ID,Name\nx,a\x1b[31mb\ny,good\n")
    found, code = on_terminal(argv)
    assert code == (2 if argv == ["show", "b"] else 3 if argv[0] == "import" else 0)
    assert len(found) > 100
    if argv in (["list"], ["report"], ["show", "#2"]):
        assert STYLE.search(found)
    plain = STYLE.sub("", found).replace("\r\n", "\n")
    assert CONTROLS.search(plain) is None
    assert INVISIBLE.search(plain) is None
    # What is written by us are bold, dim and underlined words; no text of a customer chose its colour.
    assert set(STYLE.findall(found)) <= {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;4m"}


@pytest.mark.skipif(sys.platform == "win32", reason="the machine has no such terminals")
def test_a_dumb_terminal_gets_no_styles_and_one_that_wants_no_colour_gets_none():
    found, _ = on_terminal(["list"], TERM="dumb")
    assert "\x1b" not in found
    found, _ = on_terminal(["list"], NO_COLOR="1")
    assert not re.search(r"\x1b\[(?:[0-9;]*;)?(?:3|4|9|10)[0-9](?:;[0-9;]*)?m", found)


def test_json_for_an_encoding_without_these_characters_is_escaped(hostile):
    done = subprocess.run(
        [sys.executable, "-m", "retain_cli", "list", "-f", "json", "--today", "2026-11-23"],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "RETAIN_DB": str(hostile)},
    )
    assert done.stdout.isascii()
    assert len(json.loads(done.stdout)["data"]) > 40
