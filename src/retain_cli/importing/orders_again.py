"""Orders that a program exports again as they stand now: what it no longer says of one is taken out.

A line that was paid back in part has another amount in the next export, and a cancelled order has no line at all. A
line is known again by its amount, so that the old one would stay beside the new one and count twice.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from retain_cli.importing import cells
from retain_cli.importing.recipe import Recipe
from retain_cli.store.bulk import Lines
from retain_cli.store.journal import write_gone
from retain_cli.store.question import Number, Question
from retain_cli.store.rows import Row, delete_row, read_row
from retain_cli.store.store import Store


class _Line(NamedTuple):
    id: int


# Without a customer: an order of which nothing is left.
_BEGIN = (
    "create temp table if not exists order_again (number text, day text, customer integer)",
    "create index if not exists temp.order_again_by_number on order_again (number, day)",
    "delete from order_again",
)
_ADD = "insert into order_again values (?, ?, ?)"
_LEAVE = "delete from order_again where number = ?"
_KNOWS_ORDERS = Question(
    """
    select count(*) from (select 1 from import_batch where kind = 'purchases' and source = :source
        and id <> :batch and undone_by is null limit 1) as earlier
    """,
    Number,
)
# A line that met a need of its customer is more than what the program says of it.
_EARLIER = Question(
    """
    select distinct purchase.id from purchase
    join import_batch on import_batch.id = purchase.batch_id
    cross join order_again as said on said.number = order_number and said.day = bought_on
    where purchase.batch_id <> :batch and source = :source and order_number <> ''
        and (said.customer = customer_id or (said.customer is null and not exists (
            select 1 from order_again as filled where filled.number = said.number and filled.customer is not null
        )))
        and not exists (select 1 from need where met_by_id = purchase.id)
    order by purchase.id
    """,
    _Line,
    needs="order_again",
)


def empty_table(store: Store) -> None:
    """The table of the orders that a file says again, with nothing in it."""
    for statement in _BEGIN:
        store.run(statement)


class OrdersAgain:
    """The orders of one file that has each of them whole; `day` reads a day as the file writes it."""

    def __init__(self, store: Store, recipe: Recipe, day: Callable[[str], str], source: str, batch: int) -> None:
        assert recipe.order is not None  # noqa: S101
        self._store = store
        self._recipe = recipe
        self._number, self._on = recipe.order
        self._day = day
        self._about: dict[str, Any] = {"source": source, "batch": batch}
        self._uncertain: set[str] = set()
        earlier = store.first(_KNOWS_ORDERS, **self._about)
        self.wanted = bool(earlier and earlier.value)
        """Whether the program has been read before, so that there may be something to take out."""
        if self.wanted:
            empty_table(store)

    def add(self, lines: Iterable[Sequence[Any]]) -> None:
        """Take in the orders of some lines: customer, day, amount, currency, order number and more."""
        if self.wanted:
            self._store.run_many(_ADD, {(line[4], line[1], line[0]) for line in lines})

    def leave(self, row: Sequence[str]) -> None:
        """The order of a row that was not taken in stays as it is known."""
        self._uncertain.add(cells.text(row[self._number]))

    def take_out(self, lines: Lines) -> list[Row]:
        """Take out what earlier files of the program said of these orders and this one, as `lines`, does not.

        Gives the rows; undoing the batch puts them back.
        """
        if not self.wanted:
            return []
        store = self._store
        for number, written in self._recipe.orders_left_out:
            with suppress(ValueError):
                store.run(_ADD, (cells.text(number), self._day(written), None))
        store.run_many(_LEAVE, [(number,) for number in self._uncertain])
        gone = []
        for line in store.ask(_EARLIER, **self._about):
            if lines.has_recognised(line.id):
                continue
            row = read_row(store, "purchase", line.id)
            assert row is not None  # noqa: S101
            write_gone(store, self._about["batch"], "purchase", line.id, row)
            delete_row(store, "purchase", line.id)
            gone.append(row)
        return gone
