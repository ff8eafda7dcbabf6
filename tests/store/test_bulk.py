"""Loading lines: a bag of lines, of which each export shows a part, against a Counter."""

from collections import Counter
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retain_cli.store import bulk
from retain_cli.store.store import open_store

KEY = ("customer_id", "bought_on", "amount", "currency", "order_number", "product")
REST = ("category", "quantity")


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A shop with two customers, as small as can be."""
    path = tmp_path_factory.mktemp("bulk") / "shop.db"
    with open_store(path, writes=True, creates=True) as store:
        for number in (1, 2):
            store.run(
                "insert into customer (id, name, search_key, created_on, do_not_contact)"
                " values (?, 'W', 'w', '2026-01-01', 0)",
                (number,),
            )
    return path


def load(store, number, parts):
    store.run(
        "insert into import_batch"
        " (id, file, kind, imported_on, rows, created, updated, unchanged, rejected, review)"
        " values (?, 'f', 'purchases', '2026-01-01', 0, 0, 0, 0, 0, 0)",
        (number,),
    )
    lines = bulk.Lines(store, "purchase", KEY, REST, number)
    for part in parts:
        lines.load(list(part))
    return lines


def kept(store):
    return [tuple(row) for row in store.run(f"select {', '.join(KEY + REST)} from purchase").fetchall()]


LINE = st.tuples(
    st.sampled_from([1, 2]),
    st.just("2026-01-02"),
    st.sampled_from([-100, 100]),
    st.just("CNY"),
    st.sampled_from(["", "A1"]),
    st.sampled_from(["tea"]),
    st.sampled_from(["", "food"]),
    st.sampled_from([1.0, 2.0]),
)
FILE = st.lists(st.lists(LINE, max_size=12), max_size=3)
"""One file, as the parts it is loaded in."""


@settings(max_examples=150, deadline=None)
@given(st.lists(FILE, min_size=1, max_size=4), st.integers(1, 7))
def test_after_any_files_there_are_as_many_equal_lines_as_the_fullest_of_them_has(database, files, at_once):
    expected = Counter()
    with (
        mock.patch.object(bulk, "_ROWS_A_STATEMENT", at_once),
        open_store(database, writes=True, keep=False) as store,
    ):
        for number, parts in enumerate(files, start=1):
            lines = load(store, number, parts)
            inside = [line for part in parts for line in part]
            counted = Counter(line[: len(KEY)] for line in inside)
            new = expected | counted
            assert lines.created == new.total() - expected.total()
            assert lines.created + lines.updated + lines.unchanged == len(inside)
            expected = new
            there = kept(store)
            assert Counter(line[: len(KEY)] for line in there) == expected
            # What a line says beside its key is what the last file to bring it said.
            assert not Counter(inside) - Counter(there)


@settings(max_examples=50, deadline=None)
@given(FILE, st.randoms(use_true_random=False))
def test_a_file_again_in_any_order_finds_every_line_as_it_is(database, parts, random):
    with open_store(database, writes=True, keep=False) as store:
        load(store, 1, parts)
        before = Counter(kept(store))
        again = [line for part in parts for line in part]
        random.shuffle(again)
        lines = load(store, 2, [again])
        assert (lines.created, lines.updated, lines.unchanged) == (0, 0, len(again))
        assert Counter(kept(store)) == before


def test_equal_lines_have_numbers_from_nought(database):
    line = (1, "2026-01-02", 100, "CNY", "", "tea", "", 1.0)
    with open_store(database, writes=True, keep=False) as store:
        load(store, 1, [[line] * 60, [line] * 60])
        assert [nth for (nth,) in store.run("select nth from purchase order by nth")] == list(range(120))


def test_lines_of_different_customers_days_amounts_orders_and_products_are_different(database):
    lines = [
        (1, "2026-01-02", 100, "CNY", "", "tea", "", 1.0),
        (2, "2026-01-02", 100, "CNY", "", "tea", "", 1.0),
        (1, "2026-01-03", 100, "CNY", "", "tea", "", 1.0),
        (1, "2026-01-02", 101, "CNY", "", "tea", "", 1.0),
        (1, "2026-01-02", 100, "EUR", "", "tea", "", 1.0),
        (1, "2026-01-02", 100, "CNY", "A", "tea", "", 1.0),
        (1, "2026-01-02", 100, "CNY", "", "rope", "", 1.0),
    ]
    with open_store(database, writes=True, keep=False) as store:
        assert load(store, 1, [lines]).created == len(lines)
        assert {nth for (nth,) in store.run("select nth from purchase")} == {0}


def test_a_line_that_breaks_another_rule_of_the_table_is_not_taken_for_a_known_one(database):
    bad_day = (1, "soon", 100, "CNY", "", "tea", "", 1.0)
    with pytest.raises(Exception, match="is_day"), open_store(database, writes=True, keep=False) as store:
        load(store, 1, [[bad_day]])


def test_known_lines_are_looked_up_in_the_index(database):
    """Reading the whole table for every fifty lines would let an import of a known file never end."""
    with open_store(database, writes=True, keep=False) as store:
        lines = bulk.Lines(store, "purchase", KEY, REST, 1)
        sql = lines._find.format(", ".join([lines._find_one] * 2))
        plan = store.run("explain query plan " + sql, ["1", "2026-01-01", 1, "CNY", "S1", "W"] * 2).fetchall()
    assert not [step for *_, step in plan if step.startswith("SCAN line")]
    assert any("SEARCH line USING INDEX purchase_line" in step for *_, step in plan), plan
