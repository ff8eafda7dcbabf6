"""JSON for a program: one object, exact amounts, nothing that a terminal obeys, everything as it was."""

import io
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from retain_cli.document import Document, Rate
from retain_cli.errors import BadInput
from retain_cli.model.money import Money
from retain_cli.render import json_writer

TODAY = date(2026, 11, 23)


def written(data, **how):
    stream = io.StringIO()
    json_writer.write(Document(data, **how), stream, command="list", today=TODAY)
    return stream.getvalue()


def test_each_kind_of_value_in_jsons_own_kinds():
    data = {
        "money": Money(-1, "CNY"),
        "yen": Money(5, "JPY"),
        "few": Rate(1, 4),
        "many": Rate(1, 5),
        "none": Rate(0, 0),
        "day": TODAY,
        "absent": None,
        "yes": True,
        "number": 1,
        "share": 0.5,
        "list": [Money(100, "EUR"), [TODAY]],
    }
    answer = json.loads(written(data, problems=["p"]))
    assert answer == {
        "retain": 1,
        "command": "list",
        "today": "2026-11-23",
        "data": {
            "money": {"amount": "-0.01", "currency": "CNY"},
            "yen": {"amount": "5", "currency": "JPY"},
            "few": {"rate": None, "numerator": 1, "denominator": 4},
            "many": {"rate": 0.2, "numerator": 1, "denominator": 5},
            "none": {"rate": None, "numerator": 0, "denominator": 0},
            "day": "2026-11-23",
            "absent": None,
            "yes": True,
            "number": 1,
            "share": 0.5,
            "list": [{"amount": "1.00", "currency": "EUR"}, ["2026-11-23"]],
        },
        "problems": ["p"],
    }


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3))
def test_any_text_comes_back_and_nothing_in_it_is_obeyed(data):
    text = written(data)
    assert json.loads(text)["data"] == data
    assert not any(
        (ord(character) < 0x20 and character != "\n") or 0x7F <= ord(character) < 0xA0 for character in text
    )
    assert not any(character in text for character in "\u202e\u2066\u200b\ufeff\u2028\ud800\U000e0041")


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text('ab"\\\n茶é', max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("kß", max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(_PLAIN)
def test_it_is_laid_out_as_python_s_own_writer_lays_it_out(data):
    envelope = {"retain": 1, "command": "list", "today": "2026-11-23", "data": data, "problems": []}
    assert written(data) == json.dumps(envelope, ensure_ascii=False, indent=2) + "\n"


def test_words_stay_readable():
    assert '"王芳 👩\u200d👧"' in written({"name": "王芳 👩\u200d👧"})


def test_an_error_is_an_object_too():
    stream = io.StringIO()
    json_writer.write_error(BadInput("m\x1b", "h", code="c", problems=["p"]), stream)
    assert json.loads(stream.getvalue()) == {
        "retain": 1,
        "error": {"code": "c", "message": "m\x1b", "hint": "h", "problems": ["p"]},
    }
    assert "\x1b" not in stream.getvalue()
