"""A program of the user's own gets the digest, and no shell comes between."""

import json
import os

import pytest

from retain_cli.notify import by_command


@pytest.fixture(autouse=True)
def _shop(shop, clock):
    """Every test here has the shop."""


def test_it_gets_the_digest_as_json_and_its_words_in_its_arguments(retain, settings, program):
    settings(f"[notify]\ncommand = {program.command('--title', '{title}', '{text}', '{else}')}\n")
    answer = retain("due", "--notify")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    (got,) = program.got
    told = got["stdin"]
    assert got["argv"] == ["--title", told["title"], told["text"], "{else}"]
    assert (told["retain"], told["channel"], told["day"], told["staff"]) == (1, "command", "2026-11-23", None)
    assert (told["total"], told["suppressed"], told["lapsed"]) == (3, 1, [])
    assert len(told["key"]) == 32
    listed = retain("due", "-f", "json").data
    assert [one["id"] for one in told["customers"]] == [one["customer"]["id"] for one in listed]
    for one, shown in zip(told["customers"], listed, strict=True):
        assert set(one) == {"id", "grade", "reasons"}
        for reason, known in zip(one["reasons"], shown["reasons"], strict=True):
            # Words that were written about the customer stay at home.
            at_home = ("because", "about", "planned_on")
            assert reason == {key: value for key, value in known.items() if key not in at_home}


def test_names_are_left_out_unless_they_are_asked_for(retain, settings, program):
    known = ("Wang Fang", "Li Lei", "Zhao Min", "13800138", "K1", "Century", "Pudong")
    for include, day in (("false", "2026-11-23"), ("true", "2026-11-24")):
        settings(f"[notify]\ninclude_names = {include}\ncommand = {program.command('{text}')}\n")
        retain("due", "--notify", today=day)
        said = json.dumps(program.got[-1])
        assert [word in said for word in known] == [include == "true"] * len(known)


def test_what_a_customer_is_called_is_never_read_by_a_shell_nor_as_a_template(
    retain, settings, program, csv_file, machine
):
    name = "$(touch owned) `touch owned` ; touch owned {title} {text}"
    retain("import", csv_file("names.csv", f'Customer ID,Name\nK1,"{name}"\n'))
    settings(f"[notify]\ninclude_names = true\ncommand = {program.command('{text}')}\n")
    retain("due", "--notify")
    assert not list(machine.rglob("owned"))
    told = program.got[0]["stdin"]
    assert name in told["text"]
    assert name in [customer["name"] for customer in told["customers"]]


def test_what_a_terminal_would_obey_is_written_out(retain, settings, program, csv_file):
    retain("import", csv_file("names.csv", "Customer ID,Name\nK1,Wang\u200b\u2066Fang\n"))
    import sqlite3

    with sqlite3.connect(os.environ["RETAIN_DB"]) as db:
        db.execute("update customer set name = 'Wang' || char(27) || '[2J' where external_id = 'K1'")
    settings(f"[notify]\ninclude_names = true\ncommand = {program.command('{text}')}\n")
    retain("due", "--notify")
    assert "Wang\\x1b[2J" in program.got[0]["argv"][0]
    assert "\x1b" not in program.got[0]["stdin"]["text"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ('["no-such-program-anywhere"]', "there is no such program"),
        ('["sh", "-c", "echo s3cret >&2; exit 7"]', "ended with 7"),
        ('["/"]', "could not be run"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="there is no sh")
def test_a_program_that_fails_is_told_and_tried_again(retain, settings, command, said):
    settings(f"[notify]\ncommand = {command}\n")
    answer = retain("due", "--notify")
    assert answer.code == 69
    assert said in answer.err
    assert "s3cret" not in answer.err


@pytest.mark.skipif(os.name == "nt", reason="there is no sh")
def test_a_program_that_hangs_is_ended(retain, settings, monkeypatch):
    monkeypatch.setattr(by_command, "SECONDS_TO_WAIT", 0.05)
    settings('[notify]\ncommand = ["sleep", "600"]\n')
    answer = retain("due", "--notify")
    assert answer.code == 69
    assert "did not end within" in answer.err


@pytest.mark.skipif(os.name == "nt", reason="there is no sh")
def test_a_program_that_does_not_read_is_no_failure(retain, settings):
    settings('[notify]\ncommand = ["true"]\n')
    assert retain("due", "--notify").code == 0


def test_the_program_does_not_see_the_addresses_of_other_channels(retain, settings, machine, monkeypatch):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", "ntfy://s3cret")
    seen = machine / "seen"
    from retain_cli.notify.channels import Channel
    from retain_cli.notify.message import Message

    send = by_command.sender(Channel("x", command=("sh", "-c", f"env > {seen}")))
    send(Message("t", "x", {}, 0), "k")
    assert "PATH=" in seen.read_text()
    assert "s3cret" not in seen.read_text()
