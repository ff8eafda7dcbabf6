"""Several files are one transaction, in any order; a dry run is the same run taken back."""

import itertools
import os

CUSTOMERS = "Customer ID,Name,Phone\n1,Wang Fang,13800138001\n2,Li Lei,13800138002\n"
PURCHASES = "Customer ID,Order Date,Amount\n1,2026-01-02,10.00\n3,2026-01-03,30.00\n"
VISITS = "Phone,Visit Date,Channel,Note\n13800138002,2026-02-01,call,likes tea\n13800138001,2026-02-02,visit,\n"
KEPT = """
    select external_id, name, phone, coalesce(sum(amount), 0),
        (select group_concat(visited_on || channel) from visit where visit.customer_id = customer.id)
    from customer left join purchase on customer.id = purchase.customer_id group by customer.id order by external_id
"""
COUNTS = ("rows", "created", "updated", "unchanged", "rejected", "review", "customers_created")


def test_files_in_any_order_come_to_the_same(retain, csv_file, rows, machine):
    paths = [csv_file("c.csv", CUSTOMERS), csv_file("o.csv", PURCHASES), csv_file("v.csv", VISITS)]
    for order in itertools.permutations(paths):
        (machine / "shop.db").unlink(missing_ok=True)
        data = retain("import", *order, "-f", "json").data
        assert [entry["file"] for entry in data] == list(order)
        assert rows(KEPT) == [
            ("1", "Wang Fang", "+8613800138001", 1000, "2026-02-02visit"),
            ("2", "Li Lei", "+8613800138002", 0, "2026-02-01call"),
            ("3", "3", None, 3000, None),
        ]


def test_one_bad_row_in_the_last_file_takes_back_the_first(retain, csv_file, rows, fingerprint):
    retain("import", csv_file("c.csv", CUSTOMERS))
    before = fingerprint()
    paths = csv_file("more.csv", "Customer ID,Name\n9,Zhao\n"), csv_file("o.csv", PURCHASES + "1,2026-01-02,ten\n")
    assert retain("import", *paths).code == 65
    assert fingerprint() == before
    assert retain("import", *paths, "--skip-bad").code == 3
    assert rows("select count(*) from customer") == [(4,)]


def test_a_second_file_that_is_missing_or_unreadable_takes_back_the_first(retain, csv_file, machine):
    first = csv_file("c.csv", CUSTOMERS)
    (machine / "bad.csv").write_bytes(b"\xff\xfe")
    assert retain("import", first, "nowhere.csv").code == 66
    assert retain("import", first, "bad.csv").code == 65
    assert not (machine / "shop.db").exists()


def test_standard_input_may_be_one_of_the_files(retain, csv_file, rows):
    data = retain("import", csv_file("c.csv", CUSTOMERS), "-", "-f", "json", stdin=PURCHASES.encode()).data
    assert [entry["kind"] for entry in data] == ["customers", "purchases"]
    assert rows("select count(*) from purchase") == [(2,)]


def test_the_same_files_again_change_nothing(retain, csv_file, rows):
    paths = [csv_file("c.csv", CUSTOMERS), csv_file("o.csv", PURCHASES), csv_file("v.csv", VISITS)]
    retain("import", *paths)
    before = rows(KEPT)
    for entry in retain("import", *paths, "-f", "json").data:
        assert (entry["created"], entry["updated"], entry["customers_created"]) == (0, 0, 0)
        assert entry["unchanged"] == entry["rows"] == 2
    assert rows(KEPT) == before


def test_a_dry_run_says_what_the_real_run_does_and_leaves_every_byte(retain, csv_file, fingerprint):
    retain("import", csv_file("c.csv", CUSTOMERS))
    before = fingerprint()
    paths = [
        csv_file("new.csv", "Customer ID,Name\n1,Wang Fang\n2,Li Leilei\n4,Sun\n"),
        csv_file("o.csv", PURCHASES + "5,2026-01-02,1.00\n"),
        csv_file("v.csv", VISITS),
    ]
    dry = retain("import", *paths, "--dry-run", "-f", "json").data
    assert fingerprint() == before
    real = retain("import", *paths, "-f", "json").data
    assert fingerprint() != before
    assert [[entry[key] for key in COUNTS] for entry in dry] == [[entry[key] for key in COUNTS] for entry in real]
    assert [entry["batch"] for entry in dry] == [None, None, None]


def test_a_dry_run_where_no_database_is_makes_none_and_no_folder_for_one(retain, csv_file, machine):
    answer = retain("import", csv_file("c.csv", CUSTOMERS), "--dry-run", "--db", "new/deep/shop.db", "-f", "json")
    assert answer.data[0]["created"] == 2
    assert not (machine / "new").exists()


def test_a_refused_import_where_no_database_is_makes_none_and_no_folder_for_one(retain, csv_file, machine):
    assert retain("import", csv_file("o.csv", PURCHASES + "1,never,1\n"), "--db", "new/deep/shop.db").code == 65
    assert not (machine / "new").exists()
    assert not list(machine.glob("**/*.db*"))


def test_a_dry_run_with_bad_rows_says_so_as_the_real_one(retain, csv_file):
    path = csv_file("o.csv", PURCHASES + "1,never,1\n")
    dry, real = retain("import", path, "--dry-run"), retain("import", path)
    assert dry.code == real.code == 65
    assert dry.err
    assert real.err.startswith(dry.err)
    assert "A dry run: nothing was changed." in dry.out
    assert retain("import", path, "--dry-run", "--skip-bad").code == 3


def test_the_first_currency_said_is_the_shops(retain, csv_file, rows):
    path = csv_file("o.csv", "Customer ID,Order Date,Amount\n1,2026-01-02,1234.50\n")
    retain("import", path, "--currency", "eur")
    assert rows("select amount, currency from purchase") == [(123450, "EUR")]
    assert retain("show", "1", "-f", "json").data["customer"]["amount"] == {"amount": "1234.50", "currency": "EUR"}


def test_a_later_currency_is_only_that_of_its_file(retain, csv_file):
    first = csv_file("a.csv", "Customer ID,Order Date,Amount\n1,2026-01-02,10\n")
    second = csv_file("b.csv", "Customer ID,Order Date,Amount\n1,2026-01-03,99\n")
    retain("import", first)
    retain("import", second, "--currency", "JPY")
    shown = retain("show", "1", "-f", "json").data
    assert shown["customer"]["amount"] == {"amount": "10.00", "currency": "CNY"}
    assert [line["amount"] for line in shown["purchases"]] == [
        {"amount": "99", "currency": "JPY"},
        {"amount": "10.00", "currency": "CNY"},
    ]


def test_what_is_no_currency_is_wrong_use(retain, csv_file):
    assert retain("import", csv_file("o.csv", PURCHASES), "--currency", "yuan").code == 2


def test_the_day_of_an_import_is_the_day_it_was_said_to_be(retain, csv_file, rows):
    retain("import", csv_file("c.csv", CUSTOMERS), today="2025-03-01")
    assert rows("select distinct created_on from customer") == [("2025-03-01",)]
    assert rows("select file, kind, imported_on, rows, created from import_batch") == [
        ("c.csv", "customers", "2025-03-01", 2, 2)
    ]


def test_a_file_whose_name_is_no_text_is_kept_under_its_name_written_out(retain, machine, rows):
    name = os.fsdecode(b"b\xff.csv")
    try:
        (machine / name).write_text(CUSTOMERS)
    except OSError:  # a file system that knows text alone
        return
    assert retain("import", name).code == 0
    assert rows("select file from import_batch") == [("b\\udcff.csv",)]
