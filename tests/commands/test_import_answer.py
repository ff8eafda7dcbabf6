"""What `retain import` answers: on a screen what was understood otherwise and what was not used, in JSON all."""

import pytest


def said(answer) -> str:
    """The sentences of an answer, without what the width of the screen makes of them."""
    return " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Customer ID,Name,E-mail", "read Customer ID as external_id; 2 more by their own names."),
        ("Customer ID,Mobile", "read Customer ID as external_id, Mobile as phone."),
        ("Name,Phone", "read 2 columns by their own names."),
        ("External ID", "read 1 column by its own name."),
        ("Custmer ID,Name", "read Custmer ID as external_id (90% alike); 1 more by its own name."),
        ("Customer ID,First name,Last name", "read Customer ID as external_id, First name + Last name as name."),
        ("Name,Phone,Shoe size,Star sign", "read 2 columns by their own names; not used: Shoe size, Star sign."),
    ],
)
def test_a_column_with_its_fields_own_name_is_counted_and_any_other_named(retain, csv_file, header, sentence):
    cells = ",".join(
        "138 0000 0401" if name in ("Mobile", "Phone") else "a@b.example" for name in header.split(",")
    )
    answer = retain("import", csv_file("f.csv", f"{header}\n{cells}\n"), "--kind", "customers")
    assert answer.code == 0
    assert f"f.csv: {sentence}" in said(answer)


def test_json_says_every_column_whatever_it_is_called(retain, csv_file):
    path = csv_file("f.csv", "Customer ID,Name,Phone,Shoe size\nC1,Wang,13800000401,38\n")
    (entry,) = retain("import", path, "-f", "json").data
    assert entry["columns"] == {"Customer ID": "external_id", "Name": "name", "Phone": "phone"}
    assert entry["unused"] == ["Shoe size"]


def test_only_so_many_columns_without_use_are_named_on_a_screen(retain, csv_file):
    more = ",".join(f"Other {n}" for n in range(13))
    path = csv_file("f.csv", f"Customer ID,Name,{more}\nC1,Wang{',' * 13}\n")
    assert "Other 9 and 3 more; -f json names them." in said(retain("import", path, "--dry-run"))
    assert len(retain("import", path, "-f", "json").data[0]["unused"]) == 13


def test_two_columns_of_one_field_stand_under_one_title(retain, csv_file):
    path = csv_file("f.csv", "Customer ID,Mobile,Phone\nC1,,13800000401\n")
    (entry,) = retain("import", path, "-f", "json").data
    assert entry["columns"]["Mobile or Phone"] == "phone"


@pytest.mark.parametrize("again", ["f.csv", "./f.csv", "below/../f.csv"])
def test_a_file_that_is_named_twice_is_taken_in_once_and_that_is_said(retain, csv_file, machine, again):
    (machine / "below").mkdir()
    csv_file("f.csv", "Customer ID,Name\nC1,Wang\n")
    answer = retain("import", "f.csv", again)
    assert answer.code == 0
    assert said(answer).count("f.csv: read") == 1
    assert answer.err == "Named more than once and taken in once: f.csv.\n"
    assert len(retain("batches", "-f", "json").data) == 1


def test_two_files_that_say_the_same_are_two_files(retain, csv_file):
    text = "Customer ID,Name\nC1,Wang\n"
    assert len(retain("import", csv_file("a.csv", text), csv_file("b.csv", text), "-f", "json").data) == 2
    assert len(retain("batches", "-f", "json").data) == 2


def test_standard_input_is_not_the_file_that_is_called_so(retain, csv_file):
    csv_file("-", "Customer ID,Name\nC1,Wang\n")
    answer = retain("import", "-", "./-", "-f", "json", stdin=b"Customer ID,Name\nC2,Li\n")
    assert [entry["created"] for entry in answer.data] == [1, 1]
    assert {one["name"] for one in retain("list", "-f", "json").data} == {"Li", "Wang"}


def test_a_dry_run_lists_its_first_rows_and_says_how_many_more(retain, csv_file, machine):
    path = csv_file("f.csv", "Customer ID,Name\n" + "".join(f"C{n},N{n}\n" for n in range(23)))
    answer = retain("import", path, "--dry-run")
    assert "and 3 more; -f csv has them all." in answer.out
    assert answer.out.rstrip().endswith("A dry run: nothing was changed.")
    assert len(retain("import", path, "--dry-run", "-f", "csv").out.splitlines()) == 1 + 23
    assert len(retain("import", path, "--dry-run", "-f", "json").data[0]["row_by_row"]) == 23
    assert not (machine / "shop.db").exists()
