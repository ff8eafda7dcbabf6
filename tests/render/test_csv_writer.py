"""CSV for a spreadsheet or a script."""

import csv
import io
from datetime import date

import pytest

from retain_cli.document import Document, Rate
from retain_cli.model.money import Money
from retain_cli.render import csv_writer


class Terminal(io.StringIO):
    def isatty(self):
        return True


def written(data, records=None, stream=None):
    stream = stream or io.StringIO()
    csv_writer.write(Document(data, records=records), stream)
    return stream.getvalue()


def test_each_kind_of_value_has_its_cell():
    record = {
        "name": 'Wang, "Fang"',
        "absent": None,
        "yes": True,
        "no": False,
        "on": date(2026, 2, 28),
        "many": 1234,
        "share": 0.5,
        "paid": Money(-123450, "CNY"),
        "served": Rate(1, 3),
        "who": {"id": 1, "name": "Li"},
        "words": ["a", "b"],
        "terms": [{"term": "late", "value": 2.0}],
        "sums": [Money(1, "JPY")],
        "empty": [],
    }
    header, row = csv.reader(io.StringIO(written([record])))
    assert dict(zip(header, row, strict=True)) == {
        "name": 'Wang, "Fang"',
        "absent": "",
        "yes": "true",
        "no": "false",
        "on": "2026-02-28",
        "many": "1234",
        "share": "0.5",
        "paid": "-1234.50",
        "paid_currency": "CNY",
        "served_numerator": "1",
        "served_denominator": "3",
        "who_id": "1",
        "who_name": "Li",
        "words": "a; b",
        "terms": "late 2.0",
        "sums": "1 JPY",
        "empty": "",
    }


def test_rows_of_different_keys_share_one_header():
    assert written([{"a": 1}, {"b": 2, "a": 3}]) == "a,b\n1,\n3,2\n"


def test_records_stand_for_the_data_where_there_are_any():
    assert written({"x": [1]}, records=[{"a": 1}]) == "a\n1\n"
    assert written({"x": 1}) == "x\n1\n"
    assert written([]) == ""


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x", "\t=1", "＝1", "'=1"])
def test_no_cell_begins_a_formula(text):
    header, row = csv.reader(io.StringIO(written([{"name": text, "words": [text]}])))
    assert row == ["'" + text, "'" + text]
    assert header == ["name", "words"]


def test_a_phone_stays_what_a_machine_can_dial():
    assert written([{"phone": "+8613800138000"}]) == "phone\n+8613800138000\n"


def test_a_file_keeps_what_an_import_takes_and_a_terminal_gets_less():
    text = "zero\u200bwidth\ttab\nline"
    assert list(csv.reader(io.StringIO(written([{"a": text}]))))[1] == [text]
    assert written([{"a": text}], stream=Terminal()) == "a\nzero\\u200bwidth\\x09tab\\x0aline\n"


ODD = [
    "=1+1",
    "+cmd",
    "-2+3",
    "@home",
    "'=quoted",
    "''=twice",
    "'plain",
    "|pipe",
    "%41",
    "＝full",
    'say "hi", he',
    "a;b",
    "a|b",
    "two words",
    "王芳",
    "👩‍👧",
    "O'Brien",
    "-",
    "=",
    "+86 call",
    "1e5",
    "00123",
    "TRUE",
    "null",
    "<b>",
    "[x]",
    "\\n",
]


def test_a_list_that_was_written_can_be_imported_and_is_the_same(retain, machine, csv_file):
    text = io.StringIO()
    rows = [["Customer ID", "Name", "Area", "Address"], *([f"K{n}", odd, odd, odd] for n, odd in enumerate(ODD))]
    csv.writer(text).writerows(rows)
    retain("import", csv_file("c.csv", text.getvalue()))
    first = retain("list", "-f", "csv").out
    retain("import", csv_file("again.csv", first), "--db", "second.db")
    kept, back = (
        {
            customer["external_id"]: (customer["name"], customer["area"])
            for customer in retain(*words, "-f", "json").data
        }
        for words in (["list"], ["list", "--db", "second.db"])
    )
    assert kept == back
    assert kept["K2"] == ("-2+3", "-2+3")
    (entry,) = retain("import", "again.csv", "-f", "json").data
    assert entry["unchanged"] == len(ODD)


def test_the_columns_are_those_of_the_header_whatever_the_rows_have():
    """A promise nobody made good and a need without an amount leave their columns empty, not away."""
    header = ("id", "amount", "amount_currency", "on", "who_id", "who_name")
    nothing = {"id": 1, "amount": None, "on": None, "who": None}
    something = {"id": 2, "amount": Money(100, "EUR"), "on": date(2026, 1, 2), "who": {"id": 7, "name": "Li"}}
    for rows, lines in (
        ([], []),
        ([nothing], ["1,,,,,"]),
        ([nothing, something], ["1,,,,,", "2,1.00,EUR,2026-01-02,7,Li"]),
    ):
        stream = io.StringIO()
        csv_writer.write(Document(rows, header=header), stream)
        assert stream.getvalue().splitlines() == [",".join(header), *lines]


def test_what_the_header_does_not_name_stands_behind_it_and_is_not_lost():
    stream = io.StringIO()
    csv_writer.write(Document([{"more": 3, "who": "Li", "id": 1}], header=("id", "who_name")), stream)
    assert stream.getvalue().splitlines() == ["id,who_name,more,who", "1,,3,Li"]
