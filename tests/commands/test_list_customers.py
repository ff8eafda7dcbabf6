"""`retain list`."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def found(retain, *options):
    return [customer["external_id"] for customer in retain("list", *options, "-f", "json").data]


def test_who_bought_most_comes_first(retain):
    assert found(retain) == ["K1", "K2", "K3", "K4", "K5", "K6"]
    assert found(retain, "--limit", "2") == ["K1", "K2"]


@pytest.mark.parametrize(
    ("grade", "expected"),
    [("A", ["K1"]), ("b", ["K2", "K3"]), ("C", ["K4", "K5"]), ("none", ["K6"]), ("NONE", ["K6"])],
)
def test_only_one_grade(retain, grade, expected):
    assert found(retain, "--grade", grade) == expected


def test_no_grade_at_all_is_none_of_them(retain):
    assert retain("list", "--grade", "").code == 2


@pytest.mark.parametrize(("area", "expected"), [("pudong", ["K1", "K3"]), ("浦东（新区）", ["K5"]), ("dong", [])])
def test_only_one_area_in_any_case(retain, area, expected):
    assert found(retain, "--area", area) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("wANG", ["K1", "K6"]), ("k4", ["K4"]), ("8003", ["K3"]), ("wei@example", ["K6"]), ("Century", ["K1"]),
        ("138-0013 8003", ["K3"]), ("(0)138 0013 8001", ["K1"]), ("00 86 138 0013 8002", ["K2"]), ("+86-999", []),
        ("小红", ["K5"]), ("世纪大道", ["K5"]), ("nobody", []),
    ],
)  # fmt: skip
def test_words_are_looked_for_in_names_ids_phones_addresses_and_e_mails(retain, words, expected):
    assert found(retain, "--search", words) == expected


@pytest.mark.parametrize("mark", ["%", "_", "\\", "K_", "W%g", "' or 1=1 --"])
def test_marks_of_the_database_mean_themselves(retain, csv_file, mark):
    assert found(retain, "--search", mark) == []
    assert found(retain, "--area", mark) == []
    retain("import", csv_file("odd.csv", f'Customer ID,Name,Area\nodd,"a{mark}b","{mark}"\n'))
    assert found(retain, "--search", mark) == ["odd"]
    assert found(retain, "--area", mark) == ["odd"]


def test_filters_hold_together_and_the_limit_comes_after_them(retain):
    assert found(retain, "--grade", "B", "--area", "Pudong") == ["K3"]
    assert found(retain, "--search", "wang", "--limit", "1") == ["K1"]
    assert found(retain, "--grade", "A", "--search", "Li") == []


def test_an_amount_is_grouped_for_people_and_plain_for_programs(retain):
    assert "12,300.00" in retain("list", "--limit", "1").out
    assert "12300.00" in retain("list", "--limit", "1", "-f", "csv").out
    assert retain("list", "--limit", "1", "-f", "json").data[0]["amount"]["amount"] == "12300.00"


def test_numbers_alone_name_the_same_customers_in_the_same_order(retain):
    lines = retain("list", "-f", "ids").out.splitlines()
    assert len(lines) == 6
    assert all(line.startswith("#") for line in lines)
    named = [retain("show", line, "-f", "json").data["customer"]["external_id"] for line in lines]
    assert named == found(retain)


def test_nobody_is_no_number(retain):
    assert retain("list", "--area", "dong", "-f", "ids").out == ""
