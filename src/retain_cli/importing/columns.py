"""How each column of a file is written, and so what makes a value of its cells."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, tzinfo
from typing import Any

from retain_cli.importing import cells
from retain_cli.importing.block import Typed
from retain_cli.importing.cells import Remembered
from retain_cli.importing.date_order import date_order
from retain_cli.importing.decimal_sign import numbers
from retain_cli.importing.fields import DAYS
from retain_cli.importing.layout import Layout
from retain_cli.importing.owners import owner
from retain_cli.importing.source import Source
from retain_cli.store.policy import Policy

_AMOUNTS = ("amount", "cost")
_NEVER_A_CARD = frozenset(["external_id", "order_number", "phone"])
"""Columns of long numbers, one in ten of which passes the check of a card's by chance."""
_NEVER_AN_IDENTITY = frozenset(["order_number", "phone"])


class Columns:
    """Decides from all cells of a column how it is written; BadInput asks where they do not tell.

    `asked_order`, `asked_decimal` and `said_currency` are what was said by hand. `withheld` is called for every
    cell that is dropped because it holds the number of a payment card or of an identity card.
    """

    def __init__(
        self,
        source: Source,
        layout: Layout,
        policy: Policy,
        today: date,
        withheld: Callable[[], None],
        *,
        asked_order: str | None = None,
        asked_decimal: str | None = None,
        said_currency: str | None = None,
        zone: tzinfo = UTC,
    ) -> None:
        self._layout = layout
        self._policy = policy
        self._today = today
        self._zone = zone
        self._withheld = withheld
        self.orders = {
            name: date_order(source, layout, name, asked_order) for name in DAYS if name in layout.columns
        }
        """How the days of each column are written."""
        self.currency = policy.currency
        """What the amounts are in where their row does not say: what their own cells name, or the shop's."""
        self.decimal_sign = asked_decimal
        """The decimal sign of the amounts; None where no cell has one."""
        for name in _AMOUNTS:
            if name in layout.columns:
                found = numbers(source, layout, name, asked_decimal, policy.currency, said=said_currency)
                self.currency, self.decimal_sign = found.currency or policy.currency, found.sign
        self._quantity_sign = asked_decimal
        if "quantity" in layout.columns:
            found = numbers(source, layout, "quantity", asked_decimal, "", otherwise=self.decimal_sign)
            self._quantity_sign = found.sign

    def amount_reader(self, currency: str) -> Callable[[str], int]:
        """What makes minor units of amounts in a currency."""
        return cells.amount_reader(currency, self.decimal_sign)

    def amounts_reader(self, currency: str) -> Callable[[Sequence[str]], list[int]]:
        """What makes minor units of many amounts in a currency at a time."""
        read = cells.amounts_reader(currency, self.decimal_sign)

        def read_all(column: Sequence[str]) -> list[int]:
            if isinstance(column, Typed):
                found = cells.minor_units_of(column.values, currency, self.decimal_sign)
                return read(column.texts) if found is None else found
            return read(column)

        return read_all

    def amount(self, cell: str, currency: str) -> int:
        """The minor units of one amount."""
        return cells.amount(cell, currency, self.decimal_sign)

    def quantity(self, cell: str) -> float:
        """How many or how much."""
        return cells.quantity(cell, self._quantity_sign)

    def converters(self) -> dict[str, Callable[[str], Any]]:
        """For each field the file has, what makes a value of a cell; each cell that comes back is done once."""
        plain: dict[str, Callable[[str], Any]] = {
            "phone": lambda cell: cells.phone(cell, self._policy.region),
            "email": cells.email,
            "birthday": lambda cell: cells.birthday(cell, self.orders["birthday"], self._today.year),
            "do_not_contact": cells.flag,
            "owner": lambda cell: owner(cells.text(cell)),
            "currency": cells.currency,
            "quantity": self.quantity,
            "satisfaction": cells.score,
            "minutes": cells.minutes,
        }
        plain |= {name: self._day(self.orders[name]) for name in self.orders if name != "birthday"}
        return {
            name: (Remembered(plain[name]) if name in plain else self._kept(name)).__getitem__
            for name in self._layout.columns
        }

    def _day(self, order: str) -> Callable[[str], str]:
        return lambda cell: cells.day(cell, order, zone=self._zone).isoformat()

    def _kept(self, field: str) -> "_Kept":
        special = {"name": cells.name, "external_id": cells.number_or_text}
        convert = special.get(field, cells.text)
        return _Kept(convert, field not in _NEVER_A_CARD, field not in _NEVER_AN_IDENTITY, self._withheld)


class _Kept(Remembered[str, str]):
    """Words that come to nothing where they must not be kept, and are counted each time."""

    def __init__(
        self, convert: Callable[[str], str], may_be_card: bool, may_be_identity: bool, withheld: Callable[[], None]
    ) -> None:
        super().__init__(convert)
        self._may_be_card = may_be_card
        self._may_be_identity = may_be_identity
        self._withheld = withheld

    def __missing__(self, cell: str) -> str:
        words = super().__missing__(cell)
        if len(words) < cells.FEWEST_WITHHELD:
            return words
        card = self._may_be_card and cells.holds_card(words)
        if card or (self._may_be_identity and cells.holds_identity(words)):
            # Not remembered, so that the next cell is counted too.
            del self[cell]
            self._withheld()
            return ""
        return words
