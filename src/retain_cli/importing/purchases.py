"""Rows of purchases into the base: the one loop that has to be fast.

Rows are taken many at a time, and each of their columns is converted as a whole. Where one cell of them cannot be
read, or one of them cannot be given to a customer, those rows are taken one after the other instead.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from retain_cli.importing import cells
from retain_cli.importing.batch import Batch, PutAside
from retain_cli.importing.block import Block, Typed
from retain_cli.importing.cells import Remembered
from retain_cli.importing.orders_again import OrdersAgain
from retain_cli.importing.people import Suppressed
from retain_cli.importing.purchases_told import PurchasesTold
from retain_cli.importing.source import Row
from retain_cli.model.money import Money
from retain_cli.store.bulk import Lines
from retain_cli.store.by_product import forget
from retain_cli.store.store import Store

_WHO = ("external_id", "phone", "email", "name", "address", "area")
_LINE = ("bought_on", "amount", "currency", "order_number", "product", "category", "quantity")
_ALWAYS_SAID = ("bought_on", "amount", "currency")
_LINES_AT_ONCE = 50_000
_MOST_CUSTOMERS_HELD = 250_000

Line = tuple[Any, ...]
"""The cells of a purchase: those that tell it from others first, the customer and the day leading."""

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
    reader = _Reader(batch)
    lines = _lines(batch.store, batch.number)
    read: Callable[[Block], Iterator[Line] | list[Line]] = reader.lines
    if batch.preview is not None:
        told = PurchasesTold(batch, reader.line)
        read, lines.watch = told.lines, told.tell
    waiting: list[Line] = []
    for block in batch.blocks():
        waiting += read(block)
        if len(waiting) >= _LINES_AT_ONCE:
            # So many new entries all over an index that is not needed here take longer than making it again.
            forget(batch.store)
            _load(batch, lines, waiting)
            waiting.clear()
    _load(batch, lines, waiting)
    if reader.orders is not None and not batch.unread:
        _take_out(batch, lines, reader.orders)
    batch.counts.created, batch.counts.updated = lines.created, lines.updated
    batch.counts.unchanged += lines.unchanged
    batch.counts.customers_created = batch.people.created


def apply(store: Store, batch: int, customer: int, values: dict[str, Any]) -> None:
    """Take in the purchase of a row that waited, now that it is known whose it is."""
    usual = {"order_number": "", "product": "", "category": "", "quantity": 1}
    _lines(store, batch).load([(customer, *((usual | values)[name] for name in _LINE))])
    store.run(_WIDEN, {"batch": batch, "day": values["bought_on"], "currency": values["currency"]})


def _load(batch: Batch, lines: Lines, some: list[Line]) -> None:
    batch.bought.add([line[1] for line in some], {line[3] for line in some})
    lines.load(some)


def _take_out(batch: Batch, lines: Lines, orders: OrdersAgain) -> None:
    for row in orders.take_out(lines):
        batch.counts.taken_out += 1
        if batch.preview is not None:
            what = f"{row['bought_on']} {Money(row['amount'], row['currency'])}"
            why = f"order {row['order_number']} has no such line any more: {what}"
            batch.tell(0, "removed", row["customer_id"], why=why)


def _lines(store: Store, batch: int) -> Lines:
    return Lines(
        store, "purchase",
        ("customer_id", "bought_on", "amount", "currency", "order_number", "product"),
        ("category", "quantity"), batch,
    )  # fmt: skip


class _Reader:
    """Makes lines of rows."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._of = of = batch.converters()
        self._columns = batch.layout.columns
        usual = batch.columns.currency
        currencies: Remembered[str, str] = Remembered(lambda cell: cells.currency(cell) if cell.strip() else usual)
        self._currency = currencies.__getitem__
        self._amounts = Remembered(batch.columns.amount_reader)
        self._all_amounts = Remembered(batch.columns.amounts_reader)
        self._rest: tuple[tuple[str, Callable[[str], Any]], ...] = (
            ("product", of.get("product", cells.text)),
            ("category", of.get("category", cells.text)),
            ("quantity", Remembered(batch.columns.quantity).__getitem__),
        )
        self._typed: dict[str, Remembered[Any, Any]] = {}
        self._who = [(name, self._columns[name]) for name in _WHO if name in self._columns]
        # By the cell as it is written, so that a customer who was here before costs one look-up.
        self._customers: dict[str, int] = {}
        recipe = batch.layout.recipe
        self.orders: OrdersAgain | None = None
        """The orders of the file, where it says all there is to say of them."""
        if recipe is not None and recipe.order is not None:
            self.orders = OrdersAgain(batch.store, recipe, of["bought_on"], batch.people.source, batch.number)

    def lines(self, block: Block) -> list[Line]:
        """The lines of the rows; what cannot be read is refused, and what several fit is put to review."""
        withheld = self._batch.counts.withheld
        try:
            lines = self._all_at_once(block)
            if self.orders is not None:
                self.orders.add(lines)
            return lines
        except (ValueError, Suppressed):
            self._batch.counts.withheld = withheld
            return [line for row in block.rows() if (line := self.line(row))]

    def line(self, row: Row) -> Line | None:
        """The line of one row; None where it was refused or put to review."""
        withheld = self._batch.counts.withheld
        try:
            line = self._without_customer(row)
            whole = (self._customer(row, lambda who: self._settled(row, who, line)), *line)
            if self.orders is not None:
                self.orders.add([whole])
            return whole
        except PutAside:
            pass
        except ValueError as problem:
            self._refuse(row, problem)
            # Nothing of a row that is refused was kept or dropped.
            self._batch.counts.withheld = withheld
        if self.orders is not None:
            self.orders.leave(row[1])
        return None

    def _all_at_once(self, block: Block) -> list[Line]:
        of = {name: block.columns[column] for name, column in self._columns.items()}
        nothing = [""] * len(block.lines)
        days = self._each("bought_on", self._of["bought_on"], of["bought_on"])
        codes = list(map(self._currency, of.get("currency", nothing)))
        amounts = self._minor_units(of["amount"], codes)
        rest = [self._each(name, convert, of.get(name, nothing)) for name, convert in self._rest]
        numbers = _order_numbers(of.get("order_number", nothing))
        # Nobody is created for a line that is refused: every other cell has been read by now.
        customers = self._customers_of(block, list(of.get("external_id", nothing)))
        return list(zip(customers, days, amounts, codes, numbers, *rest, strict=True))

    def _each(self, name: str, convert: Callable[[str], Any], column: Sequence[str]) -> list[Any]:
        """A column converted; what is the same day or number of a workbook again is not even written out."""
        if not isinstance(column, Typed):
            return list(map(convert, column))
        write = column.text
        known = self._typed.setdefault(name, Remembered(lambda value: convert(write(value))))
        return list(map(known.__getitem__, column.values))

    def _minor_units(self, amounts: Sequence[str], codes: list[str]) -> list[int]:
        if codes.count(codes[0]) == len(codes):
            return self._all_amounts[codes[0]](amounts)
        return [self._amounts[code](amount) for code, amount in zip(codes, amounts, strict=True)]

    def _customers_of(self, block: Block, whos: Sequence[str]) -> list[int]:
        held = list(map(self._customers.get, whos))
        if None not in held:
            return cast(list[int], held)
        people = self._batch.people
        if not ("phone" in self._columns or "email" in self._columns) and people.known_by_one_id:
            first: dict[str, int] = {}
            for number, one in enumerate(held):
                if one is None:
                    first.setdefault(whos[number], number)
            self._meet(block, first)
            held = list(map(self._customers.get, whos))
            if None not in held:
                return cast(list[int], held)
        return [
            self._customer(block.row(number), people.for_line) if one is None else one
            for number, one in enumerate(held)
        ]

    def _meet(self, block: Block, newcomers: Mapping[str, int]) -> None:
        """Find or create many customers together, whom nothing but their ids tells from each other.

        Each is known by the cell with the id, as it is written, and the number of their first row.
        """
        values: dict[str, dict[str, Any]] = {}
        of = [(name, block.columns[column]) for name, column in self._who]
        for number in newcomers.values():
            said = self._who_is((name, column[number]) for name, column in of)
            values.setdefault(said["external_id"], said)
        found = self._batch.people.for_external_ids(values)
        if len(self._customers) + len(found) > _MOST_CUSTOMERS_HELD:
            self._customers.clear()
        self._customers.update((who, found[self._of["external_id"](who)]) for who in newcomers)

    def _without_customer(self, row: Row) -> Line:
        code = self._currency(self._cell(row, "currency"))
        return (
            self._of["bought_on"](self._cell(row, "bought_on")),
            self._amounts[code](self._cell(row, "amount")),
            code,
            cells.text(self._cell(row, "order_number")),
            *(convert(self._cell(row, name)) for name, convert in self._rest),
        )

    def _customer(self, row: Row, find: Callable[[dict[str, Any]], int]) -> int:
        who = self._cell(row, "external_id")
        customer = self._customers.get(who)
        if customer is None:
            customer = find(self._values(row))
            if who and not who.isspace():
                if len(self._customers) >= _MOST_CUSTOMERS_HELD:
                    self._customers.clear()
                self._customers[who] = customer
        return customer

    def _settled(self, row: Row, who: dict[str, Any], line: Line) -> int:
        """Whose a line is; PutAside where it waits with all that its row says."""
        said = {
            name: value
            for name, value in zip(_LINE, line, strict=True)
            if name in _ALWAYS_SAID or self._cell(row, name).strip()
        }
        return self._batch.customer_of_line(row, who, lambda: said)

    def _values(self, row: Row) -> dict[str, Any]:
        """What a row says of its customer; ValueError where that is not enough."""
        return self._who_is((name, row[1][at]) for name, at in self._who)

    def _who_is(self, said: Iterable[tuple[str, str]]) -> dict[str, Any]:
        values = {name: self._of[name](cell) for name, cell in said if cell.strip()}
        if not (values.get("external_id") or values.get("phone") or values.get("email")):
            raise ValueError("says no customer id, phone or e-mail; a name alone may fit two people")
        return values

    def _cell(self, row: Row, name: str) -> str:
        """The cell of a field; an empty one where the file lacks it."""
        column = self._columns.get(name)
        return "" if column is None else row[1][column]

    def _refuse(self, row: Row, problem: ValueError) -> None:
        """Find the cell at fault by reading the row once more, one field after the other."""
        # An amount is read in its currency, so that a fault of the currency has to be found first.
        for name in sorted(self._columns, key=lambda name: name == "amount"):
            cell = self._cell(row, name)
            try:
                if name == "amount":
                    self._batch.columns.amount(cell, self._currency(self._cell(row, "currency")))
                elif name in self._of and (cell.strip() or name == "bought_on"):
                    self._of[name](cell)
            except ValueError as at_fault:
                self._batch.refuse(row, name, cell, str(at_fault))
                return
        self._batch.refuse(row, "", "", str(problem))


def _order_numbers(column: Sequence[str]) -> Sequence[str]:
    # Letters and digits all the way hold nothing to strip or to refuse; they are hardly ever anything else.
    if "".join(column).isalnum() and max(map(len, column)) <= cells.LONGEST_TEXT:
        return column
    return list(map(cells.text, column))
