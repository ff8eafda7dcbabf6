"""The order of days is decided for a column from all its cells, and asked where they do not tell."""

import pytest


def purchases(*days):
    return "Customer ID,Order Date,Amount\n" + "".join(f"{n},{day},1\n" for n, day in enumerate(days))


def kept(rows):
    return [day for (day,) in rows("select bought_on from purchase join customer on customer.id = customer_id "
                                   "order by cast(external_id as integer)")]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "kept_as"),
    [
        (["2026-02-01", "2026/2/3", "20260204", "2026年2月5日"],
         ["2026-02-01", "2026-02-03", "2026-02-04", "2026-02-05"]),
        (["2026-02-01T09:30:00Z", "2026-02-02 10:00", "2026-02-03 10:00:00 +0800"],
         ["2026-02-01", "2026-02-02", "2026-02-03"]),
        (["01/02/2026", "13/02/2026"], ["2026-02-01", "2026-02-13"]),
        (["01/02/2026", "02/13/2026"], ["2026-01-02", "2026-02-13"]),
        (["1.2.2026", "31.1.2026"], ["2026-02-01", "2026-01-31"]),
        (["01-02-2026 09:30", "2026-03-04", "30-12-2026 10:00"], ["2026-02-01", "2026-03-04", "2026-12-30"]),
    ],
)  # fmt: skip
def test_one_telling_cell_decides_for_the_whole_column(retain, csv_file, rows, days, kept_as):
    assert retain("import", csv_file("o.csv", purchases(*days))).code == 0
    assert kept(rows) == kept_as


def test_a_telling_cell_may_be_the_last_of_many(retain, csv_file, rows):
    days = ["01/02/2026"] * 3000 + ["28/02/2026"]
    assert retain("import", csv_file("o.csv", purchases(*days))).code == 0
    assert set(kept(rows)) == {"2026-02-01", "2026-02-28"}


def test_a_column_that_does_not_tell_is_refused_with_the_question_and_the_flag(retain, csv_file):
    path = csv_file("o.csv", purchases("01/02/2026", "03/04/2026"))
    answer = retain("import", path)
    assert answer.code == 65
    for words in ("'Order Date'", "does not tell days from months", "Which comes first?",
                  "--date-order dmy", "--date-order mdy"):  # fmt: skip
        assert words in answer.err
    assert retain("list").code == 72


def test_a_column_that_says_both_is_refused(retain, csv_file):
    answer = retain("import", csv_file("o.csv", purchases("13/02/2026", "02/13/2026")), "-f", "json")
    assert answer.code == 65
    assert answer.json["error"]["code"] == "date-order"
    assert "mixes" in answer.json["error"]["message"]


@pytest.mark.parametrize(("order", "day"), [("dmy", "2026-02-01"), ("mdy", "2026-01-02")])
def test_the_flag_answers_the_question(retain, csv_file, rows, order, day):
    assert retain("import", csv_file("o.csv", purchases("01/02/2026")), "--date-order", order).code == 0
    assert kept(rows) == [day]


def test_an_order_nobody_writes_is_wrong_use(retain, csv_file):
    assert retain("import", csv_file("o.csv", purchases("01/02/2026")), "--date-order", "ydm").code == 2


def test_the_flag_that_contradicts_a_cell_refuses_that_row(retain, csv_file):
    answer = retain("import", csv_file("o.csv", purchases("01/02/2026", "13/02/2026")), "--date-order", "mdy")
    assert answer.code == 65
    assert ":3: Order Date '13/02/2026': no such day" in answer.err


def test_blank_cells_do_not_hide_the_order_of_the_others(retain, csv_file, rows):
    lines = [f"{n},\n" for n in range(150)] + ["150,25/12/1980\n", "151,01/02/1990\n"]
    assert retain("import", csv_file("c.csv", "Customer ID,Birthday\n" + "".join(lines))).code == 0
    assert rows("select birth_year, birth_month, birth_day from customer where birth_year is not null") == [
        (1980, 12, 25),
        (1990, 2, 1),
    ]


def test_a_column_of_blanks_alone_needs_no_answer(retain, csv_file):
    assert retain("import", csv_file("c.csv", "Customer ID,Birthday\n1,\n2,\n")).code == 0


def test_each_column_is_decided_for_itself(retain, csv_file, rows):
    text = "Customer ID,Visit Date,Channel,Next Date\n1,13/02/2026,call,03/25/2026\n2,01/02/2026,call,03/04/2026\n"
    assert retain("import", csv_file("v.csv", text)).code == 0
    assert rows("select visited_on, next_on from visit order by id") == [
        ("2026-02-13", "2026-03-25"),
        ("2026-02-01", "2026-03-04"),
    ]


@pytest.mark.parametrize(
    "day", ["2026-02-30", "2026-13-01", "2025-02-29", "2026-00-10", "20260231", "0000-01-01", "31.11.2026",
            "45000", "1.8e4", "yesterday", "2026", "2026-02", "2026-02/03", "1/1/26", "1900-01-00"],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused_with_its_cell(retain, csv_file, day):
    path = csv_file("o.csv", purchases("2026-01-01", day))
    answer = retain("import", path)
    assert answer.code == 65
    assert f"{path}:3: Order Date {day!r}:" in answer.err
