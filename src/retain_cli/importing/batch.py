"""One file being imported: its rows one after the other, with what each came to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from retain_cli.importing import cells
from retain_cli.importing.cells import Remembered
from retain_cli.importing.date_order import date_order
from retain_cli.importing.fields import DAYS
from retain_cli.importing.header import Layout
from retain_cli.importing.people import People, SeveralFit
from retain_cli.importing.problems import Problem, Rejects
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
    skipped: dict[str, int] = field(default_factory=dict)
    """How many rows were left out as no customer and no sale, by the reason."""
    date_orders: set[str] = field(default_factory=set)
    """The orders in which its columns of days are written."""


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
    asked_order: str | None = None
    counts: Counts = field(default_factory=Counts)

    def rows(self) -> Iterator[Row]:
        """The data rows; one with too few or too many cells is refused, never shifted."""
        width = len(self.layout.names)
        recipe = self.layout.recipe
        number = 0
        self.source.refuse = self._refuse_record
        for number, row in enumerate(self.layout.rows(self.source), start=1):
            if number % ROWS_BETWEEN_REPORTS == 0:
                self.advance(self.source.name, self.source.position, self.source.size)
            if len(row[1]) == width:
                if recipe is None or recipe.follow(row[1]):
                    yield row
            else:
                beyond = self.layout.delimiter.join(row[1][width:])
                self.refuse(row, "", beyond, f"has {len(row[1])} cells where the header has {width}")
        self.counts.rows += number
        if recipe is not None:
            self.counts.skipped = dict(recipe.skipped)

    def _refuse_record(self, record: Row, cell: int | None, why: str) -> None:
        self.counts.rows += 1
        names, cells = self.layout.names, record[1]
        column = names[cell] if cell is not None and cell < len(names) else ""
        self.refuse(record, column, self.layout.delimiter.join(cells[cell:]) if cell is not None else "", why)

    def order(self, name: str) -> str:
        """The order in which the days of a field's column are written."""
        order = date_order(self.source, self.layout, name, self.asked_order)
        self.counts.date_orders.add(order)
        return order

    def converters(self) -> dict[str, Callable[[str], Any]]:
        """For each field the file has, what makes a value of a cell; each cell that comes back is done once."""
        orders = {name: self.order(name) for name in DAYS if name in self.layout.columns}
        plain: dict[str, Callable[[str], Any]] = {
            "name": cells.name,
            "phone": lambda cell: cells.phone(cell, self.policy.region),
            "email": cells.email,
            "birthday": lambda cell: cells.birthday(cell, orders["birthday"]),
            "do_not_contact": cells.flag,
            "bought_on": lambda cell: cells.day(cell, orders["bought_on"]).isoformat(),
            "visited_on": lambda cell: cells.day(cell, orders["visited_on"]).isoformat(),
            "next_on": lambda cell: cells.day(cell, orders["next_on"]).isoformat(),
            "currency": cells.currency,
            "quantity": cells.quantity,
            "satisfaction": cells.score,
        }
        return {name: Remembered(plain.get(name, cells.text)).__getitem__ for name in self.layout.columns}

    def values(self, row: Row, converters: dict[str, Callable[[str], Any]]) -> dict[str, Any] | None:
        """The row's values by field, blank cells left out; None when it was refused."""
        values = {}
        for name, column in self.layout.columns.items():
            cell = row[1][column]
            if not cell or cell.isspace():
                continue
            try:
                values[name] = converters[name](cell)
            except ValueError as problem:
                self.refuse(row, name, cell, str(problem))
                return None
        return values

    def refuse(self, row: Row, name: str, cell: str, why: str) -> None:
        """Count a row as refused and keep it to be mended; `name` is the field at fault, if one is."""
        column = self.layout.title(name) if name in self.layout.columns else name
        problem = Problem(self.source.name, row[0], column, cell, why)
        self.counts.rejected += 1
        self.rejects.add(problem, self.layout.names, row[1])

    def put_to_review(self, row: Row, several: SeveralFit) -> None:
        """Count a row as one that a person has to decide."""
        self.counts.review += 1
        problem = Problem(self.source.name, row[0], "", "", str(several))
        self.rejects.add(problem, self.layout.names, row[1])
