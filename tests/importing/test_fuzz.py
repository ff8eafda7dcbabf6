"""Exports with anything wrong in them: an answer in words and an exit code, never a fault, never half of a file."""

import contextlib
import io
import json
import shutil
import sqlite3
import sys
from contextlib import closing
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retain_cli.cli import main

SEEDS = [
    "Customer ID,Name,Phone,E-mail,Birthday,DNC,Note\n"
    "1,Wang Fang,13800138001,wang@example.cn,1980-02-29,,likes tea\n"
    '2,"Li, Lei",+86 138 0013 8002,,--12-31,yes,"two\nlines"\n'
    "3,,010-82345678,zhao@example.cn,,no,\n",
    "Order Number;Order Date;Customer;Item;Qty;Amount;Currency\r\n"
    "A1;2026-01-02;1;tea;2;1,234.50;CNY\r\nA1;2026-01-02;1;tea;2;1,234.50;CNY\r\nA2;2026-02-03;9;rope;;-5;EUR\r\n",
    "会员号\t日期\t方式\t结果\t满意度\t备注\t下次联系\n1\t2026-01-02\tcall\tdone\t5\t你好\t2026-03-04\n2\t2026-02-03\t\t\t\t\t\n",
    "Customer|Date|Total\n1|31/12/2025|10\n2|01/02/2026|20\n3|2026-03-04|30\n",
    "BEGIN:VCARD\nVERSION:3.0\nFN:Wang Fang\nTEL;TYPE=CELL:13800138001\nBDAY:--0203\nNOTE:two\\, words\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:4.0\nN:李;娜;;;\nEMAIL:li@example.cn\nX-ALTBDAY:农历八月十五\nEND:VCARD\n",
]

NASTY = [
    b'"',
    b"\n",
    b"\r",
    b",",
    b";",
    b"\t",
    b"|",
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x1b[2J",
    b"'",
    b"=1+1",
    b"\xe2\x80\xae",
    b"1e999",
    b"9" * 40,
    b"NaN",
    b"-",
    b"2026-02-30",
    b"0000-00-00",
    b"\xed\xa0\x80",
    b"%s",
    b"\\",
    b" ",
    b"x" * 140_000,
    b"'; drop table customer; --",
    b"\xf0\x9f\x98\x80",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
]


@st.composite
def exports(draw):
    """A good export after some accidents: bytes put in, taken out, doubled, cells swapped, the end cut off."""
    content = bytearray(
        draw(st.sampled_from(SEEDS)).encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "gbk"])))
    )
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        to = draw(st.integers(at, min(len(content), at + 30)))
        match draw(st.sampled_from(["insert", "delete", "double", "byte", "cut", "lines"])):
            case "insert":
                content[at:at] = draw(st.sampled_from(NASTY))
            case "delete":
                del content[at:to]
            case "double":
                content[at:at] = content[at:to]
            case "byte":
                content[at:at] = bytes([draw(st.integers(0, 255))])
            case "cut":
                del content[at:]
            case "lines":
                lines = content.split(b"\n")
                content = bytearray(b"\n".join(draw(st.permutations(lines))))
    return bytes(content)


OPTIONS = st.sampled_from(
    [
        [],
        ["--skip-bad"],
        ["--skip-bad", "--date-order", "dmy"],
        ["--skip-bad", "--dry-run"],
        ["--kind", "customers"],
        ["--kind", "purchases", "--skip-bad"],
        ["--kind", "visits", "--skip-bad"],
        ["--delimiter", "space"],
        ["--columns", "external_id,bought_on,-,-,-,amount,-", "--delimiter", "semicolon", "--skip-bad"],
    ]
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A database with a few customers in it already."""
    folder = tmp_path_factory.mktemp("fuzz")
    seed = folder / "seed.csv"
    seed.write_text(SEEDS[0], encoding="utf-8")
    assert run("import", str(seed), "--db", str(folder / "seed.db"))[0] == 0
    return folder / "seed.db"


def run(*argv, stdin=b""):
    """One command line in this process; fixtures of one test cannot serve many examples."""
    out, err, before = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([*argv, "--today", "2026-11-23"])
    finally:
        sys.stdin = before
    return code, out.getvalue(), err.getvalue()


def counts(path):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        return [
            connection.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("customer", "purchase", "visit", "import_batch")
        ]


def check_a_mutated_export(shop, content, options):
    """It is taken in whole or refused in words, and then nothing was changed."""
    path = shop.with_name("fuzz.db")
    shutil.copyfile(shop, path)
    before, there = sha256(path.read_bytes()).digest(), counts(path)
    code, out, err = run("import", "-", "--db", str(path), "--yes", "-f", "json", *options, stdin=content)
    said = out + err
    assert code in (0, 3, 65), said
    assert "Traceback" not in said
    # An escape in JSON is an escape that no terminal sees.
    assert not any(character in said for character in "\x00\x07\x1b\x7f\x85\x9b\u202e")
    answer = json.loads(out)
    if code == 65 or "--dry-run" in options:
        assert sha256(path.read_bytes()).digest() == before
    else:
        (entry,) = answer["data"]
        assert counts(path)[3] == there[3] + 1
        assert (code == 3) == bool(answer["problems"])
        assert sum(entry[key] for key in ("created", "updated", "unchanged", "rejected", "review")) == entry["rows"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(exports(), OPTIONS)
def test_whatever_happened_to_an_export_it_is_taken_in_or_refused_in_words(shop, content, options):
    check_a_mutated_export(shop, content, options)


@pytest.mark.soak
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(exports(), OPTIONS)
def test_of_a_thousand_mutated_exports_none_is_a_fault_and_none_is_half_taken_in(shop, content, options):
    check_a_mutated_export(shop, content, options)
