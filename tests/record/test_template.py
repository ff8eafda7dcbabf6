"""Templates are words with places; nothing in them or in what is filled in is ever evaluated."""

import pytest

from retain_cli.record.template import KNOWN, LONGEST, Missing, WrongTemplate, fill, parse, places


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dear {name}!", "Dear Wang Fang!"),
        ("{name}{name}", "Wang FangWang Fang"),
        ("{{name}} is a place", "{name} is a place"),
        ("{{{name}}}", "{Wang Fang}"),
        ("{owner|your shop} says hello", "your shop says hello"),
        ("{name|friend}", "Wang Fang"),
        ("{owner|}", ""),
        ("nothing", "nothing"),
        ("two\nlines, {name}", "two\nlines, Wang Fang"),
        ("%s %(name)s $name ${name}", "%s %(name)s $name $Wang Fang"),
    ],
)
def test_places_are_filled_in_and_everything_else_stays(text, said):
    assert fill(parse(text), {"name": "Wang Fang"}) == said


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Dear {name.__class__}", 5), ("{0}", 0), ("{}", 0), ("{name!r}", 0), ("{name:>99999999}", 0),
        ("{name[0]}", 0), ("{ name }", 0), ("{Name}", 0), ("a { b", 2), ("a } b", 2), ("{name", 0),
        ("x {nobody}", 2), ("{name\n}", 0), ("{{{nobody}}}", 2), ("{name|a{b}c}", 0),
    ],
)  # fmt: skip
def test_what_is_no_place_is_refused_with_a_caret_under_it(text, at):
    with pytest.raises(WrongTemplate) as refused:
        parse(text)
    line, caret = refused.value.problems
    assert line == "  " + text.split("\n")[0]
    assert caret == "  " + " " * at + "^"
    assert (refused.value.exit_code, refused.value.code) == (65, "template")


def test_the_error_names_every_place_there_is():
    with pytest.raises(WrongTemplate) as refused:
        parse("{nobody}")
    assert all(f"{{{word}}}" in refused.value.hint for word in KNOWN)


def test_the_caret_stands_in_the_line_that_is_wrong_also_behind_wide_characters():
    with pytest.raises(WrongTemplate) as refused:
        parse("Good day,\n亲爱的 {nom}\nbye")
    assert "line 2" in refused.value.message
    # Three characters that are two cells wide each, and a blank.
    assert refused.value.problems == ["  亲爱的 {nom}", "  " + " " * 7 + "^"]


@pytest.mark.parametrize(
    "name", ["{points}", "{name.__class__}", "{0}", "{{", "}", "{name!r}", "%s", "\\1", "\\g<0>"]
)
def test_what_is_filled_in_is_never_looked_at_again(name):
    assert fill(parse("Dear {name}, {points} points"), {"name": name, "points": "5"}) == f"Dear {name}, 5 points"


@pytest.mark.parametrize("name", ["Wang\nFang", "Wang\r\nBcc: x@example.com", " Wang \u2028 Fang ", "Wang\x0bFang"])
def test_what_is_filled_in_stands_on_one_line(name):
    said = fill(parse("Dear {name}"), {"name": name})
    assert said == "Dear " + " ".join(name.split())
    assert len(str(said).splitlines()) == 1


def test_what_is_not_known_and_has_no_words_instead_is_missing():
    template = parse("{name}, your {last_product}")
    assert fill(template, {"name": "Wang", "last_product": None}) == Missing("last_product")
    assert fill(template, {"name": "Wang", "last_product": " "}) == Missing("last_product")
    assert places(template) == {"name", "last_product"}


@pytest.mark.parametrize("text", ["\x1b[31m", "a\x00b", "a\u202eb"])
def test_a_text_holds_nothing_that_a_terminal_or_a_mail_would_obey(text):
    with pytest.raises(WrongTemplate):
        parse(text)


def test_a_text_has_an_end():
    assert parse("a" * LONGEST)
    with pytest.raises(WrongTemplate):
        parse("a" * (LONGEST + 1))
