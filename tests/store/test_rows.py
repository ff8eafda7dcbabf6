"""What the journal names is checked before it stands in SQL, and no table of customers is forgotten."""

import pytest

from retain_cli.errors import DatabaseUnusable
from retain_cli.model.tables import metadata
from retain_cli.store.rows import OF_CUSTOMERS, change_row, delete_row, insert_row, read_row, rows_of
from retain_cli.store.store import open_store


@pytest.fixture
def store(machine):
    """A new shop with two customers and nobody's purchases."""
    with open_store(machine / "rows.db", writes=True, creates=True) as opened:
        for number, name in ((1, "Wang"), (2, "Li")):
            opened.run(
                "insert into customer (id, external_id, source, name, search_key, do_not_contact, created_on)"
                " values (?, ?, 'shop', ?, ?, 0, '2026-01-01')",
                (number, f"K{number}", name, name.lower()),
            )
        yield opened


def test_every_table_whose_rows_belong_to_customers_is_known_with_its_own_key():
    wanted = {
        table.name: table.primary_key.columns.keys()
        for table in metadata().sorted_tables
        if "customer_id" in table.columns
    }
    assert {table: [key] for table, key in OF_CUSTOMERS.items()} == wanted


def test_a_row_that_is_taken_away_and_put_back_is_the_same_row(store):
    row = read_row(store, "customer", 2)
    delete_row(store, "customer", 2)
    assert read_row(store, "customer", 2) is None
    insert_row(store, "customer", row)
    assert read_row(store, "customer", 2) == row
    assert rows_of(store, "customer", [1, 2]).keys() == {1, 2}


def test_a_change_that_another_row_stands_against_changes_nothing(store):
    assert change_row(store, "customer", 2, {"external_id": "K1", "name": "Zhao"}) is False
    assert read_row(store, "customer", 2)["name"] == "Li"
    assert change_row(store, "customer", 2, {"name": "Zhao"}) is True
    assert read_row(store, "customer", 2)["name"] == "Zhao"


@pytest.mark.parametrize("table", ["sqlite_master", "policy", "customer; drop table visit", ""])
def test_a_table_that_is_none_of_ours_never_reaches_sql(store, table):
    for use in (
        lambda: read_row(store, table, 1),
        lambda: rows_of(store, table, [1]),
        lambda: insert_row(store, table, {"id": 1}),
        lambda: change_row(store, table, 1, {"id": 1}),
        lambda: delete_row(store, table, 1),
    ):
        with pytest.raises(DatabaseUnusable):
            use()


@pytest.mark.parametrize("column", ["name = 'x' where 1 or id", "rowid", "no_such"])
def test_a_column_that_is_none_of_the_tables_never_reaches_sql(store, column):
    with pytest.raises(DatabaseUnusable):
        change_row(store, "customer", 1, {column: "x"})
    with pytest.raises(DatabaseUnusable):
        insert_row(store, "customer", {column: "x"})
    assert [row["name"] for row in rows_of(store, "customer", [1, 2]).values()] == ["Wang", "Li"]
