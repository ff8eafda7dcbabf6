"""Rows of purchases into the base: the one loop that has to be fast."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from retain_cli.importing import cells
from retain_cli.importing.batch import Batch
from retain_cli.importing.cells import Remembered
from retain_cli.importing.people import SeveralFit
from retain_cli.importing.source import Row
from retain_cli.store.bulk import Lines

_WHO = ("external_id", "phone", "email", "name", "address", "area")
_LINE = ("bought_on", "amount", "order_number", "product", "category", "quantity", "currency")
_LINES_AT_ONCE = 20_000


def load(batch: Batch) -> None:
    """Take in one purchase for each row; a customer nobody knows yet is created from what the row says."""
    columns = batch.layout.columns
    # A field the file lacks is read from an empty cell put behind each row.
    pick = itemgetter(*(columns.get(name, -1) for name in (*_LINE, "external_id")))
    of = batch.converters()
    day, product, category = of["bought_on"], _words(of, "product"), _words(of, "category")
    order, external_id = _words(of, "order_number"), _words(of, "external_id")
    quantity = Remembered(cells.quantity).__getitem__
    default = batch.policy.currency
    currency = Remembered(lambda cell: cells.currency(cell) if cell.strip() else default).__getitem__
    amounts = Remembered(lambda code: Remembered(lambda cell: cells.amount(cell, code)))
    by_external_id = batch.people.by_external_id
    lines = Lines(
        batch.store, "purchase",
        ("customer_id", "bought_on", "amount", "currency", "order_number", "product"),
        ("category", "quantity"), batch.number,
    )  # fmt: skip
    waiting: list[tuple[Any, ...]] = []
    for row in batch.rows():
        row.cells.append("")
        bought_on, amount, number, what, group, many, code, who = pick(row.cells)
        try:
            customer = by_external_id[external_id(who)] if who else None
            if customer is None:
                customer = _customer(batch, row, of)
            code = currency(code)
            waiting.append(
                (customer, day(bought_on), amounts[code][amount], code, order(number), product(what),
                 category(group), quantity(many))
            )  # fmt: skip
        except SeveralFit as several:
            row.cells.pop()
            batch.put_to_review(row, several)
        except ValueError as problem:
            row.cells.pop()
            _refuse(batch, row, of, problem)
        if len(waiting) >= _LINES_AT_ONCE:
            lines.load(waiting)
            waiting.clear()
    lines.load(waiting)
    batch.counts.created, batch.counts.updated = lines.created, lines.updated
    batch.counts.unchanged, batch.counts.customers_created = lines.unchanged, batch.people.created


def _words(of: dict[str, Callable[[str], Any]], name: str) -> Callable[[str], str]:
    """Words are remembered where they come back; order numbers and ids hardly do."""
    if name in ("order_number", "external_id"):
        return cells.text
    return of.get(name, cells.text)


def _customer(batch: Batch, row: Row, of: dict[str, Callable[[str], Any]]) -> int:
    values = {
        name: of[name](row.cells[batch.layout.columns[name]])
        for name in _WHO
        if name in of and row.cells[batch.layout.columns[name]].strip()
    }
    if not (values.get("external_id") or values.get("phone") or values.get("email")):
        raise ValueError("says no customer id, phone or e-mail; a name alone may fit two people")
    _check_line(batch, row, of)
    return batch.people.for_line(values)


def _check_line(batch: Batch, row: Row, of: dict[str, Callable[[str], Any]]) -> None:
    """Nobody is created for a line that is refused."""
    for name in ("bought_on", "amount"):
        cell = row.cells[batch.layout.columns[name]]
        if name == "amount":
            cells.amount(cell, batch.policy.currency if "currency" not in of else _code(batch, row, of))
        else:
            of[name](cell)


def _code(batch: Batch, row: Row, of: dict[str, Callable[[str], Any]]) -> str:
    cell = row.cells[batch.layout.columns["currency"]].strip()
    return str(of["currency"](cell)) if cell else batch.policy.currency


def _refuse(batch: Batch, row: Row, of: dict[str, Callable[[str], Any]], problem: ValueError) -> None:
    """Find the cell at fault by reading the row once more, one field after the other."""
    for name, column in batch.layout.columns.items():
        cell = row.cells[column]
        try:
            if name == "amount":
                code = _code(batch, row, of) if "currency" in of else batch.policy.currency
                cells.amount(cell, code)
            elif name in of and (cell.strip() or name == "bought_on"):
                of[name](cell)
        except ValueError as at_fault:
            batch.refuse(row, name, cell, str(at_fault))
            return
    batch.refuse(row, "", "", str(problem))
