"""The reasons that come from records find their days by index, however many customers there are."""

from datetime import date

import pytest

from retain_cli.due.reasons import benefit, gift, going_cold, need, promise, ticket, win_back
from retain_cli.store.store import open_store

QUESTIONS = {
    "promise_open_by_day": promise._EVERYBODY,
    "need_open_by_day": need._EVERYBODY,
    "ticket_waiting_by_day": ticket._EVERYBODY[0],
    "ticket_to_follow_by_day": ticket._EVERYBODY[1],
    "points_by_expiry": benefit._EVERYBODY[0],
    "coupon_by_expiry": benefit._EVERYBODY[1],
    "gift_to_buy": gift._EVERYBODY,
    "rhythm_by_gap": going_cold._EVERYBODY,
    "rhythm_by_last": win_back._EVERYBODY,
}
# What is read from end to end is what such a range found, or the gaps there are.
OUR_OWN = ("expiring", "gap")


class Nothing(dict):
    """Parameters by any name."""

    def __missing__(self, name):
        return None


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A fresh shop."""
    with open_store(tmp_path_factory.mktemp("indexes") / "shop.db", writes=True, creates=True) as opened:
        yield opened


def steps(store, question):
    return [step for *_, step in store.run(f"explain query plan {question.sql}", Nothing())]


@pytest.mark.parametrize(("index", "question"), QUESTIONS.items(), ids=QUESTIONS)
def test_the_days_that_have_come_are_found_by_index(store, index, question):
    planned = steps(store, question)
    assert any(index in step for step in planned), planned
    assert not [step for step in planned if step.startswith("SCAN") and step.split()[1] not in OUR_OWN], planned


def test_the_gifts_of_one_customer_are_found_without_reading_everybodys(store):
    planned = steps(store, gift._ONE)
    assert any("gift_of_customer" in step or "gift_to_buy" in step for step in planned), planned
    assert not [step for step in planned if step.startswith("SCAN")], planned


def test_the_gaps_there_are_are_found_step_by_step(store):
    planned = steps(store, going_cold._GAPS)
    assert not [step for step in planned if step.startswith("SCAN") and step.split()[1] not in OUR_OWN], planned
    assert any("rhythm_by_gap" in step for step in planned), planned


def test_every_gap_is_found_once(store):
    for gap in (30, 7, 30, 365, 7):
        store.run("insert into customer (name, search_key, created_on) values ('A', 'a', '2026-01-01')")
        store.run(
            "insert into rhythm (customer_id, found_on, purchase_days, last_on, median_days)"
            " values ((select max(id) from customer), ?, 4, ?, ?)",
            (date(2026, 1, 1).isoformat(), "2025-12-01", gap),
        )
    assert [row.value for row in store.ask(going_cold._GAPS)] == [7, 30, 365]
