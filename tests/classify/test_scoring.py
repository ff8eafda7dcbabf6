"""The amount at a place, counted from where the grades began last, against putting everybody in order."""

import random
from datetime import date
from types import SimpleNamespace

import pytest

from retain_cli.classify.scoring import amounts_at, empty_tables
from retain_cli.store.store import open_store

WRITE = """
    insert into grading (graded_on, scheme, window_months, currency, customers, lowest_a, lowest_b)
    values (:day, 'amount', 24, 'CNY', 1, :lowest_a, :lowest_b)
"""
NET = {"net": "customer_id integer primary key, amount integer not null, score integer"}


@pytest.fixture
def shop(tmp_path):
    """An open database in which amounts are put, and the borders of a former grading."""
    with open_store(tmp_path / "shop.db", writes=True, creates=True) as store:

        def put(amounts):
            empty_tables(store, NET)
            store.run("drop index if exists net_by_amount")
            store.run_many("insert into net (amount) values (?)", [(amount,) for amount in amounts])

        def began_at(lowest_a, lowest_b):
            store.run(WRITE, {"day": date(2026, 1, 1).isoformat(), "lowest_a": lowest_a, "lowest_b": lowest_b})

        yield SimpleNamespace(store=store, put=put, began_at=began_at)


def all_places(shop, amounts):
    shop.put(amounts)
    amount_at = amounts_at(shop.store)
    return [amount_at(place) for place in range(1, len(amounts) + 1)]


def test_without_a_former_grading_every_place_is_right(shop):
    amounts = [random.Random(3).randrange(-50, 50) for _ in range(120)]
    assert all_places(shop, amounts) == sorted(amounts, reverse=True)


@pytest.mark.parametrize("seed", range(12))
def test_wherever_the_grades_began_last_every_place_is_right(shop, seed):
    rng = random.Random(seed)
    most = rng.choice((3, 40, 10_000))
    amounts = [rng.randrange(-most, most) for _ in range(rng.choice((1, 2, 60, 150)))]
    lowest_b, lowest_a = sorted(rng.randrange(-2 * most, 2 * most) for _ in range(2))
    shop.began_at(lowest_a, lowest_b)
    assert all_places(shop, amounts) == sorted(amounts, reverse=True)


def test_two_thousand_equal_amounts_are_the_amount_at_every_place(shop):
    for border in (699, 700, 701):
        shop.began_at(border, border)
        assert set(all_places(shop, [700] * 2000)) == {700}
