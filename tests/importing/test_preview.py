"""A dry run says row by row what would happen, and why."""

import csv
import io

import pytest

CUSTOMERS = "Customer ID,Name,Phone,Area\n"
ORDERS = "Customer ID,Phone,Order date,Amount,Product,Category\n"


@pytest.fixture
def dry(retain, csv_file):
    def run(text, *options, code=0):
        answer = retain("import", csv_file("file.csv", text), "--dry-run", "-f", "json", *options)
        assert answer.code == code, answer.out
        return answer

    return run


@pytest.fixture
def shop(retain, csv_file):
    text = CUSTOMERS + "C1,Wang Wei,13800138000,East\nC2,Wang Fang,13800138000,\n"
    assert retain("import", csv_file("c.csv", text)).code == 0
    assert retain("import", csv_file("o.csv", ORDERS + "C1,,2026-10-01,10.00,Tea,drinks\n")).code == 0


def rows(answer):
    return [
        (one["line"], one["what"], one["customer"], [tuple(c.values()) for c in one["changes"]], one["why"])
        for one in answer.data[0]["row_by_row"]
    ]


def test_customers_row_by_row(dry, shop):
    text = CUSTOMERS + "C1,Wang Wei,,West\nC2,,,\nC9,New One,,\n,,13800138000,North\n"
    assert rows(dry(text, code=3)) == [
        (2, "updated", "Wang Wei", [("area", "East", "West")], "found by id"),
        (3, "unchanged", "Wang Fang", [], "found by id"),
        (4, "created", "New One", [], "nobody has this id, phone or e-mail"),
        (5, "review", None, [], "the phone +8613800138000 belongs to several customers: #1, #2"),
    ]


def test_purchases_row_by_row_in_the_order_of_the_file(dry, shop):
    text = ORDERS + "C9,,2026-10-05,9.00,Pot,\nC1,,2026-10-01,10.00,Tea,hot\nC1,,2026-09-01,1.00,Cup,\n"
    assert rows(dry(text)) == [
        (2, "created", "C9", [], "a line not known yet"),
        (3, "updated", "Wang Wei", [("category", "drinks", "hot")], "the line is known, with other words"),
        (4, "created", "Wang Wei", [], "a line not known yet"),
    ]


def test_bad_rows_are_told_among_the_others_and_the_exit_code_is_that_of_the_import(retain, shop):
    text = (ORDERS + "C1,,2026-02-30,9.00,Pot,\nC1,,2026-10-03,1.00,Cup,\n").encode()
    answer = retain("import", "-", "--dry-run", "-f", "json", stdin=text)
    assert answer.code == 65
    (bad, good) = answer.json["data"][0]["row_by_row"]
    assert (bad["line"], bad["what"], good["line"], good["what"]) == (2, "rejected", 3, "created")
    assert "2026-02-30" in bad["why"]
    assert retain("import", "-", "--dry-run", "--skip-bad", stdin=text).code == 3


def test_nothing_is_changed(dry, shop, machine):
    before = (machine / "shop.db").read_bytes()
    dry(CUSTOMERS + "C1,Other,,West\nC9,New,,\n")
    assert (machine / "shop.db").read_bytes() == before


def test_the_table_shows_the_first_twenty_and_counts_the_rest(retain, csv_file, shop):
    text = ORDERS + "".join(f"C1,,2026-10-05,{n}.00,Pot,\n" for n in range(1, 31))
    out = retain("import", csv_file("more.csv", text), "--dry-run").out
    assert out.count("more.csv:") == 20 + 1  # and once where it says how the columns were read
    assert "and 10 more; -f csv has them all." in out
    assert "A dry run: nothing was changed." in out


def test_csv_has_every_row(retain, csv_file, shop):
    text = CUSTOMERS + "C1,,,West\n" + "".join(f"D{n},N{n},,\n" for n in range(30))
    out = retain("import", csv_file("more.csv", text), "--dry-run", "-f", "csv").out
    found = list(csv.DictReader(io.StringIO(out)))
    assert len(found) == 31
    assert (found[0]["line"], found[0]["what"], found[0]["changes"]) == ("2", "updated", "area East → West")
