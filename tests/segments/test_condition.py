"""Conditions on customers: whom they mean, and what they say of what they cannot mean."""

import sqlite3
from datetime import date
from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retain_cli.errors import WrongUse
from retain_cli.segments.condition import parse
from retain_cli.segments.fields import FIELDS
from retain_cli.store.policy import Policy

TODAY = date(2026, 11, 23)

CUSTOMERS = """Customer ID,Name,Phone,Area,Birthday,Do not contact
1,Wang Fang,13800138001,Pudong,03-05,no
2,Li Lei,13800138002,Old Town,11-20,yes
3,"O'Brien, Pat",13800138003,pudong,,no
4,100% Sure,13800138004,,,no
"""
ORDERS = """Customer ID,Date,Product,Category,Amount
1,2026-11-01,oak,floors,900
1,2026-01-05,wax,care,50.50
2,2026-08-25,oak,floors,300
2,2026-08-26,oak,floors,-300
3,2025-01-01,lamp,lamps,80
3,2026-12-24,oak,floors,999
"""


@pytest.fixture
def meant(retain, csv_file):
    """The ids of those whom a condition means."""
    assert retain("import", csv_file("c.csv", CUSTOMERS), csv_file("o.csv", ORDERS)).code == 0
    retain("classify")
    retain("log-visit", "1", today="2026-11-13")

    def ask(condition):
        answer = retain("list", "--where", condition, "-f", "json")
        assert answer.code == 0, answer.err + answer.out
        return "".join(sorted(one["external_id"] for one in answer.data))

    return ask


@pytest.mark.parametrize(
    ("condition", "whom"),
    [
        ("area = Pudong", "13"),
        ("AREA = 'Old Town'", "2"),
        ("area != pudong", "24"),
        ("area is empty", "4"),
        ("area is not empty and not area = pudong", "2"),
        ("area contains do", "13"),
        ("name contains %", "4"),
        ("name contains _", ""),
        ('name = "O\'Brien, Pat"', "3"),
        (r"name = 'O\'Brien, Pat'", "3"),
        ("name = 'wang  FANG'", "1"),
        ("id in (1, 3)", "13"),
        ("id not in (1, 3)", "24"),
        ("grade = a", "1"),
        ("grade is empty", "4"),
        ("grade in (B, C)", "23"),
        # What is bought after today does not count yet, and what came back is no purchase but subtracts.
        ("amount >= 950.50", "1"),
        ("amount = 0", "24"),
        ("amount < 100 and amount > 0", "3"),
        ("orders = 1", "23"),
        ("orders > 1", "1"),
        ("last_on < 2026-01-01", "3"),
        ("last_on is empty", "4"),
        ("first_on = 2026-01-05", "1"),
        # 2026-08-25 is 90 days before 2026-11-23.
        ("days_since_purchase >= 90", "23"),
        ("days_since_purchase > 90", "3"),
        ("days_since_purchase < 90", "1"),
        ("days_since_purchase = 90", "2"),
        ("days_since_visit <= 10", "1"),
        ("last_visit_on is empty", "234"),
        ("category = floors", "12"),
        ("category != floors", "34"),
        ("category contains CAR", "1"),
        ("category is empty", "4"),
        ("product in (wax, lamp)", "13"),
        ("birthday_month = 3", "1"),
        ("birthday_month is empty", "34"),
        ("do_not_contact = yes", "2"),
        ("do-not-contact != yes", "134"),
        ("area = pudong or area = 'Old Town' and grade = A", "13"),
        ("(area = pudong or area = 'Old Town') and grade = A", "1"),
        ("not (id = 1 or id = 2)", "34"),
        ("not not id = 1", "1"),
    ],
)
def test_a_condition_means_just_those(meant, condition, whom):
    assert meant(condition) == whom


@pytest.mark.parametrize(
    ("condition", "place", "words"),
    [
        ("grad = A", 0, "there is no column 'grad'"),
        ("grade = D", 8, "there is no grade 'D'"),
        ("grade > B", 6, "no smaller or larger"),
        ("amount > many", 9, "not an amount"),
        ("amount > 1.234", 9, "not an amount"),
        ("orders > 1e99", 9, "not a number"),
        ("last_on > yesterday", 10, "not a day"),
        ("last_on > 2026-02-30", 10, "not a day"),
        ("days_since_visit > 1.5", 19, "not a whole number"),
        ("area = 'Pudong", 7, "no end"),
        ("area = Pudong area = X", 14, "without `and` or `or`"),
        ("area =", 6, "a value is missing"),
        ("area", 4, "a sign belongs here"),
        ("(area = X", 9, "a `)` is missing"),
        ("id in 1", 6, "a `(` belongs here"),
        ("id in (1, 2", 11, "a `)` is missing"),
        ("amount contains 5", 0, "is no text"),
        ("do_not_contact = perhaps", 17, "neither yes nor no"),
        ("id = 1; drop table customer", 8, "without `and` or `or`"),
        ("and", 0, "there is no column 'and'"),
        ("", 0, "empty"),
        ("id = !", 5, "no meaning"),
        ("not " * 60 + "id = 1", 200, "too deeply"),
    ],
)
def test_what_cannot_be_understood_is_shown_with_a_caret_under_it(retain, meant, condition, place, words):
    answer = retain("list", "--where", condition)
    assert answer.code == 2
    shown, caret, error = answer.err.splitlines()
    assert shown == f"  {condition}"
    assert caret == "  " + " " * place + "^"
    assert words in error


def test_a_caret_stands_under_wide_characters_too(retain, meant):
    # Each of the two takes two columns of the terminal.
    caret = retain("list", "--where", "area = 浦东 x").err.splitlines()[1]
    assert caret == "  " + " " * len("area = ") + "    " + " ^"


def test_nothing_that_is_written_becomes_sql():
    hostile = 'area = "x\' or 1=1 --" and name contains "\'); drop table customer; --"'
    found = parse(hostile, Policy(), TODAY)
    assert "drop" not in found.sql
    assert "1=1" not in found.sql
    assert "x' or 1=1 --" in found.parameters.values()


WORDS = [*FIELDS, "and", "or", "not", "(", ")", "=", "<", "in", "is", "empty", "contains", ",", "1", "A", "yes"]
ANYTHING = st.text(st.sampled_from([*printable, "浦", "\0"]), max_size=40)
SENTENCES = st.builds(" ".join, st.lists(st.sampled_from([*WORDS, "2026-01-01"]), max_size=9))


@given(ANYTHING | SENTENCES)
def test_whatever_is_written_is_either_refused_or_good_sql(schema, text):
    try:
        found = parse(text, Policy(), TODAY)
    except WrongUse:
        return
    schema.execute(found.sql, found.parameters).fetchall()


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    """The connection of an empty base."""
    from retain_cli.store import migrate

    path = tmp_path_factory.mktemp("schema") / "empty.db"
    migrate.create(path)
    connection = sqlite3.connect(path)
    yield connection
    connection.close()
