"""A guessed encoding is shown before anything is written; where a text proves its own nobody is asked."""

import io
import sys

import pytest

from retain_cli.cli import main

GUESSED = "Customer ID,Name\n1,王芳\n2,Li\n"


class Terminal(io.StringIO):
    """Somebody who types an answer."""

    def isatty(self):
        return True


def file_of(folder, text, codec):
    path = folder / "c.csv"
    path.write_bytes(text.encode(codec))
    return str(path)


@pytest.mark.parametrize(("codec", "name"), [("gb18030", "GB18030"), ("cp1252", "Windows-1252")])
def test_a_script_has_to_say_that_a_guess_is_right(retain, machine, codec, name):
    who = {"gb18030": "王芳", "cp1252": "Zoë"}[codec]
    path = file_of(machine, GUESSED.replace("王芳", who), codec)
    answer = retain("import", path)
    assert answer.code == 2
    assert f"read as {name} by a guess, so that it says {who}" in answer.err
    assert f"--encoding {codec}" in answer.err
    assert not (machine / "shop.db").exists()
    for agreed in (["--yes"], ["--encoding", codec]):
        assert retain("import", path, *agreed).code == 0
    assert {customer["name"] for customer in retain("list", "-f", "json").data} == {who, "Li"}


def test_a_second_file_that_is_a_guess_keeps_the_first_out_too(retain, machine, csv_file):
    good = csv_file("good.csv", "Customer ID,Name\n7,Zhao\n")
    assert retain("import", good, file_of(machine, GUESSED, "gb18030")).code == 2
    assert not (machine / "shop.db").exists()


def test_a_dry_run_shows_the_guess_and_asks_nothing(retain, machine):
    answer = retain("import", file_of(machine, GUESSED, "gb18030"), "--dry-run")
    assert answer.code == 0
    assert "so that it says 王芳" in " ".join(answer.out.split())


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 2), ("\n", 2), ("", 2)])
def test_a_person_is_asked_with_the_words_to_judge_by(machine, monkeypatch, capsys, typed, code):
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(["import", file_of(machine, GUESSED, "gb18030"), "--today", "2026-11-23"]) == code
    assert "so that it says 王芳 [y/N]" in capsys.readouterr().err
    assert (machine / "shop.db").exists() == (code == 0)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("客户编号,姓名,手机\nC1,王芳,13800138000\n", "gb18030"),
        ("会员号,Name\nC1,王芳\n", "gb18030"),
        ("会員番号,氏名,電話\nC1,山田太郎,090-1234-5678\n", "cp932"),
        ("Kundennummer;Name;Straße\nC1;Jürgen Müller;Kölner Straße 1\n", "cp1252"),
        ("Customer ID,Name\n1,王芳\n", "utf-8"),
        ("Customer ID,Name\n1,王芳\n", "utf-16"),
        ("Customer ID,Name\n1,王芳\n", "utf-8-sig"),
    ],
)
def test_a_mark_or_valid_utf8_or_a_known_header_is_proof_and_nobody_is_asked(retain, machine, text, codec):
    assert retain("import", file_of(machine, text, codec), "--skip-bad").code in (0, 3)
    assert len(retain("list", "-f", "json").data) == 1


def test_how_a_profile_reads_was_said_before(retain, machine):
    path = file_of(machine, GUESSED, "gb18030")
    assert retain("import", path, "--encoding", "gbk", "--save-profile", "till").code == 0
    assert retain("import", path, "--profile", "till").code == 0
