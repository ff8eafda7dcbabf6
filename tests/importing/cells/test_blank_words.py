"""Words that stand for an empty cell: nothing where a cell may be empty, themselves where it may not."""

import pytest

WORDS = ["N/A", "n/a", "#N/A", "-", "—", "null", "NULL", "无", "無"]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_for_nothing_is_nothing_where_a_cell_may_be_empty(retain, csv_file, rows, word):
    text = f"Customer ID,Name,Phone,E-mail,Birthday,Address,DNC\n1,Wang,{','.join([word] * 5)}\n"
    answer = retain("import", csv_file("c.csv", text), "-f", "json")
    assert (answer.code, answer.json["problems"]) == (0, [])
    found = rows("select name, phone, email, birth_month, address, do_not_contact from customer")
    assert found == [("Wang", None, None, None, None, 0)]


@pytest.mark.parametrize("word", WORDS)
def test_a_name_and_a_note_are_kept_as_they_are_written(retain, csv_file, rows, word):
    assert retain("import", csv_file("c.csv", f"Customer ID,Name,Note\n1,{word},{word}\n")).code == 0
    assert rows("select name, note from customer") == [(word, word)]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("cells", ["{word},5.00", "2026-01-02,{word}"])
def test_no_day_and_no_amount_is_a_fault_and_never_nothing(retain, csv_file, word, cells):
    answer = retain("import", csv_file("o.csv", f"Customer ID,Date,Amount\n1,{cells.format(word=word)}\n"))
    assert answer.code == 65


def test_it_overwrites_nothing(retain, csv_file, rows):
    for phone in ("13800138001", "N/A"):
        assert retain("import", csv_file("c.csv", f"Customer ID,Name,Phone\n1,Wang,{phone}\n")).code == 0
    assert rows("select phone from customer") == [("+8613800138001",)]


@pytest.mark.parametrize("lines", [2, 600])
def test_sales_to_nobody_who_is_named_are_not_sales_to_one_customer_called_so(retain, csv_file, rows, lines):
    sales = "".join(f"N/A,2026-01-02,5.00,A{n},null,1380013{8000 + n % 2}\n" for n in range(lines))
    text = "Customer ID,Date,Amount,Order Number,Product,Phone\n" + sales
    assert retain("import", csv_file("o.csv", text)).code == 0
    assert rows("select external_id, name from customer order by name") == [
        (None, "+8613800138000"),
        (None, "+8613800138001"),
    ]
    assert rows("select distinct product from purchase") == [("",)]


def test_a_sale_to_nobody_at_all_is_refused(retain, csv_file):
    answer = retain("import", csv_file("o.csv", "Customer ID,Date,Amount\nN/A,2026-01-02,5.00\n"))
    assert answer.code == 65
    assert "says no customer id" in answer.err
