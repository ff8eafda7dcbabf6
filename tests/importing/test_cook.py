"""The cells that a brand's description asks for, made of the cells of its rows."""

from typing import Any

import pytest

from retain_cli.importing.cook import Cleaner, Cook


def cook(what: Any, row: dict[str, str], clean: Cleaner | None = None) -> str | None:
    """The cell that is made of a row; None where the file lacks every column of it."""
    numbers = {name: number for number, name in enumerate(row)}
    made = Cook(numbers, str.casefold, clean or Cleaner()).make(what)
    return None if made is None else made.make(list(row.values()))


@pytest.mark.parametrize(
    ("what", "row", "cell"),
    [
        ("City", {"city": " Rome "}, "Rome"),
        ("City", {"town": "Rome"}, None),
        (["Mobile", "Phone"], {"mobile": "", "phone": "12"}, "12"),
        (["Mobile", "Phone"], {"mobile": "11", "phone": "12"}, "11"),
        (["Mobile", "Phone"], {"phone": "12"}, "12"),
        ({"join": ["Street", "City"], "with": ", "}, {"street": "Long Road", "city": "Rome"}, "Long Road, Rome"),
        ({"join": ["Street", "City"], "with": ", "}, {"street": "", "city": "Rome"}, "Rome"),
        ({"given": "First", "family": "Last"}, {"first": "Ada", "last": "Byron"}, "Ada Byron"),
        ({"given": "First", "family": "Last"}, {"first": "小燕", "last": "钱"}, "钱小燕"),
        ({"family": "Last"}, {"last": "Byron"}, "Byron"),
        ({"times": ["Price", "Qty"]}, {"price": "$1,200.50", "qty": "2"}, "2401.00"),
        ({"times": ["Price", "Qty"]}, {"price": "5.00", "qty": ""}, ""),
        ({"times": ["Price", "Qty"]}, {"price": "5.00"}, None),
        ({"plus": ["Gross", "Tip"], "less": ["Fee"]}, {"gross": "10.00", "tip": "1.50", "fee": "0.30"}, "11.20"),
        ({"plus": ["Gross"], "less": ["Fee"]}, {"gross": "10.00", "fee": "-0.30"}, "9.70"),
        ({"plus": ["Gross"]}, {"gross": "(3.00)"}, "-3.00"),
        ({"plus": ["Gross"], "less": ["Fee"]}, {"gross": "ten", "fee": "1"}, "ten"),
        ({"plus": ["Gross"], "less": ["Fee"]}, {"gross": "10", "fee": "one"}, "one"),
        ({"year": "Y", "month": "M", "day": "D"}, {"y": "1980", "m": "2", "d": "9"}, "1980-02-09"),
        ({"year": "Y", "month": "M", "day": "D"}, {"y": "", "m": "2", "d": "9"}, "--02-09"),
        ({"year": "Y", "month": "M", "day": "D"}, {"y": "1980", "m": "", "d": ""}, ""),
        ({"year": "Y", "month": "M", "day": "D"}, {"y": "1980", "m": "2"}, None),
        ({"column": "Born", "dates": ["%d %b %Y", "%d %b"]}, {"born": "09 Feb 1980"}, "1980-02-09"),
        ({"column": "Born", "dates": ["%d %b %Y", "%d %b"]}, {"born": "29 Feb"}, "--02-29"),
        ({"column": "Born", "dates": ["%d %b %Y"]}, {"born": "soon"}, "soon"),
        ({"column": "Name", "until": "("}, {"name": "Rome (Italy)"}, "Rome"),
        ({"column": "Id", "strip": ["gid:"], "nothing": ["none"]}, {"id": "gid:7"}, "7"),
        ({"column": "Id", "strip": ["gid:"], "nothing": ["none"]}, {"id": "none"}, ""),
        ({"column": "Id", "unless": "*"}, {"id": "138****0000"}, ""),
        ({"always": "EUR"}, {"id": "7"}, "EUR"),
    ],
)
def test_a_cell_is_made_as_described(what: Any, row: dict[str, str], cell: str | None) -> None:
    assert cook(what, row) == cell


def test_what_a_cell_is_made_of_is_said_by_the_titles_of_its_columns() -> None:
    numbers = {"price": 0, "qty": 1, "tip": 2, "fee": 3}
    made = Cook(numbers, str.casefold, Cleaner()).make(
        {"times": ["Price", "Qty"], "plus": ["Tip"], "less": ["Fee"]}
    )
    assert made is not None
    assert (made.title, made.of) == ("Price × Qty + Tip − Fee", (0, 1, 2, 3))


def test_a_sum_of_money_is_exact() -> None:
    # As binary numbers 0.1 + 0.2 is 0.30000000000000004.
    assert cook({"plus": ["A", "B"]}, {"a": "0.1", "b": "0.2"}) == "0.3"
    assert cook({"times": ["A", "B"]}, {"a": "1.1", "b": "1.1"}) == "1.21"


@pytest.mark.parametrize(
    ("cell", "clean"),
    [
        ('="00123"', "00123"),
        ("'00123", "00123"),
        ("\t00123", "00123"),
        ("--", ""),
        ("plain", "plain"),
        ('="', '="'),
    ],
)
def test_what_programs_put_around_a_cell_is_taken_off(cell: str, clean: str) -> None:
    assert Cleaner(["'", "\t"], ["--"])(cell) == clean


def test_a_file_without_such_marks_is_left_as_it_is() -> None:
    assert not Cleaner()
    assert Cleaner()(" '00123 ") == "'00123"
    assert Cleaner()('="00123"') == '="00123"'
