"""Lines that are there already are found by their index, however many there are."""

import sqlite3

from retain_cli.store.bulk import Lines
from retain_cli.store.store import Store

KEY = ("customer_id", "bought_on", "amount", "currency", "order_number", "product")


def test_known_lines_are_looked_up_and_the_table_is_not_read_through(retain, csv_file, machine):
    text = "Customer ID,Order date,Amount,Product\nC1,2026-10-01,10.00,Tea\nC1,2026-10-02,11.00,Cup\n"
    assert retain("import", csv_file("orders.csv", text)).code == 0
    connection = sqlite3.connect(machine / "shop.db")
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    lines = Lines(Store(connection), "purchase", KEY, ("category", "quantity"), 2)

    lines.load(
        [(1, "2026-10-01", 1000, "CNY", "", "Tea", "", 1.0), (1, "2026-10-02", 1100, "CNY", "", "Cup", "", 1.0)]
    )

    connection.set_trace_callback(None)
    assert (lines.created, lines.unchanged) == (0, 2)
    (look_up,) = [sql for sql in asked if sql.startswith("with wanted")]
    plan = " ".join(row[3] for row in connection.execute(f"explain query plan {look_up}"))
    connection.close()
    assert "SEARCH line USING INDEX purchase_line (customer_id=? AND bought_on=?" in plan
    assert "SCAN line" not in plan
