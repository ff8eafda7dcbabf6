"""Every other table as it is kept, with amounts written as amounts."""

from collections.abc import Iterator

from retain_cli.exporting.asked import Asked, Record
from retain_cli.model.money import Money
from retain_cli.store.tables import records

AMOUNTS = ("amount", "cost", "saved", "min_spend")
"""Columns of minor units that are written as amounts, in the row's currency or else the shop's."""


def rows(asked: Asked, name: str) -> tuple[list[str], Iterator[Record]]:
    """The columns of a table and its rows; amounts without a currency of their own are in the shop's."""
    columns, kept = records(asked.store, name)
    return columns, (_with_amounts(row, asked.policy.currency) for row in kept)


def _with_amounts(row: Record, currency: str) -> Record:
    for column in AMOUNTS:
        if row.get(column) is not None:
            row[column] = Money(row[column], row.get("currency") or currency).plain()
    return row
