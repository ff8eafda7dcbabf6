"""What is taken elsewhere comes back as it was, is no attack on whoever opens it, and replaces nothing unasked."""

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

HOSTILE = Path(__file__).parents[3] / "shared" / "data" / "hostile"
CsvFile = Callable[[str, str], str]

CUSTOMERS = """Customer ID,Name,Mobile,Email,Address,Birthday,Do not contact,Note
K1,王芳,13800138001,wang@example.cn,"Long Street 1, back door",1980-02-29,,"Call after 18:00; ""never"" before"
K2,O'Brien,13800138001,,,--12-31,yes,=HYPERLINK("http://x.example")
,Only a phone,13800138003,,,农历八月十五,,'quoted
,,,only@example.cn,,,,
K5,@SUM(A1:A9),,,,农历闰四月初三,,-2+3
"""
ORDERS = """Customer ID,Mobile,Email,Order Date,Amount,Currency,Order Number,Product,Category,Quantity
K1,,,2026-01-31,1234.50,CNY,S1,"Sofa ""Oslo"", grey",sofas,1
K1,,,2026-01-31,1234.50,CNY,S1,"Sofa ""Oslo"", grey",sofas,1
K1,,,2026-02-01,-34.50,CNY,S2,=1+1,sofas,0.25
K2,,,2026-02-02,1500,JPY,0007,+cmd|' /C calc'!A0,,3
,13800138003,,2026-02-03,7.250,KWD,,,,
,,only@example.cn,2026-02-04,0,CNY,,\t,,1
"""
VISITS = """Customer ID,Mobile,Email,Visit Date,Channel,Outcome,Service,Satisfaction,Note,Cost,Minutes,Next,Staff
K1,,,2026-03-01,call,done,return visit;maintenance,5,"Said: =1+1, and
a second line",12.50,45,2026-04-01,Chen Jie
K1,,,2026-03-01,call,done,return visit;maintenance,5,"Said: =1+1, and
a second line",12.50,45,2026-04-01,Chen Jie
,13800138003,,2026-03-02,visit,refused,,,,,,,
"""
FACTS = {
    "customer": "external_id, source, name, phone, email, address, area, birth_month, birth_day, birth_year, "
    "birth_calendar, birth_leap_month, do_not_contact, note",
    "purchase join customer on customer.id = customer_id": "external_id, phone, bought_on, amount, currency, "
    "order_number, product, category, quantity, nth",
    "visit join customer on customer.id = customer_id": "external_id, phone, visited_on, channel, outcome, "
    "satisfaction, visit.note, cost, currency, minutes, next_on, staff, "
    "(select group_concat(name, ';') from (select name from visit_service join service on service.id = service_id "
    "where visit_id = visit.id order by name))",
}


def facts(path: Path) -> dict[str, list[Any]]:
    """Everything that is known of customers, purchases and visits, whatever numbers they were given."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: sorted(map(repr, connection.execute(f"select {columns} from {table}")))
            for table, columns in FACTS.items()
        }


def import_words(said: str) -> list[str]:
    """The command lines by which customers, purchases and visits are imported again."""
    [line] = [line for line in said.splitlines() if "retain import" in line]
    return line.partition("alone: ")[2].split(" && ")


def back(retain: Any, machine: Path, said: str) -> Path:
    """A fresh database, filled by the very words that the export printed."""
    fresh = machine / "fresh.db"
    for words in import_words(said):
        answer = retain(*words.removeprefix("retain ").replace("'", "").split(" "), "--db", fresh)
        assert answer.code == 0, answer.err
    return fresh


@pytest.fixture
def shop(retain: Any, csv_file: CsvFile, machine: Path) -> Path:
    """Customers with everything that may be known of one, among it text that a spreadsheet would obey."""
    files = [csv_file(*named) for named in (("c.csv", CUSTOMERS), ("o.csv", ORDERS), ("v.csv", VISITS))]
    answer = retain("import", *files)
    assert answer.code == 0, answer.err
    return machine / "shop.db"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_everything_comes_back_into_a_fresh_database(retain: Any, shop: Path, machine: Path) -> None:
    answer = retain("export", "all", "out")

    assert answer.code == 0
    before = facts(shop)
    assert [len(rows) for rows in before.values()] == [5, 6, 3]
    assert facts(back(retain, machine, answer.err)) == before


def test_files_of_two_programs_have_names_of_their_own_on_every_file_system(
    retain: Any, csv_file: CsvFile, machine: Path
) -> None:
    for number, program in enumerate(("web shop", "web_shop", "web-shop", "shop")):
        file = csv_file("a.csv", f"Customer ID,Name\nK1,Customer of {number}\n")
        assert retain("import", file, "--source", program).code == 0
    assert retain("export", "all", "out").code == 0

    files = list((machine / "out").glob("customers*.csv"))
    assert len({path.name.casefold() for path in files}) == 4
    assert sorted(row["name"] for path in files for row in read(path)) == [f"Customer of {n}" for n in range(4)]


def test_the_list_of_an_export_says_how_many_rows_each_file_has(retain: Any, shop: Path, machine: Path) -> None:
    assert retain("export", "all", "out").code == 0

    listed = {row["file"]: int(row["rows"]) for row in read(machine / "out" / "contents.csv")}
    found = {path.name: len(read(path)) for path in (machine / "out").iterdir() if path.name != "contents.csv"}
    assert listed == found


def test_a_list_to_contact_has_nothing_that_only_a_restore_reads(retain: Any, shop: Path, machine: Path) -> None:
    assert retain("export", "customers", "out", "--for-contact").code == 0

    assert not any(name.startswith("retain_") for name in read(machine / "out" / "customers.csv")[0])


def test_the_example_shop_comes_back(retain: Any, machine: Path) -> None:
    assert retain("demo", "--keep", "demo.db").code == 0
    answer = retain("export", "all", "out", "--db", "demo.db")

    assert facts(back(retain, machine, answer.err)) == facts(machine / "demo.db")


def test_ids_of_two_programs_stay_apart(retain: Any, csv_file: CsvFile, machine: Path) -> None:
    one, other = "Customer ID,Name\nK1,Ann\nK2,Bob\n", "Customer ID,Name\nK1,Zoe\n"
    assert retain("import", csv_file("a.csv", one)).code == 0
    assert retain("import", csv_file("b.csv", other), "--source", "web shop").code == 0
    answer = retain("export", "all", "out")

    assert {row["name"] for row in read(machine / "out" / "customers-web_shop.csv")} == {"Zoe"}
    for line in import_words(answer.err):
        main = line.removeprefix("retain ").replace("'web shop'", "web\x1fshop").split(" ")
        assert retain(*(word.replace("\x1f", " ") for word in main), "--db", machine / "fresh.db").code == 0
    assert facts(machine / "fresh.db") == facts(machine / "shop.db")


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile strings lie beside the project")
def test_naughty_strings_come_back_byte_for_byte(retain: Any, machine: Path) -> None:
    naughty = json.loads((HOSTILE / "blns" / "blns.json").read_text(encoding="utf-8"))
    naughty += (HOSTILE / "csv_injection" / "csv-payload.txt").read_text(encoding="utf-8").splitlines()
    with (machine / "naughty.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Customer ID", "Name", "Note", "Address"])
        writer.writerows([f"K{n}", text, text, text] for n, text in enumerate(naughty))
    with (machine / "sold.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Customer ID", "Order Date", "Amount", "Product", "Category"])
        writer.writerows([f"K{n}", "2026-01-01", "5", text, text] for n, text in enumerate(naughty))
    answer = retain("import", "naughty.csv", "sold.csv", "--skip-bad")
    assert answer.code in (0, 3), answer.err
    kept = facts(machine / "shop.db")
    assert len(kept["customer"]) > 400
    answer = retain("export", "all", "out")

    assert facts(back(retain, machine, answer.err)) == kept


def test_no_cell_is_a_formula(retain: Any, shop: Path, machine: Path) -> None:
    retain("export", "all", "out")

    for path in (machine / "out").glob("*.csv"):
        for row in read(path):
            for name, cell in row.items():
                plain_number = cell.lstrip("+-").replace(".", "").isdigit()
                assert plain_number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (
                    path.name,
                    name,
                    cell,
                )
    products = {row["product"] for row in read(machine / "out" / "purchases.csv")}
    assert "'=1+1" in products


def test_amounts_are_exact_in_every_currency(retain: Any, shop: Path, machine: Path) -> None:
    retain("export", "purchases", "out")

    sold = [(row["amount"], row["currency"]) for row in read(machine / "out" / "purchases.csv")]
    assert ("1234.50", "CNY") in sold
    assert ("-34.50", "CNY") in sold
    assert ("1500", "JPY") in sold
    assert ("7.250", "KWD") in sold


def test_json_lines_say_the_same(retain: Any, shop: Path, machine: Path) -> None:
    answer = retain("export", "customers", "out", "-f", "json")

    [file] = answer.data["files"]
    assert (file["table"], file["rows"]) == ("customers", 5)
    lines = Path(file["file"]).read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    assert told[0]["birthday"] == "1980-02-29"
    assert told[0]["do_not_contact"] is False
    assert told[1]["note"] == '=HYPERLINK("http://x.example")'
    assert told[2]["external_id"] is None
    assert told[2]["birthday"] == "lunar --08-15"


def test_a_list_to_contact_leaves_out_whom_the_rule_leaves_alone_and_counts_them(
    retain: Any, shop: Path, machine: Path
) -> None:
    assert retain("pause", "K1", "--until", "2026-12-31").code == 0
    everybody = retain("export", "customers", "all").code
    answer = retain("export", "customers", "out", "--for-contact", "-f", "json")

    assert everybody == 0
    assert len(read(machine / "all" / "customers.csv")) == 5
    [file] = answer.data["files"]
    names = [json.loads(line)["name"] for line in Path(file["file"]).read_text(encoding="utf-8").splitlines()]
    assert "王芳" not in names
    assert "O'Brien" not in names
    assert file["rows"] == len(names) == 3
    assert answer.data["suppressed"] == {"asked not to be contacted": 1, "paused": 1}
    assert "1 customer left out: paused." in retain("export", "customers", "third", "--for-contact").out


def test_a_list_to_contact_leaves_out_who_was_contacted_often_enough(
    retain: Any, shop: Path, machine: Path, csv_file: CsvFile
) -> None:
    visits = "Customer ID,Visit Date,Channel\n" + "".join(f"K5,2026-11-{day:02},call\n" for day in range(10, 14))
    assert retain("import", csv_file("more.csv", visits)).code == 0

    answer = retain("export", "customers", "out", "--for-contact", "-f", "json")
    assert answer.data["suppressed"]["contacted often enough"] == 1
    assert answer.data["files"][0]["rows"] == 3


def test_only_customers_are_a_list_to_contact(retain: Any, shop: Path, machine: Path) -> None:
    answer = retain("export", "all", "out", "--for-contact")

    assert answer.code == 2
    assert not (machine / "out").exists()


def test_a_file_that_is_there_is_replaced_only_where_that_is_agreed_to(
    retain: Any, shop: Path, machine: Path
) -> None:
    (machine / "out").mkdir()
    (machine / "out" / "visits.csv").write_text("mine")

    answer = retain("export", "all", "out")
    assert answer.code == 73
    assert (machine / "out" / "visits.csv").read_text() == "mine"
    assert [path.name for path in (machine / "out").iterdir()] == ["visits.csv"]

    assert retain("export", "all", "out", "--yes").code == 0
    assert len(read(machine / "out" / "visits.csv")) == 3


def test_a_file_where_the_folder_should_be_is_refused(retain: Any, shop: Path, machine: Path) -> None:
    (machine / "out").write_text("mine")

    assert retain("export", "all", "out", "--yes").code == 73
    assert retain("export", "all", "out/deeper", "--yes").code == 73
    assert (machine / "out").read_text() == "mine"


def test_a_record_says_whose_it_is_and_its_amount_as_an_amount(retain: Any, shop: Path, machine: Path) -> None:
    assert retain("need", "add", "K1", "new sofa, ~8000, March").code == 0
    assert retain("export", "needs", "out").code == 0

    [need] = read(machine / "out" / "needs.csv")
    assert (need["customer_external_id"], need["customer_name"]) == ("K1", "王芳")
    assert (need["amount"], need["currency"]) == ("8000.00", "CNY")


def test_every_table_of_facts_is_exported(retain: Any, shop: Path) -> None:
    """What is left out is known by name: a new table has to be placed."""
    from retain_cli.store.tables import RECORDS

    taken = {"customer", "purchase", "visit", *RECORDS.values()}
    # The schema's own; public knowledge; and what the list of the export says as `last_number`.
    left_out = {"alembic_version", "day_off", "sqlite_sequence"}
    with closing(sqlite3.connect(shop)) as connection:
        kept = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    assert kept - left_out == taken


def test_an_unknown_table_is_refused_with_those_there_are(retain: Any, shop: Path) -> None:
    answer = retain("export", "nonsense", "out")

    assert answer.code == 2
    assert "customers, purchases, visits" in answer.err
