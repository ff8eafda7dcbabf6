"""Purchases are read many at a time; what one row says or gets wrong stays that row's."""

from collections import Counter

import pytest

HEADER = "Customer ID,Name,Date,Order,Amount\n"
ROWS = [f"K{n % 400},Name {n},2026-01-{n % 28 + 1:02},A{n},{n}.25\n" for n in range(1_300)]


@pytest.fixture
def shop(retain, csv_file, rows):
    """Import lines, and give exit code, error, and what each customer bought by name, in hundredths."""

    def import_lines(lines, *options, header=HEADER):
        answer = retain("import", csv_file("o.csv", header + "".join(lines)), *options)
        if answer.code not in (0, 3):
            return answer, {}
        return answer, dict(
            rows(
                "select external_id || ' ' || name, sum(amount) from customer left join purchase"
                " on customer_id = customer.id group by customer.id"
            )
        )

    return import_lines


def test_every_row_is_kept_and_the_first_row_of_a_customer_names_them(shop):
    expected = Counter()
    for n in range(1_300):
        expected[f"K{n % 400} Name {n % 400}"] += 100 * n + 25
    assert shop(ROWS)[1] == expected


@pytest.mark.parametrize("place", [0, 499, 500, 731, 1_299])
def test_one_bad_row_among_many_is_refused_alone_and_its_customer_is_not_made(shop, place):
    bad = [*ROWS[:place], "NEW,Somebody,2026-01-02,A1,1.2.3\n", *ROWS[place:]]
    assert shop(bad, "--decimal", "point")[0].code == 65
    answer, bought = shop(bad, "--skip-bad", "--decimal", "point")
    assert f"o.csv:{place + 2}: Amount '1.2.3'" in answer.err
    assert "NEW Somebody" not in bought
    assert sum(bought.values()) == sum(100 * n + 25 for n in range(1_300))


def test_a_cell_of_two_lines_is_not_two_amounts(shop):
    bad = [*ROWS[:10], 'NEW,Somebody,2026-01-02,A1,"1.00\n2.00"\n', *ROWS[10:20]]
    answer, bought = shop(bad, "--skip-bad", "--decimal", "point")
    assert answer.code == 3
    assert "NEW Somebody" not in bought
    assert sum(bought.values()) == sum(100 * n + 25 for n in range(20))


def test_ids_that_differ_in_blanks_around_them_are_one_customer(shop):
    lines = ["K1,One,2026-01-02,A1,1.00\n", " K1,Two,2026-01-02,A2,2.00\n", "K1 ,Three,2026-01-02,A3,4.00\n"]
    assert shop(lines)[1] == {"K1 One": 700}


def test_a_row_without_an_id_among_many_is_refused_alone(shop):
    answer, bought = shop([*ROWS[:10], ",Nobody,2026-01-02,A1,1.00\n", *ROWS[10:20]], "--skip-bad")
    assert "o.csv:12: says no customer id, phone or e-mail" in answer.err
    assert len(bought) == 20


def test_customers_known_before_are_found_and_new_ones_made_beside_them(shop):
    shop(ROWS[:5])
    assert shop(ROWS[:10])[1] == {f"K{n} Name {n}": 100 * n + 25 for n in range(10)}


def test_currencies_may_change_from_row_to_row(shop, rows):
    lines = [f"K1,2026-01-02,A{n},{n}.00,{'CNY' if n % 3 else 'EUR'}\n" for n in range(1, 700)]
    shop(lines, header="Customer ID,Date,Order,Amount,Currency\n")
    assert rows("select currency, sum(amount) / 100 from purchase group by currency order by 1") == [
        ("CNY", sum(n for n in range(700) if n % 3)),
        ("EUR", sum(n for n in range(700) if n % 3 == 0)),
    ]


def test_a_currency_without_decimals_is_read_as_it_is_written(shop, rows):
    lines = [f"K{n},2026-01-02,A{n},{n}\n" for n in range(600)]
    shop(lines, "--currency", "JPY", header="Customer ID,Date,Order,Amount\n")
    assert rows("select sum(amount) from purchase where currency = 'JPY'") == [(sum(range(600)),)]
