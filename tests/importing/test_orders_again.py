"""Orders that a shop exports again and again: each counts once, as it stands now."""

import sqlite3

import pytest

HEADER = (
    "Name,Email,Financial Status,Currency,Discount Amount,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Billing Name,Cancelled at,Refunded Amount\n"
)
DAY = "2026-10-01 09:00:00 -0400"
FERN = f"#1,a@x.org,paid,USD,0,{DAY},1,Fern,16.00,Ann,,0\n"
BOTH = f"#1,a@x.org,{{}},USD,0,{DAY},1,Fern,16.00,Ann,{{}},{{}}\n#1,,,,,,1,Tote,20.00,,,\n"
PAID = BOTH.format("paid", "", "0")
OTHER = f"#2,b@x.org,paid,USD,0,{DAY},1,Fern,16.00,Bo,,0\n"


@pytest.fixture
def shop(retain, csv_file):
    """Import the orders as Shopify writes them, and give the answer."""

    def take_in(orders: str, *options: str):
        return retain("import", csv_file("orders.csv", HEADER + orders), *options)

    return take_in


@pytest.fixture
def bought(rows):
    return lambda: rows("select order_number, product, amount from purchase order by 1, 2, 3")


BEFORE = [("#1", "Fern", 1600), ("#1", "Tote", 2000), ("#2", "Fern", 1600)]


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (BOTH.format("partially_refunded", "", "4.00"), [("#1", "Fern", 1200), ("#1", "Tote", 2000)]),
        (BOTH.format("refunded", "", "36.00"), []),
        (BOTH.format("paid", "2026-10-02 09:00:00 -0400", "0"), []),
        (FERN, [("#1", "Fern", 1600)]),
    ],
    ids=["paid back in part", "paid back", "cancelled", "a line fewer"],
)
def test_an_order_counts_once_and_as_it_stands_now(shop, bought, now, left):
    shop(PAID + OTHER)
    assert bought() == BEFORE
    answer = shop(now + OTHER)
    assert answer.code == 0
    assert bought() == [*left, ("#2", "Fern", 1600)]
    assert "taken out" in answer.err + answer.out
    # Orders that the file does not speak of stay.
    shop(OTHER)
    assert bought() == [*left, ("#2", "Fern", 1600)]


def test_undoing_the_later_file_puts_back_what_it_took_out(shop, bought, retain):
    shop(PAID + OTHER)
    shop(BOTH.format("partially_refunded", "", "4.00"))
    assert retain("undo", "2", "--yes").code == 0
    assert bought() == BEFORE


def test_what_is_there_again_is_not_put_back_beside_it(shop, bought, retain):
    shop(PAID + OTHER)
    shop(BOTH.format("refunded", "", "36.00"))
    shop(PAID)
    retain("undo", "2", "--yes")
    assert bought() == BEFORE


def test_what_an_undone_file_brought_is_not_put_back(shop, bought, retain):
    shop(PAID + OTHER)
    shop(BOTH.format("refunded", "", "36.00"))
    retain("undo", "1", "--yes")
    retain("undo", "2", "--yes")
    assert bought() == []


def test_a_dry_run_says_what_would_be_taken_out_and_takes_out_nothing(shop, bought):
    shop(PAID + OTHER)
    told = shop(BOTH.format("refunded", "", "36.00"), "--dry-run", "-f", "json").data[0]
    assert [(one["what"], one["customer"]) for one in told["row_by_row"]] == [
        ("removed", "Ann"),
        ("removed", "Ann"),
    ]
    assert told["taken_out"] == 2
    assert bought() == BEFORE


def test_the_order_of_a_refused_line_stays_as_it_is_known(shop, bought):
    shop(PAID + OTHER)
    shop(PAID.replace("20.00", "abc"), "--skip-bad")
    assert bought() == BEFORE


def test_nothing_is_taken_out_where_a_row_could_not_be_seen_to_be_of_an_order(shop, bought):
    shop(PAID + OTHER)
    shop(FERN + "#1,,,,,,1,Tote\n" + OTHER, "--skip-bad")
    assert bought() == BEFORE


def test_the_same_number_of_another_program_or_of_another_customer_is_another_order(shop, bought, retain, csv_file):
    retain("import", csv_file("till.csv", "Email,Order No,Date,Amount\na@x.org,#1,2026-10-01,5.00\n"))
    shop(PAID)
    shop(FERN.replace("a@x.org", "c@x.org"))
    assert bought() == [("#1", "", 500), ("#1", "Fern", 1600), ("#1", "Fern", 1600), ("#1", "Tote", 2000)]


def test_who_is_erased_is_not_kept_among_what_was_taken_out(shop, retain, machine):
    shop(PAID)
    shop(BOTH.format("refunded", "", "36.00") + OTHER)
    retain("erase", "a@x.org", "--yes")
    base = sqlite3.connect(machine / "shop.db")
    assert base.execute("select count(*) from journal where old like '%Tote%'").fetchone() == (0,)
    base.close()
