"""Facts are checked before they are written, and written in the store's own transaction."""

import sqlite3
from datetime import date

import pytest

from retain_cli.model.customer import Customer
from retain_cli.model.purchase import Purchase
from retain_cli.model.visit import Visit, VisitService
from retain_cli.store.store import open_store

DAY = date(2026, 11, 23)


def visit(**said):
    return Visit(**{"customer_id": 1, "visited_on": DAY} | said)


def test_facts_are_saved_in_order_and_get_their_ids(shop):
    with open_store(shop, writes=True) as store:
        first, second = visit(note="first"), visit(note="second")
        store.save(first, second)
        store.save(VisitService(visit_id=second.id, service_id=1))
        assert first.id < second.id
        assert first.note == "first"
    with open_store(shop, writes=False) as store:
        assert store.run("select note, channel, outcome from visit order by id").fetchall() == [
            ("first", "visit", "done"),
            ("second", "visit", "done"),
        ]


@pytest.mark.parametrize(
    "fact",
    [
        visit(cost=-1),
        visit(visited_on="soon"),
        visit(satisfaction="very"),
        visit(customer_id="Wang"),
        Visit(customer_id=1),
        Customer(name="", search_key="", created_on=DAY),
        Customer(name="x" * 201, search_key="x", created_on=DAY),
        Customer(external_id="", name="Wang", search_key="wang", created_on=DAY),
        Purchase(customer_id=1, bought_on=DAY, amount=1, currency="YUAN"),
        Purchase(customer_id=1, bought_on=DAY, amount="1.5", currency="CNY"),
    ],
    ids=lambda fact: repr(fact)[:60],
)
def test_a_fact_that_does_not_fit_its_model_is_refused_and_nothing_is_written(shop, digest, fact):
    before = digest(shop)
    with pytest.raises(ValueError), open_store(shop, writes=True) as store:
        store.save(visit(note="good"), fact)
    assert digest(shop) == before


@pytest.mark.parametrize(
    "fact",
    [
        visit(satisfaction=6),
        visit(channel="pigeon"),
        visit(outcome="happy"),
        visit(customer_id=999),
        Customer(name="Wang", search_key="wang", created_on=DAY, birth_month=13, birth_day=1),
        Customer(name="Wang", search_key="wang", created_on=DAY, birth_month=2),
        Customer(external_id="1", name="Wang", search_key="wang", created_on=DAY),
    ],
    ids=lambda fact: repr(fact)[:60],
)
def test_what_a_model_lets_through_the_file_itself_refuses(shop, digest, fact):
    before = digest(shop)
    with pytest.raises(sqlite3.IntegrityError), open_store(shop, writes=True) as store:
        store.save(fact)
    assert digest(shop) == before


def test_saving_neither_begins_nor_ends_the_transaction(shop, digest):
    before = digest(shop)
    with open_store(shop, writes=True, keep=False) as store:
        store.run("update customer set name = 'Changed' where id = 1")
        store.save(visit())
        assert store.run("select count(*) from visit").fetchone() == (1,)
    assert digest(shop) == before


def test_an_error_of_the_driver_is_explained_whichever_way_it_was_met(shop):
    with pytest.raises(Exception, match="may not be written"), open_store(shop, writes=False) as store:
        store.save(visit())


def test_no_message_quotes_what_was_to_be_written(shop):
    with pytest.raises(sqlite3.IntegrityError) as problem, open_store(shop, writes=True) as store:
        store.save(visit(channel="pigeon", note="secret"))
    assert "secret" not in str(problem.value)
