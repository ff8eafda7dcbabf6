"""The index by product: there when it is worth having, gone while much is loaded, the answers the same."""

import sqlite3

import pytest

from retain_cli.store import by_product


@pytest.fixture
def few_are_many(monkeypatch):
    """Three purchases are a large base."""
    monkeypatch.setattr(by_product, "FEWEST_PURCHASES", 3)


def has_index():
    connection = sqlite3.connect("shop.db")
    found = connection.execute("select count(*) from sqlite_master where name = 'purchase_by_product'").fetchone()[
        0
    ]
    connection.close()
    return bool(found)


LINES = [f"{n},2026-01-05,{product}" for n in (1, 2, 3) for product in ("floor", "glue")] + [
    "4,2026-01-05,floor",
    *(f"{n},2026-01-05,chair" for n in range(5, 11)),
]


def test_advice_on_a_large_base_makes_it_and_answers_the_same(shop, offers, monkeypatch):
    shop(LINES)
    before = offers("4")
    assert before
    assert not has_index()
    monkeypatch.setattr(by_product, "FEWEST_PURCHASES", 3)
    assert offers("4") == before
    assert has_index()


def test_a_small_import_keeps_it_and_a_large_one_drops_it(shop, offers, few_are_many, monkeypatch):
    from retain_cli.importing import purchases

    shop(LINES)
    offers("4")
    shop(["11,2026-01-05,floor"], "one.csv")
    assert has_index()
    monkeypatch.setattr(purchases, "_LINES_AT_ONCE", 500)
    shop([f"{n},2026-01-05,lamp" for n in range(12, 1200)], "many.csv")
    assert not has_index()
    assert "glue" in offers("11")["bought together"]
    assert has_index()


def test_a_base_that_may_not_be_written_is_answered_without_it(shop, offers, few_are_many):
    shop(LINES)
    other = sqlite3.connect("shop.db", isolation_level=None)
    other.execute("begin immediate")
    from retain_cli.store import database

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "SECONDS_TO_WAIT", 0)
        assert "glue" in offers("4")["bought together"]
    other.close()
    assert not has_index()
