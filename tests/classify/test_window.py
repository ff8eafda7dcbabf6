"""Which purchases count: the window, the day and the currency, whatever is known of the imports."""

import sqlite3
from contextlib import closing

import pytest

HEADER = "Customer ID,Date,Order,Amount,Currency\n"
INSIDE = "1,2026-01-02,A1,100.00,CNY\n2,2026-02-03,A2,50.00,CNY\n"


@pytest.fixture
def amounts(retain, csv_file, machine):
    """What each customer's grade rests on after these lines were imported, each text a file of its own."""

    def amounts_of(*files, today="2026-11-23", then=""):
        for number, lines in enumerate(files):
            assert retain("import", csv_file(f"{number}.csv", HEADER + lines), "--currency", "CNY").code == 0
        with closing(sqlite3.connect(machine / "shop.db", isolation_level=None)) as connection:
            connection.execute("pragma foreign_keys = on")
            connection.executescript(then)
            assert retain("classify", today=today).code == 0
            return dict(
                connection.execute(
                    "select external_id, amount / 100 from enrolment join customer on customer_id = customer.id"
                )
            )

    return amounts_of


def test_everything_within_the_window_counts(amounts):
    assert amounts(INSIDE) == {"1": 100, "2": 50}


@pytest.mark.parametrize(
    "line",
    ["1,2024-11-23,B1,7.00,CNY\n", "1,2026-11-24,B1,7.00,CNY\n", "1,2026-01-02,B1,7.00,EUR\n"],
    ids=["a day before the window", "after the day", "another currency"],
)
def test_what_lies_outside_does_not_count_whichever_import_brought_it(amounts, line):
    assert amounts(INSIDE + line) == {"1": 100, "2": 50}


@pytest.mark.parametrize(
    "line",
    ["1,2024-11-23,B1,7.00,CNY\n", "1,2026-11-24,B1,7.00,CNY\n", "1,2026-01-02,B1,7.00,EUR\n"],
    ids=["a day before the window", "after the day", "another currency"],
)
def test_what_a_later_import_brought_does_not_count_either(amounts, line):
    assert amounts(INSIDE, line) == {"1": 100, "2": 50}


def test_the_first_and_the_last_day_of_the_window_count(amounts):
    assert amounts("1,2024-11-24,A1,1.00,CNY\n2,2026-11-23,A2,2.00,CNY\n") == {"1": 1, "2": 2}


def test_what_was_inside_falls_out_as_days_go_by(amounts):
    assert amounts(INSIDE, today="2028-01-02") == {"2": 50}


def test_a_purchase_that_no_import_brought_is_looked_at_as_closely(amounts):
    then = """
        insert into purchase
            (customer_id, bought_on, amount, currency, order_number, product, category, quantity, nth)
        values (1, '2020-01-01', 700, 'CNY', '', '', '', 1, 0), (1, '2026-01-01', 700, 'EUR', '', '', '', 1, 0),
            (1, '2026-11-30', 700, 'CNY', '', '', '', 1, 0), (1, '2026-03-01', 300, 'CNY', '', '', '', 1, 0);
    """
    assert amounts(INSIDE, then=then) == {"1": 103, "2": 50}


def test_an_import_of_which_nothing_is_known_is_looked_at_closely(amounts):
    then = "update import_batch set bought_from = null, bought_until = null, currencies = null where id = 1;"
    assert amounts("1,2020-01-01,B1,7.00,CNY\n", INSIDE, then=then) == {"1": 100, "2": 50}
