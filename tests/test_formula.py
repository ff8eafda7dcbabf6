"""Cells that a spreadsheet would obey are made harmless, and come back byte for byte."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retain_cli.formula import neutralise, restore
from retain_cli.importing import cells

ALPHABET = "'=+ 1A@-\t"
TRIGGERS = "=+-@\t\r\n|%＝＋－＠"
PHONE_OR_NUMBER = re.compile(r"[+-]?\d[\d ().,/-]*", re.ASCII)


def harmless(cell):
    """Whether a spreadsheet takes the cell for text, a number or a phone, by the rules of CWE-1236."""
    return not cell.lstrip(" \u3000").startswith(tuple(TRIGGERS)) or PHONE_OR_NUMBER.fullmatch(cell) is not None


def every_text(longest):
    for length in range(longest + 1):
        yield from map("".join, itertools.product(ALPHABET, repeat=length))


def test_every_short_text_of_the_dangerous_characters_is_harmless_and_comes_back():
    seen = {}
    for text in every_text(5):
        cell = neutralise(text)
        assert harmless(cell), repr(text)
        assert restore(cell) == text, repr(text)
        assert seen.setdefault(cell, text) == text, f"{text!r} and {seen[cell]!r} are both written {cell!r}"
    assert len(seen) == sum(9**length for length in range(6)) == 66_430


def test_every_short_text_that_can_be_kept_comes_back_through_an_import():
    for text in every_text(4):
        if text and text == text.strip():
            assert cells.text(neutralise(text)) == text, repr(text)


@given(st.text(max_size=30) | st.text(TRIGGERS + "' \u3000A1", max_size=8))
def test_any_text_is_harmless_and_comes_back(text):
    assert harmless(neutralise(text))
    assert restore(neutralise(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        " =1",
        "'=1",
        "|calc",
        "%0A",
        "+",
        "-",
        "=",
        "@",
        "-1=1",
    ],
)
def test_what_a_spreadsheet_would_obey_gets_one_apostrophe(text):
    assert neutralise(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Wang",
        "王芳",
        "13800138000",
        "+8613800138000",
        "+86 138-0013-8000",
        "-12.50",
        "+1 (212) 555-0100",
        "2026-11-23",
        "'",
        "'quoted'",
        "O'Brien",
        "a=b",
        "1+1",
        "a@b.cn",
        " plain ",
    ],
)
def test_what_is_harmless_stays_as_it_is(text):
    assert neutralise(text) == text


def test_an_apostrophe_that_somebody_wrote_stays():
    assert restore("'quoted") == "'quoted"
    assert restore("'1") == "'1"
