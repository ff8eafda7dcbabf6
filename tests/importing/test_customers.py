"""Rows of customers."""

import pytest


def load(retain, csv_file, text, *options):
    return retain("import", csv_file("c.csv", text), *options, "-f", "json")


def test_everything_a_row_says_is_kept(retain, csv_file):
    text = (
        "Customer ID,Name,Phone,E-mail,Address,Area,Birthday,DNC,Note\n"
        "K1,王芳,138 0013 8001,Wang@Example.cn,世纪大道 1 号,浦东,1980-02-29,是,likes tea\n"
    )
    assert load(retain, csv_file, text).code == 0
    who = retain("show", "K1", "-f", "json").data["customer"]
    assert {key: who[key] for key in ("external_id", "name", "phone", "email", "address", "area", "birthday",
                                      "do_not_contact", "note")} == {
        "external_id": "K1", "name": "王芳", "phone": "+8613800138001", "email": "wang@example.cn",
        "address": "世纪大道 1 号", "area": "浦东", "birthday": "1980-02-29", "do_not_contact": True,
        "note": "likes tea",
    }  # fmt: skip


def test_a_birthday_without_a_year_stays_without_one(retain, csv_file):
    load(retain, csv_file, "Customer ID,Birthday\n1,--02-29\n2,12月1日\n")
    assert retain("show", "1", "-f", "json").data["customer"]["birthday"] == "--02-29"
    assert retain("show", "2", "-f", "json").data["customer"]["birthday"] == "--12-01"


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("1980-05-01", "--05-01", "1980-05-01"),
        ("--05-01", "1980-05-01", "1980-05-01"),
        ("1980-05-01", "--05-02", "--05-02"),
        ("1980-05-01", "1981-05-01", "1981-05-01"),
        ("1980-05-01", "", "1980-05-01"),
    ],
)
def test_a_known_year_of_birth_stays_only_with_its_day(retain, csv_file, first, then, kept):
    load(retain, csv_file, f"Customer ID,Birthday\n1,{first}\n")
    load(retain, csv_file, f"Customer ID,Birthday\n1,{then}\n")
    assert retain("show", "1", "-f", "json").data["customer"]["birthday"] == kept


def test_nobody_is_born_after_today(retain, csv_file):
    path = csv_file("c.csv", "Customer ID,Birthday\n1,2026-11-24\n")
    assert retain("import", path, today="2026-11-23").code == 65
    assert retain("import", path, today="2026-11-24").code == 0


@pytest.mark.parametrize(
    ("column", "cell"),
    [("Name", "x" * 201), ("Phone", "12"), ("E-mail", "nobody"), ("Birthday", "1980-02-30"), ("DNC", "perhaps"),
     ("Note", "x" * 2001), ("Address", "a\x1bb")],
)  # fmt: skip
def test_a_cell_that_is_no_value_refuses_its_row(retain, csv_file, rows, column, cell):
    text = f"Customer ID,{column}\n1,{cell}\n2,\n"
    answer = load(retain, csv_file, text, "--kind", "customers", "--skip-bad")
    assert answer.code == 3
    assert f":2: {column} " in answer.json["problems"][0]
    assert rows("select external_id from customer") == [("2",)]


def test_the_same_customers_in_another_order_change_nothing(retain, csv_file):
    lines = [f"{n},Name {n},1380013{8000 + n}\n" for n in range(50)]
    load(retain, csv_file, "Customer ID,Name,Phone\n" + "".join(lines))
    (entry,) = load(retain, csv_file, "Customer ID,Name,Phone\n" + "".join(reversed(lines))).data
    assert entry["unchanged"] == 50


def test_columns_in_another_order_change_nothing(retain, csv_file):
    load(retain, csv_file, "Customer ID,Name,Area\n1,Wang,North\n")
    (entry,) = load(retain, csv_file, "Area,Customer ID,Name\nNorth,1,Wang\n").data
    assert entry["unchanged"] == 1
