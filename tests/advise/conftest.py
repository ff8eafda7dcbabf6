"""Shops whose purchases say something."""

import pytest


@pytest.fixture
def shop(retain, csv_file):
    """Take in lines `customer,day,product[,category[,quantity[,amount]]]`."""

    def take_in(lines, name="orders.csv"):
        rows = []
        for line in lines:
            cells = ([*line.split(","), "", "", "", ""])[:6]
            cells[4] = cells[4] or "1"
            cells[5] = cells[5] or "100"
            rows.append(",".join(cells))
        text = "Customer ID,Date,Product,Category,Qty,Amount\n" + "\n".join(rows) + "\n"
        assert retain("import", csv_file(name, text)).code == 0

    return take_in


@pytest.fixture
def offers(retain):
    """The tips for a customer by kind: {kind: {product: tip}}."""

    def ask(customer, today="2026-11-23"):
        found = {}
        for tip in retain("advise", customer, "-f", "json", today=today).data:
            found.setdefault(tip["tip"], {})[tip["product"]] = tip
        return found

    return ask
