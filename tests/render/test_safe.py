"""The boundary before every terminal: what came in with data is shown, never obeyed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retain_cli.render.safe import safe, storable

# Marks that show nothing and change how the rest reads; joiners are none of them.
INVISIBLE = "\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\u2064\ufeff\ufff9\U000e0001\U000e0041"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"), ("\x9b31m", "\\x9b31m"), ("a\x00b", "a\\x00b"), ("a\rb\n", "a\\x0db\\x0a"),
        ("\u202egnp", "\\u202egnp"), ("\u200b", "\\u200b"), ("\ufeff", "\\ufeff"), ("\udc80", "\\udc80"),
        ("\U000e0041", "\\U000e0041"), ("\x7f", "\\x7f"), ("\t", "\\x09"), ("\u2028", "\\u2028"),
    ],
)  # fmt: skip
def test_what_would_be_obeyed_is_written_out(text, shown):
    assert safe(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Wang Fang",
        "王芳",
        "Zoë",
        "می\u200cخواهم",
        "👩\u200d👩\u200d👧",
        "क्\u200dष",
        "[bold]",
        ":ring:",
        "a\\b",
        "…",
        "×",
    ],
)
def test_what_is_read_stays_as_it_is(text):
    assert safe(text) == text
    assert storable(text) == text


@given(st.text())
def test_nothing_that_controls_comes_through(text):
    shown = safe(text)
    for character in shown:
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert character not in INVISIBLE
    assert not {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"} & set(
        map(unicodedata.bidirectional, shown)
    )


@given(st.text())
def test_what_is_safe_is_safe_again(text):
    assert safe(safe(text)) == safe(text)


@given(st.text())
def test_a_file_gets_no_control_but_tabs_and_line_ends(text):
    for character in storable(text):
        assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"])))
def test_a_file_gets_every_word_as_it_is(text):
    assert storable(text) == text
