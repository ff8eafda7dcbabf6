"""Which kind of file it is and which column is which field, from the header or from what is said by hand."""

import re

import pytest


def understood(retain, path, *options):
    """How the one file was read: its kind, and field by column."""
    (entry,) = retain("import", path, *options, "--dry-run", "-f", "json").data
    return entry["kind"], entry["columns"]


@pytest.mark.parametrize(
    ("header", "kind", "fields"),
    [
        ("Customer ID,Name,Phone,Area", "customers", ["external_id", "name", "phone", "area"]),
        ("id;full name;Date of Birth;DNC", "customers", ["external_id", "name", "birthday", "do_not_contact"]),
        ("会员号,姓名,手机号,生日,地址", "customers", ["external_id", "name", "phone", "birthday", "address"]),
        (
            "Order Number,Order Date,Customer No.,Item,Qty,Net Amount",
            "purchases",
            ["order_number", "bought_on", "external_id", "product", "quantity", "amount"],
        ),
        ("E-mail\tDate\tTotal\tCurrency", "purchases", ["email", "bought_on", "amount", "currency"]),
        (
            "订单号,下单日期,客户编号,商品名称,类别,数量,实付金额",
            "purchases",
            ["order_number", "bought_on", "external_id", "product", "category", "quantity", "amount"],
        ),
        (
            "Customer,Visit Date,Channel,Outcome,Satisfaction,Notes,Next Contact,Salesperson",
            "visits",
            ["external_id", "visited_on", "channel", "outcome", "satisfaction", "note", "next_on", "staff"],
        ),
        (
            "手机|回访日期|方式|结果|满意度|备注",
            "visits",
            ["phone", "visited_on", "channel", "outcome", "satisfaction", "note"],
        ),
    ],
)
def test_the_kind_and_its_fields_are_recognised_from_the_header(retain, csv_file, header, kind, fields):
    words = re.split(r"[,;\t|]", header)
    found, columns = understood(retain, csv_file("export.csv", header + "\n"))
    assert found == kind
    assert columns == dict(zip(words, fields, strict=True))


@pytest.mark.parametrize("word", ["Customer ID", "customer_id", "CUSTOMER-ID", "CustomerId", " customer id "])
def test_case_blanks_and_punctuation_of_a_header_do_not_count(retain, csv_file, word):
    assert understood(retain, csv_file("c.csv", f"{word},Name\n"))[1][word.strip()] == "external_id"


def test_of_two_columns_for_one_field_the_more_telling_word_wins(retain, csv_file):
    path = csv_file("o.csv", "Customer,Date,Amount,Net Amount\n1,2026-01-02,100,80\n")
    assert understood(retain, path)[1] == {"Customer": "external_id", "Date": "bought_on", "Net Amount": "amount"}
    retain("import", path)
    assert retain("show", "1", "-f", "json").data["customer"]["amount"]["amount"] == "80.00"


def test_columns_nobody_asked_for_are_named_as_not_used(retain, csv_file):
    path = csv_file("c.csv", "Customer ID,Name,Shoe Size\n1,Wang,43\n")
    assert retain("import", path, "-f", "json").data[0]["unused"] == ["Shoe Size"]


def test_two_columns_of_the_same_name_are_refused(retain, csv_file):
    answer = retain("import", csv_file("c.csv", "Customer ID,Name,Name\n1,Wang,Li\n"))
    assert answer.code == 65
    assert "two columns 'Name'" in answer.err


@pytest.mark.parametrize(
    ("header", "missing"),
    [("Customer ID,Amount,Product", "bought_on"), ("Customer ID,Order Date,Product", "amount")],
)
def test_purchases_without_a_day_or_an_amount_are_refused_with_the_option_that_helps(
    retain, csv_file, header, missing
):
    answer = retain("import", csv_file("o.csv", header + "\n"), "--kind", "purchases")
    assert answer.code == 65
    assert f"no column for {missing}" in answer.err
    assert f'--map "COLUMN={missing}"' in answer.err


def test_a_file_that_says_nobody_but_a_name_is_refused(retain, csv_file):
    answer = retain("import", csv_file("o.csv", "Name,Order Date,Amount\nWang,2026-01-02,10\n"), "-f", "json")
    assert answer.code == 65
    assert answer.json["error"]["code"] == "customer-missing"


def test_an_unknown_header_is_refused_with_its_words_and_both_options(retain, csv_file):
    answer = retain("import", csv_file("x.csv", "Foo,Bar\n1,2\n"))
    assert answer.code == 65
    for word in ("Foo, Bar", "--kind", "--map"):
        assert word in answer.err


def test_a_header_that_could_be_purchases_or_visits_is_asked_about(retain, csv_file):
    path = csv_file("x.csv", "Customer,Date,Amount,Rating\n1,2026-01-02,10,5\n")
    answer = retain("import", path, "-f", "json")
    assert answer.code == 65
    assert answer.json["error"]["code"] == "kind-unknown"
    assert "purchases or visits" in answer.json["error"]["message"]
    assert understood(retain, path, "--kind", "visits")[0] == "visits"
    assert understood(retain, path, "--kind", "purchases")[0] == "purchases"


def test_an_unknown_kind_is_wrong_use(retain, csv_file):
    assert retain("import", csv_file("c.csv", "Customer ID,Name\n"), "--kind", "suppliers").code == 2


def test_columns_can_be_named_by_hand(retain, csv_file):
    path = csv_file("o.csv", "Kunde;Tag;Summe\nK1;2026-01-02;12.50\n")
    options = ("--map", "Kunde=external_id", "--map", "Tag=bought_on", "--map", "Summe=amount")
    assert retain("import", path, *options).code == 0
    assert retain("show", "K1", "-f", "json").data["customer"]["amount"]["amount"] == "12.50"


def test_what_is_said_by_hand_beats_what_the_word_says(retain, csv_file):
    path = csv_file("o.csv", "Customer,Date,Amount,Gross\n1,2026-01-02,80,100\n")
    assert understood(retain, path, "--map", "Gross=amount")[1]["Gross"] == "amount"


def test_a_column_name_may_hold_an_equals_sign(retain, csv_file):
    path = csv_file("c.csv", "Customer ID,a=b\n1,Wang\n")
    assert understood(retain, path, "--map", "a=b=name")[1]["a=b"] == "name"


@pytest.mark.parametrize(
    ("mapping", "code", "named"),
    [
        ("Kunde=external_id", 65, "Kunde"),
        ("Name=shoe_size", 2, "shoe_size"),
        ("Name", 2, "'Name'"),
        ("=name", 2, "'=name'"),
        ("Name=", 2, "'Name='"),
    ],
)
def test_a_mapping_to_nowhere_is_refused(retain, csv_file, mapping, code, named):
    answer = retain("import", csv_file("c.csv", "Customer ID,Name\n1,Wang\n"), "--map", mapping)
    assert answer.code == code
    assert named in answer.err


def test_a_file_without_a_header_is_read_by_the_columns_named(retain, csv_file, rows):
    path = csv_file("o.txt", "00004  1 19970101  2   29.33\n00004  1 19970118  2   29.73\n")
    options = ("--columns", "external_id,-,bought_on,quantity,amount", "--delimiter", "space")
    (entry,) = retain("import", path, *options, "-f", "json").data
    assert (entry["kind"], entry["rows"], entry["created"]) == ("purchases", 2, 2)
    assert rows("select bought_on, quantity, amount from purchase order by bought_on") == [
        ("1997-01-01", 2, 2933),
        ("1997-01-18", 2, 2973),
    ]


def test_an_unknown_field_among_the_columns_is_wrong_use(retain, csv_file):
    answer = retain("import", csv_file("o.txt", "1,2026-01-02,5\n"), "--columns", "external_id,bought_on,amuont")
    assert answer.code in (2, 65)
    assert "amuont" in answer.err
    assert retain("list").code == 72


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_seen_from_the_header(retain, csv_file, rows, mark):
    text = f"Customer ID{mark}Name{mark}Address\n1{mark}Wang Fang{mark}Road 1\n"
    assert retain("import", csv_file("c.csv", text)).code == 0
    assert rows("select external_id, name, address from customer") == [("1", "Wang Fang", "Road 1")]


def test_a_quoted_header_with_commas_in_it_does_not_hide_the_semicolons(retain, csv_file, rows):
    text = '"Customer ID";"Remark, long, very, long, indeed, yes, really";Name\n1;x;Wang\n'
    assert retain("import", csv_file("c.csv", text)).code == 0
    assert rows("select name from customer") == [("Wang",)]


@pytest.mark.parametrize(
    ("said", "mark"), [("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("\\t", "\t"), ("pipe", "|"), ("^", "^")]
)
def test_the_mark_between_cells_can_be_said(retain, csv_file, rows, said, mark):
    text = f"Customer ID{mark}Name\n1{mark}Wang\n"
    assert retain("import", csv_file("c.csv", text), "--delimiter", said).code == 0
    assert rows("select external_id, name from customer") == [("1", "Wang")]


@pytest.mark.parametrize("said", ["ab", "", "commas"])
def test_a_mark_of_several_characters_is_wrong_use(retain, csv_file, said):
    assert retain("import", csv_file("c.csv", "Customer ID,Name\n"), "--delimiter", said).code == 2


@pytest.mark.parametrize("said", ["\n", "\r", '"'])
def test_a_mark_that_csv_uses_itself_is_wrong_use(retain, csv_file, said):
    answer = retain("import", csv_file("c.csv", "Customer ID,Name\n1,Wang\n"), "--delimiter", said)
    assert answer.code == 2
