"""Rows of purchases: each line of an order once, however often and in whatever pieces it is exported."""

import random

import pytest

HEADER = "Customer ID,Date,Order,Product,Amount\n"
TEA, ROPE = "1,2026-01-02,A1,tea,10.00\n", "1,2026-01-02,A1,rope,5.00\n"


def load(retain, csv_file, text, *options):
    (entry,) = retain("import", csv_file("o.csv", text), *options, "-f", "json").data
    return entry["created"], entry["updated"], entry["unchanged"]


def test_everything_a_line_says_is_kept(retain, csv_file):
    text = "客户编号,日期,订单号,商品名称,类别,数量,实付金额,币种\nK1,2026-01-02,A1,茶,food,2.5,1234.5,eur\n"
    assert load(retain, csv_file, text) == (1, 0, 0)
    (line,) = retain("show", "K1", "-f", "json").data["purchases"]
    assert line == {
        "bought_on": "2026-01-02", "order_number": "A1", "product": "茶", "category": "food", "quantity": 2.5,
        "amount": {"amount": "1234.50", "currency": "EUR"}, "currency": "EUR",
    }  # fmt: skip


def test_a_return_is_negative_and_subtracts(retain, csv_file):
    load(retain, csv_file, HEADER + TEA + "1,2026-01-05,A1,tea,(10.00)\n" + ROPE)
    assert retain("show", "1", "-f", "json").data["customer"]["amount"]["amount"] == "5.00"


def test_two_equal_lines_of_one_order_are_two_lines(retain, csv_file):
    assert load(retain, csv_file, HEADER + TEA + TEA) == (2, 0, 0)
    assert load(retain, csv_file, HEADER + TEA + TEA) == (0, 0, 2)


def test_three_where_two_were_add_exactly_one(retain, csv_file):
    load(retain, csv_file, HEADER + TEA + TEA)
    assert load(retain, csv_file, HEADER + TEA + ROPE + TEA + TEA) == (2, 0, 2)
    assert load(retain, csv_file, HEADER + TEA) == (0, 0, 1)


def test_exports_that_overlap_add_what_is_new(retain, csv_file, rows):
    lines = [f"{n % 7},2026-01-{n % 28 + 1:02},A{n},tea,{n}.00\n" for n in range(200)]
    assert load(retain, csv_file, HEADER + "".join(lines[:120])) == (120, 0, 0)
    assert load(retain, csv_file, HEADER + "".join(lines[80:])) == (80, 0, 40)
    assert rows("select count(*), sum(amount) from purchase") == [(200, 100 * sum(range(200)))]


def test_lines_in_another_order_are_the_same_lines(retain, csv_file):
    lines = [f"{n % 5},2026-01-02,A{n % 9},tea,{n % 3}.00\n" for n in range(300)]
    load(retain, csv_file, HEADER + "".join(lines))
    random.Random(7).shuffle(lines)
    assert load(retain, csv_file, HEADER + "".join(lines)) == (0, 0, 300)


def test_two_files_of_one_run_are_two_exports_and_not_twice_the_lines(retain, csv_file, rows):
    paths = csv_file("a.csv", HEADER + TEA + ROPE), csv_file("b.csv", HEADER + TEA)
    assert [entry["created"] for entry in retain("import", *paths, "-f", "json").data] == [2, 0]
    assert rows("select count(*) from purchase") == [(2,)]


def test_amounts_written_otherwise_are_the_same_lines(retain, csv_file):
    load(retain, csv_file, HEADER + "1,2026-01-02,A1,tea,1234.50\n")
    assert load(retain, csv_file, HEADER + '1,2026/1/2, A1 ,tea,"¥1,234.5"\n') == (0, 0, 1)


def test_what_does_not_tell_lines_apart_is_brought_up_to_date(retain, csv_file, rows):
    header = "Customer ID,Date,Product,Amount,Category,Qty\n"
    load(retain, csv_file, header + "1,2026-01-02,tea,10.00,food,1\n")
    assert load(retain, csv_file, header + "1,2026-01-02,tea,10.00,drinks,2\n") == (0, 1, 0)
    assert rows("select category, quantity from purchase") == [("drinks", 2)]


def test_equal_lines_of_different_categories_stay_what_they_are(retain, csv_file, rows):
    header = "Customer ID,Date,Product,Amount,Category\n"
    both = "1,2026-01-02,tea,10.00,food\n1,2026-01-02,tea,10.00,drinks\n"
    load(retain, csv_file, header + both)
    assert load(retain, csv_file, header + "\n".join(reversed(both.splitlines())) + "\n") == (0, 0, 2)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1,,5,CNY,1", "Date '': not a day"),
        ("1,2026-02-30,5,CNY,1", "Date '2026-02-30': no such day"),
        ("1,2026-01-02,,CNY,1", "Amount '': not an amount"),
        ("1,2026-01-02,5.0001,CNY,1", "Amount '5.0001'"),
        ("1,2026-01-02,5.5,JPY,1", "Amount '5.5'"),
        ("1,2026-01-02,5,yuan,1", "Currency 'yuan': not a currency code"),
        ("1,2026-01-02,5,CNY,many", "Quantity 'many': not a number"),
        ("1,2026-01-02,99999999999999999999,CNY,1", "Amount '99999999999999999999': too large"),
        (",2026-01-02,5,CNY,1", "says no customer id, phone or e-mail"),
    ],
)
def test_a_bad_line_names_the_cell_at_fault(retain, csv_file, line, fault):
    path = csv_file("o.csv", f"Customer ID,Date,Amount,Currency,Quantity\n1,2026-01-02,5,,\n{line}\n")
    answer = retain("import", path)
    assert answer.code == 65
    assert f"{path}:3: {fault}" in answer.err


def test_blank_currencies_and_quantities_have_their_usual_value(retain, csv_file, rows):
    load(retain, csv_file, "Customer ID,Date,Amount,Currency,Quantity\n1,2026-01-02,5, ,\n")
    assert rows("select currency, quantity, category, product, order_number from purchase") == [
        ("CNY", 1, "", "", "")
    ]
