"""Bad rows: said with file, line, column, cell and why; kept to be mended; and never half of a file taken in."""

import csv
import os
import stat
from pathlib import Path

import pytest

HEADER = "Customer ID,Name,Birthday,E-mail\n"
ABOUT = ["refused_in", "refused_line", "refused_column", "refused_cell", "refused_because"]


def records(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_bad_row_is_said_with_file_line_column_cell_and_why(retain, csv_file):
    path = csv_file("c.csv", HEADER + "1,Wang,1980-02-30,\n2,Li,,li at example\n")
    answer = retain("import", path)
    assert answer.code == 65
    assert answer.out == ""
    first, second, last = answer.err.splitlines()
    assert first == f"{path}:2: Birthday '1980-02-30': no such day"
    assert second == f"{path}:3: E-mail 'li at example': not an e-mail address"
    assert last.startswith("retain: error: 2 rows cannot be taken in; nothing was changed.")
    assert "--rejects" in last
    assert "--skip-bad" in last


def test_a_script_finds_the_bad_rows_in_the_error(retain, csv_file):
    path = csv_file("c.csv", HEADER + "1,Wang,1980-02-30,\n")
    error = retain("import", path, "-f", "json").json["error"]
    assert error["code"] == "rows-refused"
    assert error["problems"] == [f"{path}:2: Birthday '1980-02-30': no such day"]


@pytest.mark.parametrize("bad", [1, 250, 500])
def test_one_bad_row_anywhere_among_many_and_nothing_is_taken_in(retain, csv_file, rows, fingerprint, bad):
    retain("import", csv_file("first.csv", "Customer ID,Name\n0,Zhao\n"))
    before = fingerprint()
    lines = [f"{n},Name {n},1980-01-01,\n" for n in range(1, 501)]
    lines[bad - 1] = f"{bad},Name {bad},1980-02-30,\n"
    path = csv_file("c.csv", HEADER + "".join(lines))
    answer = retain("import", path)
    assert answer.code == 65
    assert f"{path}:{bad + 1}: Birthday" in answer.err
    assert fingerprint() == before

    answer = retain("import", path, "--skip-bad", "-f", "json")
    assert answer.code == 3
    (entry,) = answer.json["data"]
    assert (entry["rows"], entry["created"], entry["rejected"]) == (500, 499, 1)
    assert answer.json["problems"] == [f"{path}:{bad + 1}: Birthday '1980-02-30': no such day"]
    assert rows("select count(*), sum(external_id = ?) from customer", str(bad)) == [(500, 0)]


def test_only_the_first_of_very_many_are_shown_and_all_are_counted(retain, csv_file, machine):
    path = csv_file("c.csv", HEADER + "".join(f"{n},Wang,never,\n" for n in range(1000)))
    answer = retain("import", path, "--rejects", machine / "rejects.csv")
    assert len(answer.err.splitlines()) < 30
    assert "1,000 rows cannot be taken in" in answer.err
    assert len(records(machine / "rejects.csv")) == 1001


def test_rejects_hold_the_row_as_it_came_and_what_is_wrong_with_it(retain, csv_file, machine):
    path = csv_file("c.csv", 'Remark,Customer ID,Birthday,Shoe\n"two\nlines",1,never,43\nok,2,,44\nx,3\n')
    rejects = machine / "rejects.csv"
    answer = retain("import", path, "--skip-bad", "--rejects", rejects)
    assert answer.code == 3
    assert records(rejects) == [
        ["Remark", "Customer ID", "Birthday", "Shoe", *ABOUT],
        ["two\nlines", "1", "never", "43", path, "2", "Birthday", "never", "not a day like 2026-11-21"],
        ["x", "3", "", "", path, "5", "", "", "has 2 cells where the header has 4"],
    ]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_rejects_are_for_their_owner_alone(retain, csv_file, machine, umask):
    before = os.umask(umask)
    try:
        retain("import", csv_file("c.csv", HEADER + "1,Wang,never,\n"), "--rejects", machine / "rejects.csv")
    finally:
        os.umask(before)
    assert stat.S_IMODE((machine / "rejects.csv").stat().st_mode) == 0o600


def test_rejects_never_replace_a_file(retain, csv_file, machine):
    kept = machine / "precious.txt"
    kept.write_text("precious")
    answer = retain("import", csv_file("c.csv", HEADER + "1,Wang,never,\n"), "--skip-bad", "--rejects", kept)
    assert answer.code == 73
    assert kept.read_text() == "precious"
    assert retain("list").code == 72


def test_rejects_do_not_follow_a_link(retain, csv_file, machine):
    (machine / "link").symlink_to(machine / "elsewhere")
    answer = retain("import", csv_file("c.csv", HEADER + "1,Wang,never,\n"), "--rejects", machine / "link")
    assert answer.code == 73
    assert not (machine / "elsewhere").exists()


def test_rejects_in_a_folder_that_is_not_there_are_refused(retain, csv_file):
    answer = retain("import", csv_file("c.csv", HEADER + "1,Wang,never,\n"), "--rejects", "no/folder/r.csv")
    assert answer.code == 73


def test_no_rejects_no_file(retain, csv_file, machine):
    retain("import", csv_file("c.csv", HEADER + "1,Wang,,\n"), "--rejects", machine / "rejects.csv")
    assert not (machine / "rejects.csv").exists()


def test_mended_rejects_can_be_imported_as_they_are(retain, csv_file, machine, rows):
    text = "Customer ID,Name,Order Date,Amount,Product\n1,=Wang,2026-01-02,ten,@home\n2,Li,2026-01-02,5,-rope\n"
    rejects = machine / "rejects.csv"
    assert retain("import", csv_file("o.csv", text), "--skip-bad", "--rejects", rejects).code == 3
    assert retain("import", rejects).code == 65
    mended = [[cell.replace("ten", "10") if column == 3 else cell for column, cell in enumerate(record)]
              for record in records(rejects)]  # fmt: skip
    with rejects.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(mended)
    (entry,) = retain("import", rejects, "-f", "json").data
    assert (entry["kind"], entry["created"]) == ("purchases", 1)
    assert rows("select name, product, amount from purchase join customer on customer.id = customer_id "
                "order by external_id") == [("=Wang", "@home", 1000), ("Li", "-rope", 500)]  # fmt: skip


def test_rejects_of_a_file_without_a_header_name_the_columns_by_field(retain, csv_file, machine, rows):
    path = csv_file("o.txt", "1 2026-01-02 x five\n")
    options = ("--columns", "external_id,bought_on,-,amount", "--delimiter", "space")
    retain("import", path, *options, "--rejects", machine / "rejects.csv")
    mended = (machine / "rejects.csv").read_text().replace("five", "5", 1)
    assert retain("import", csv_file("mended.csv", mended)).code == 0
    assert rows("select amount from purchase") == [(500,)]


def test_no_spreadsheet_obeys_what_is_in_the_rejects(retain, csv_file, machine):
    evil = "=HYPERLINK(1)"
    retain(
        "import",
        csv_file("=c.csv", f"Customer ID,Birthday,{evil},+x\n{evil},{evil},{evil},-1+1\n"),
        "--rejects",
        machine / "rejects.csv",
    )
    for record in records(machine / "rejects.csv"):
        for cell in record:
            assert not cell.startswith(("=", "+", "-", "@", "\t"))


def test_a_hostile_cell_is_shown_and_not_obeyed(retain, csv_file):
    answer = retain("import", csv_file("c.csv", "Customer ID,Birthday\n1,\x1b]52;c;aGk=\x07\n"))
    assert answer.code == 65
    assert "\\x1b]52" in answer.err
    assert "\x1b" not in answer.err
    assert "\x07" not in answer.err


def test_a_very_long_cell_is_shown_by_its_beginning(retain, csv_file):
    answer = retain("import", csv_file("c.csv", "Customer ID,Birthday\n1," + "9" * 5000 + "\n"))
    assert answer.code == 65
    assert len(answer.err) < 1000


def test_rows_with_other_columns_go_to_a_file_of_their_own(retain, csv_file, machine, rows):
    customers = csv_file("c.csv", HEADER + "1,Wang,never,\n2,Li,,\n")
    again = csv_file("d.csv", HEADER + "3,Zhao,nope,\n")
    orders = csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-01-02,ten\n2,2026-01-02,5.00\n")
    answer = retain("import", customers, orders, again, "--skip-bad", "--rejects", machine / "rejects.csv")
    assert answer.code == 3
    assert "rejects-2.csv" in answer.err
    first, second = records(machine / "rejects.csv"), records(machine / "rejects-2.csv")
    assert [record[0] for record in first] == ["Customer ID", "1", "3"]
    assert [record[:3] for record in second] == [["Customer ID", "Date", "Amount"], ["1", "2026-01-02", "ten"]]
    # Each is a table that can be mended and imported.
    for name, wrong, right in (("rejects.csv", "never", ""), ("rejects-2.csv", "ten", "10.00")):
        mended = (machine / name).read_text().replace("nope", "").replace(wrong, right, 1)
        assert retain("import", csv_file("mended.csv", mended)).code == 0
    assert rows("select count(*), sum(amount) from purchase") == [(2, 1500)]


def test_a_second_file_of_rejects_replaces_no_file_either(retain, csv_file, machine):
    (machine / "rejects-2.csv").write_text("precious")
    customers = csv_file("c.csv", HEADER + "1,Wang,never,\n")
    orders = csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-01-02,ten\n")
    answer = retain("import", customers, orders, "--skip-bad", "--rejects", machine / "rejects.csv")
    assert answer.code == 73
    assert (machine / "rejects-2.csv").read_text() == "precious"
    assert retain("list").code == 72
