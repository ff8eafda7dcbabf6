"""Rows of purchases into the base: the one loop that has to be fast."""

from collections import defaultdict
from collections.abc import Callable
from operator import itemgetter
from typing import Any

from retain_cli.importing import cells
from retain_cli.importing.batch import Batch, PutAside
from retain_cli.importing.cells import Remembered
from retain_cli.importing.people import Changes
from retain_cli.importing.source import Row
from retain_cli.store.bulk import Lines
from retain_cli.store.store import Store

_WHO = ("external_id", "phone", "email", "name", "address", "area")
_LINE = ("bought_on", "amount", "order_number", "product", "category", "quantity", "currency")
_LINES_AT_ONCE = 20_000
_MOST_CUSTOMERS_HELD = 250_000
_LONGEST_PLAIN = 100


# What is kept of the batch's purchases has to hold for the one that came later, too.
_WIDEN = """
    update import_batch set
        bought_from = case when bought_from < :day then bought_from else :day end,
        bought_until = case when bought_until > :day then bought_until else :day end,
        currencies = case when coalesce(currencies, :currency) = :currency then :currency else 'several' end
    where id = :batch
"""


def load(batch: Batch) -> None:
    """Take in one purchase for each row; a customer nobody knows yet is created from what the row says."""
    columns = batch.layout.columns
    # A field the file lacks is read from an empty cell put behind each row.
    pick = itemgetter(*(columns.get(name, -1) for name in (*_LINE, "external_id")))
    of = batch.converters()
    day, product, category = of["bought_on"], _words(of, "product"), _words(of, "category")
    text, quantity = cells.text, Remembered(batch.columns.quantity).__getitem__
    currency = Remembered(cells.currency).__getitem__
    amounts = Remembered(batch.columns.amount_reader)
    usual = batch.columns.currency
    usual_amount = amounts[usual]
    # By the cell as it is written, so that a customer who was here before costs one look-up.
    customers: dict[str, int] = {}
    lines = _lines(batch.store, batch.number)
    if batch.preview is not None:
        told = _Told(batch)
        lines.watch = told.tell
    else:
        told = None
    waiting: list[tuple[Any, ...]] = []
    for row in batch.rows():
        row_cells = row[1]
        row_cells.append("")
        bought_on, amount, number, what, group, many, code, who = pick(row_cells)
        try:
            customer = customers.get(who)
            if customer is None:
                customer = _customer(batch, row, of)
                if who and not who.isspace():
                    customers[who] = customer
                    if len(customers) > _MOST_CUSTOMERS_HELD:
                        customers.clear()
            if code:
                code = currency(code) if not code.isspace() else usual
                minor = amounts[code](amount)
            else:
                code, minor = usual, usual_amount(amount)
            if not number.isalnum() or len(number) > _LONGEST_PLAIN:
                number = text(number)
            waiting.append(
                (customer, day(bought_on), minor, code, number, product(what), category(group), quantity(many))
            )
            if told is not None:
                told.lines[waiting[-1]].append(row[0])
        except PutAside:
            pass
        except ValueError as problem:
            row_cells.pop()
            _refuse(batch, row, of, problem)
        if len(waiting) >= _LINES_AT_ONCE:
            _load(batch, lines, waiting)
            waiting.clear()
    _load(batch, lines, waiting)
    batch.counts.created, batch.counts.updated = lines.created, lines.updated
    batch.counts.unchanged += lines.unchanged
    batch.counts.customers_created = batch.people.created


def _load(batch: Batch, lines: Lines, waiting: list[tuple[Any, ...]]) -> None:
    batch.bought.add([line[1] for line in waiting], {line[3] for line in waiting})
    lines.load(waiting)


class _Told:
    """The row each line came from, for a dry run: lines are taken in in the order of their keys."""

    def __init__(self, batch: Batch) -> None:
        self.lines: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        self._batch = batch

    def tell(self, line: tuple[Any, ...], what: str, changes: Changes) -> None:
        """Say what became of a line; equal lines are told in the order of their rows."""
        numbers = self.lines[line]
        number = numbers.pop(0)
        if not numbers:
            del self.lines[line]
        why = {"created": "a line not known yet", "unchanged": "the same line is known"}.get(what, "")
        self._batch.tell(number, what, line[0], changes, why or "the line is known, with other words")


def _lines(store: Store, batch: int) -> Lines:
    return Lines(
        store, "purchase",
        ("customer_id", "bought_on", "amount", "currency", "order_number", "product"),
        ("category", "quantity"), batch,
    )  # fmt: skip


def apply(store: Store, batch: int, customer: int, values: dict[str, Any]) -> None:
    """Take in the purchase of a row that waited, now that it is known whose it is."""
    usual = {"order_number": "", "product": "", "category": "", "quantity": 1}
    columns = ("bought_on", "amount", "currency", "order_number", "product", "category", "quantity")
    _lines(store, batch).load([(customer, *((usual | values)[name] for name in columns))])
    store.run(_WIDEN, {"batch": batch, "day": values["bought_on"], "currency": values["currency"]})


def _words(of: dict[str, Callable[[str], Any]], name: str) -> Callable[[str], str]:
    """The words of a column, or what an empty cell comes to where the file lacks it."""
    return of.get(name, cells.text)


def _customer(batch: Batch, row: Row, of: dict[str, Callable[[str], Any]]) -> int:
    values = {
        name: of[name](row[1][batch.layout.columns[name]])
        for name in _WHO
        if name in of and row[1][batch.layout.columns[name]].strip()
    }
    if not (values.get("external_id") or values.get("phone") or values.get("email")):
        raise ValueError("says no customer id, phone or e-mail; a name alone may fit two people")
    _check_line(batch, row, of)
    return batch.customer_of_line(row, values, lambda: _line_values(batch, row, of))


def _line_values(batch: Batch, row: Row, of: dict[str, Callable[[str], Any]]) -> dict[str, Any]:
    """What a row says beside whom it is about, as it is kept while it waits."""
    found = {
        name: of[name](cell)
        for name in _LINE
        if name not in ("amount", "currency")
        and name in of
        and (cell := row[1][batch.layout.columns[name]]).strip()
    }
    code = _code(batch, row, of)
    amount = batch.columns.amount(row[1][batch.layout.columns["amount"]], code)
    return found | {"amount": amount, "currency": code}


def _check_line(batch: Batch, row: Row, of: dict[str, Callable[[str], Any]]) -> None:
    """Nobody is created for a line that is refused."""
    withheld = batch.counts.withheld
    for name in _LINE:
        if name not in of:
            continue
        cell = row[1][batch.layout.columns[name]]
        if name == "amount":
            batch.columns.amount(cell, _code(batch, row, of))
        elif name == "bought_on" or cell.strip():
            of[name](cell)
    # The loop reads the cells again, and counts those that are dropped.
    batch.counts.withheld = withheld


def _code(batch: Batch, row: Row, of: dict[str, Callable[[str], Any]]) -> str:
    cell = row[1][batch.layout.columns["currency"]].strip() if "currency" in of else ""
    return str(of["currency"](cell)) if cell else batch.columns.currency


def _refuse(batch: Batch, row: Row, of: dict[str, Callable[[str], Any]], problem: ValueError) -> None:
    """Find the cell at fault by reading the row once more, one field after the other."""
    withheld = batch.counts.withheld
    for name, column in batch.layout.columns.items():
        cell = row[1][column]
        try:
            if name == "amount":
                batch.columns.amount(cell, _code(batch, row, of))
            elif name in of and (cell.strip() or name == "bought_on"):
                of[name](cell)
        except ValueError as at_fault:
            batch.refuse(row, name, cell, str(at_fault))
            break
    else:
        batch.refuse(row, "", "", str(problem))
    # Cells that are dropped were counted when the row was read first.
    batch.counts.withheld = withheld
