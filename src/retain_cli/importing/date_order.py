"""In which order the days of a column are written: decided from all its cells, and asked where they do not tell."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from retain_cli.errors import BadInput
from retain_cli.importing.cells import birthdays, days
from retain_cli.importing.layout import Layout
from retain_cli.importing.source import Source

_ROWS_THAT_SHOW_IT = 100
_MOST_KNOWN = 50_000
_NAMES = {"ymd": "year first", "dmy": "days first", "mdy": "months first"}


class Seen(NamedTuple):
    """One cell of a column, and where it stands."""

    line: int
    cell: str

    def __str__(self) -> str:
        return f"{self.cell.strip()!r} in line {self.line}"


def date_order(source: Source, layout: Layout, field: str, asked: str | None) -> str:
    """The order of the field's column: `ymd`, `dmy` or `mdy`, or what it counts where all of it is bare numbers.

    BadInput with the question where several orders fit all cells and give different days; BadInput with two rows
    where no order fits them all. A column whose first hundred cells leave no question is read no further.
    """
    births = field == "birthday"
    read = birthdays.read if births else days.read
    if not any(_asks(read(seen.cell)) for seen in islice(filled(source, layout, field), _ROWS_THAT_SHOW_IT)):
        return asked or "ymd"
    column = _Column(read, births, days.SINCE_1904 if source.since_1904 else "serial")
    for seen in filled(source, layout, field):
        column.add(seen)
    try:
        return column.order(asked)
    except _Question as question:
        raise BadInput(
            f"{source.name}: the column {layout.title(field)!r} {question.says}",
            f"Which comes first? Say {' or '.join(f'--date-order {order}' for order in question.orders)}.",
            code="date-order",
        ) from None


def filled(source: Source, layout: Layout, field: str) -> Iterator[Seen]:
    """Every cell of a field that is not blank, as it will be read, with its line."""
    column, width, recipe = layout.columns[field], len(layout.names), layout.recipe
    for line, row in layout.rows(source):
        if len(row) == width and (recipe is None or recipe.follow(row)) and (cell := row[column]).strip():
            yield Seen(line, cell)


def _asks(reading: days.Reading | None) -> bool:
    return reading is not None and reading.fixed is None


class _Question(Exception):
    def __init__(self, says: str, orders: list[str]) -> None:
        self.says = says
        self.orders = orders


class _Column:
    """What the cells of a column show, without keeping them."""

    def __init__(self, read: Callable[[str], days.Reading | None], births: bool, serial: str) -> None:
        self._read = read
        self._births = births
        self._serial = serial
        self._known: set[str] = set()
        self._days = 0
        self._counts: dict[str | None, int] = {}
        self._against: dict[str, Seen] = {}
        """For each order, the first cell that cannot be read in it."""
        self._differs: Seen | None = None
        """The first cell whose day depends on the order."""
        self._ordered: Seen | None = None

    def add(self, seen: Seen) -> None:
        """Look at one cell; one that came before shows nothing new."""
        if seen.cell in self._known:
            return
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known.add(seen.cell)
        reading = self._read(seen.cell)
        if reading is None:
            return
        self._days += 1
        if reading.number is not None:
            counts = days.what_it_counts(reading.number, births=self._births, serial=self._serial)
            self._counts[counts] = self._counts.get(counts, 0) + 1
        elif reading.by_order:
            self._add_unordered(seen, reading)

    def _add_unordered(self, seen: Seen, reading: days.Reading) -> None:
        possible = {
            o: parts for o, parts in reading.by_order.items() if 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31
        }
        if not possible:
            # No day in any order, so it tells nothing of the others; its own row will be refused.
            return
        self._ordered = self._ordered or seen
        for order in days.DATE_ORDERS:
            if order not in possible:
                self._against.setdefault(order, seen)
        if len(set(possible.values())) > 1:
            self._differs = self._differs or seen

    def order(self, asked: str | None) -> str:
        """What was decided; a _Question where nothing was."""
        if len(self._counts) == 1 and (counts := next(iter(self._counts))) and self._counts[counts] == self._days:
            return counts
        if asked is not None or self._ordered is None:
            return asked or "ymd"
        orders = [order for order in ("dmy", "mdy", "ymd") if order not in self._against]
        if not orders:
            where = f"({self._against['mdy']}, {self._against['dmy']})"
            raise _Question(f"mixes days first and months first {where}", ["dmy", "mdy"])
        if len(orders) > 1 and self._differs is not None:
            fits = " or ".join(_NAMES[order] for order in orders)
            raise _Question(f"does not tell days from months: {self._differs} can be {fits}", orders)
        return orders[0]
