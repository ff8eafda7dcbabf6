"""One file being imported: its rows one after the other, with what each came to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from typing import Any

from retain_cli.importing.block import Block, Typed, block_of, in_groups
from retain_cli.importing.cells import BLANK_WORDS, DATE_ORDERS
from retain_cli.importing.columns import Columns
from retain_cli.importing.layout import Layout
from retain_cli.importing.people import Changes, People, SeveralFit, Suppressed
from retain_cli.importing.preview import Preview, Told
from retain_cli.importing.problems import Problem, Rejects
from retain_cli.importing.review import Queue, decided_by_rule, mark
from retain_cli.importing.source import Row, Source
from retain_cli.store.policy import Policy
from retain_cli.store.store import Store

ROWS_BETWEEN_REPORTS = 20_000


@dataclass(slots=True)
class Counts:
    """What became of the rows of one file."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    review: int = 0
    customers_created: int = 0
    staff_created: list[str] = field(default_factory=list)
    """Who was added to the staff, because the file says that they serve customers."""
    withheld: int = 0
    """Cells that were dropped, because they hold the number of a payment card or of an identity card."""
    suppressed: int = 0
    """Rows about people who were erased."""
    undecided: int = 0
    """Rows that fit several customers, and were left out because `--on-conflict skip` said so."""
    taken_out: int = 0
    """Purchases that earlier files brought, and that this one does not say of their orders any more."""
    skipped: dict[str, int] = field(default_factory=dict)
    """How many rows were left out as no customer and no sale, by the reason."""
    date_orders: set[str] = field(default_factory=set)
    """The orders in which its columns of days are written."""


class PutAside(Exception):
    """The row was counted and is not taken in now: nobody can say yet, or ever, whom it is about."""


@dataclass(slots=True)
class Bought:
    """What every purchase of one file has in common."""

    first_on: str | None = None
    last_on: str | None = None
    currencies: set[str] = field(default_factory=set)

    def add(self, days: Sequence[str], currencies: Iterable[str]) -> None:
        """Take in the days and currencies of some purchases."""
        if days:
            self.first_on = min(self.first_on or days[0], *days)
            self.last_on = max(self.last_on or days[0], *days)
            self.currencies.update(currencies)


@dataclass(slots=True)
class Batch:
    """Everything a loader needs to take in one file."""

    store: Store
    policy: Policy
    source: Source
    layout: Layout
    people: People
    rejects: Rejects
    number: int
    today: date
    advance: Callable[[str, int, int], None]
    queue: Queue
    asked_order: str | None = None
    on_conflict: str = "review"
    preview: Preview | None = None
    asked_decimal: str | None = None
    said_currency: str | None = None
    zone: tzinfo = UTC
    """Where the shop is: it tells the day of a time that is counted from 1970."""
    counts: Counts = field(default_factory=Counts)
    columns: Columns = field(init=False)
    """How the columns are written; there once `converters` was asked for."""
    unread: bool = False
    """Whether a row was refused before anybody could see what it is about."""
    bought: Bought = field(default_factory=Bought)

    def rows(self) -> Iterator[Row]:
        """The data rows; one with too few or too many cells is refused, never shifted."""
        width = len(self.layout.names)
        recipe = self.layout.recipe
        optional = self.layout.optional
        number = 0
        self.source.refuse = self._refuse_record
        for number, row in enumerate(self.layout.rows(self.source), start=1):
            if number % ROWS_BETWEEN_REPORTS == 0:
                self.advance(self.source.name, self.source.position, self.source.size)
            if len(row[1]) == width:
                if not BLANK_WORDS.isdisjoint(row[1]):
                    for column in optional:
                        if row[1][column] in BLANK_WORDS:
                            row[1][column] = ""
                if recipe is None or recipe.follow(row[1]):
                    yield row
            else:
                self._refuse_width(row)
        self.counts.rows += number
        if recipe is not None:
            self.counts.skipped = dict(recipe.skipped)

    def blocks(self) -> Iterator[Block]:
        """The same rows many at a time."""
        if self.layout.recipe is not None:
            yield from map(block_of, in_groups(self.rows()))
            return
        width, optional = len(self.layout.names), self.layout.optional
        self.source.refuse = self._refuse_record
        reported = 0
        for block in self.source.blocks(self.layout.delimiter):
            self.counts.rows += len(block.lines)
            if self.counts.rows - reported >= ROWS_BETWEEN_REPORTS:
                reported = self.counts.rows
                self.advance(self.source.name, self.source.position, self.source.size)
            if len(block.columns) != width:
                for row in block.rows():
                    self._refuse_width(row)
                continue
            for number in optional:
                column = block.columns[number]
                if not isinstance(column, Typed) and not BLANK_WORDS.isdisjoint(column):
                    block.columns[number] = ["" if cell in BLANK_WORDS else cell for cell in column]
            yield block

    def _refuse_width(self, row: Row) -> None:
        self.unread = True
        width = len(self.layout.names)
        beyond = self.layout.delimiter.join(row[1][width:])
        self.refuse(row, "", beyond, f"has {len(row[1])} cells where the header has {width}")

    def _refuse_record(self, record: Row, cell: int | None, why: str) -> None:
        self.counts.rows += 1
        self.unread = True
        names, cells = self.layout.names, record[1]
        column = names[cell] if cell is not None and cell < len(names) else ""
        self.refuse(record, column, self.layout.delimiter.join(cells[cell:]) if cell is not None else "", why)

    def converters(self) -> dict[str, Callable[[str], Any]]:
        """For each field the file has, what makes a value of a cell; BadInput where its cells do not tell how."""
        self.columns = Columns(
            self.source,
            self.layout,
            self.policy,
            self.today,
            self._withhold,
            asked_order=self.asked_order,
            asked_decimal=self.asked_decimal,
            said_currency=self.said_currency,
            zone=self.zone,
        )
        self.counts.date_orders.update(order for order in self.columns.orders.values() if order in DATE_ORDERS)
        return self.columns.converters()

    def _withhold(self) -> None:
        self.counts.withheld += 1

    def values(self, row: Row, converters: dict[str, Callable[[str], Any]]) -> dict[str, Any] | None:
        """The row's values by field, blank cells left out; None when it was refused."""
        values = {}
        for name, column in self.layout.columns.items():
            cell = row[1][column]
            if not cell or cell.isspace():
                continue
            try:
                value = converters[name](cell)
            except ValueError as problem:
                self.refuse(row, name, cell, str(problem))
                return None
            if value != "":
                values[name] = value
        return values

    def refuse(self, row: Row, name: str, cell: str, why: str) -> None:
        """Count a row as refused and keep it to be mended; `name` is the field at fault, if one is."""
        column = self.layout.title(name) if name in self.layout.columns else name
        problem = Problem(self.source.name, row[0], column, cell, why)
        self.counts.rejected += 1
        self.rejects.add(problem, self.layout.names, row[1])
        self.tell(row[0], "rejected", None, why=f"{column} {cell!r}: {why}" if column else why)

    def tell(
        self, line: int, what: str, customer: int | None, changes: Changes | None = None, why: str = ""
    ) -> None:
        """Say what a row came to, where somebody wants to know each."""
        if self.preview is not None:
            name = "" if customer is None else self.people.kept(customer).name
            self.preview.add(Told(self.source.name, line, what, name, changes or {}, why))

    def customer_of_line(self, row: Row, who: dict[str, Any], rest: Callable[[], dict[str, Any]]) -> int:
        """The customer of a purchase or visit, created where nobody fits; PutAside where the row waits.

        `rest` gives what the row says beside `who`, to be kept with it.
        """
        try:
            return self.people.for_line(who)
        except Suppressed:
            self.suppress(row)
            raise PutAside from None
        except SeveralFit as several:
            return self.settle(row, who | rest(), several)

    def suppress(self, row: Row) -> None:
        """Count a row about somebody who was erased."""
        self.counts.suppressed += 1
        self.tell(row[0], "suppressed", None, why="about somebody who was erased")

    def settle(self, row: Row, values: dict[str, Any], several: SeveralFit) -> int:
        """Whom a row that fits several is about, as decided before or by the rule; PutAside where it waits."""
        known = self.queue.known(values)
        if known and known.decision == "drop":
            self.counts.unchanged += 1
            self.tell(row[0], "unchanged", None, why="was dropped in the review")
            raise PutAside
        if known and known.decision and self.people.is_there(known.customer_id):
            assert known.customer_id is not None  # noqa: S101
            return known.customer_id
        customer = None
        if self.on_conflict == "new":
            customer = self._another(row, values)
        elif self.on_conflict in ("first", "newest"):
            customer = decided_by_rule(self.on_conflict, several.candidates)
        decision = customer and ("new" if self.on_conflict == "new" else "take")
        if self.on_conflict == "skip":
            self.counts.undecided += 1
            self.tell(row[0], "skipped", None, why=str(several))
            raise PutAside
        if known is None:
            self.queue.add(row[0], values, str(several), several.candidates, decision or None, customer)
        elif customer or known.decision:
            mark(self.store, known.id, decision or None, self.today, customer)
        if customer is None:
            self.counts.review += 1
            self.tell(row[0], "review", None, why=str(several))
            raise PutAside
        self.people.know_as(customer, values.get("external_id") or "")
        return customer

    def _another(self, row: Row, values: dict[str, Any]) -> int:
        try:
            return self.people.create(values)
        except Suppressed:
            self.suppress(row)
            raise PutAside from None
