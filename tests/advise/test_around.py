"""What goes with a product, against an independent database that counts the same lines in SQL."""

import random
import sqlite3
from collections.abc import Iterator

import pytest

from retain_cli.advise.around import MOST_ALIKE, around, cycles
from retain_cli.dates.ordinals import Ordinals

Line = tuple[int, str, str, str]

PRODUCT = "tea"


def some_lines(seed: int) -> list[Line]:
    """Few customers, days and products: orders of several lines, the same line twice, and several orders a day."""
    rng = random.Random(seed)
    products = [PRODUCT, "", "cup", "pot", "milk", "sugar", "spoon", "tray", "cake"]
    lines = [
        (rng.randrange(1, 9), f"2026-01-{rng.randrange(1, 20):02d}", rng.choice("AB"), rng.choice(products))
        for _ in range(rng.randrange(20, 200))
    ]
    buyers = {customer for customer, _, _, product in lines if product == PRODUCT}
    return [line for line in lines if line[0] in buyers]


@pytest.fixture(params=range(20))
def lines(request: pytest.FixtureRequest) -> list[Line]:
    return some_lines(request.param)


@pytest.fixture
def base(lines: list[Line]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table line (customer, day, number, product)")
    connection.executemany("insert into line values (?, ?, ?, ?)", lines)
    connection.execute("create view own as select * from line where product = 'tea'")
    connection.execute("create view first as select customer, min(day) as day from own group by customer")
    connection.execute("create view other as select * from line where product not in ('tea', '')")
    yield connection
    connection.close()


def test_the_orders_with_a_product_and_what_else_is_in_them(lines: list[Line], base: sqlite3.Connection) -> None:
    orders = base.execute("select count(*) from (select distinct customer, day, number from own)").fetchone()[0]
    together = base.execute(
        "select product, count(distinct customer || ' ' || day || number) from other"
        " where (customer, day, number) in (select customer, day, number from own)"
        " group by product order by 2 desc, 1 limit ?",
        (MOST_ALIKE,),
    ).fetchall()
    found = around(PRODUCT, lines)
    assert len(found.baskets) == orders
    assert found.together() == together


@pytest.mark.parametrize("order", [">", "<"])
def test_who_bought_what_on_a_later_or_an_earlier_day(
    order: str, lines: list[Line], base: sqlite3.Connection
) -> None:
    expected = base.execute(
        "select product, count(distinct customer) from other join first using (customer)"
        f" where other.day {order} first.day group by product order by 2 desc, 1 limit ?",
        (MOST_ALIKE,),
    ).fetchall()
    found = around(PRODUCT, lines)
    assert len(found.days) == base.execute("select count(*) from first").fetchone()[0]
    assert (found.afterwards() if order == ">" else found.before()) == expected


def test_the_days_from_the_first_of_one_to_the_next_of_the_other(
    lines: list[Line], base: sqlite3.Connection
) -> None:
    expected = base.execute(
        "select cast(julianday(min(other.day)) - julianday(first.day) as integer) from other join first"
        " using (customer) where other.day > first.day and product = 'cup' group by customer order by 1"
    ).fetchall()
    found = around(PRODUCT, lines).gaps_to("cup", Ordinals())
    assert sorted(found) == [gap for (gap,) in expected]


def test_the_days_from_one_purchase_to_the_next(lines: list[Line], base: sqlite3.Connection) -> None:
    expected = base.execute(
        "select cast(julianday(day) - julianday(before) as integer) from (select day, lag(day) over"
        " (partition by customer order by day) as before from (select distinct customer, day from own))"
        " where before is not null order by 1"
    ).fetchall()
    assert sorted(cycles(around(PRODUCT, lines).days, Ordinals())) == [gap for (gap,) in expected]
