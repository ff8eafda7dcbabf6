"""How a column of numbers is written: the mark before its decimals, the currency its signs name."""

from itertools import islice
from typing import NamedTuple

from retain_cli.errors import BadInput
from retain_cli.importing.cells import money
from retain_cli.importing.date_order import Seen, filled
from retain_cli.importing.layout import Layout
from retain_cli.importing.source import Source
from retain_cli.model.money import decimals

_ROWS_THAT_SHOW_IT = 100


class Numbers(NamedTuple):
    """How the numbers of a column are written."""

    sign: str | None = None
    """The decimal sign, `.` or `,`; None where no cell has one."""
    currency: str | None = None
    """The currency that the cells themselves name, where they do."""


def numbers(
    source: Source,
    layout: Layout,
    field: str,
    asked: str | None,
    currency: str,
    *,
    said: str | None = None,
    otherwise: str | None = None,
) -> Numbers:
    """How the field's column is written, `asked` being the decimal sign that was said by hand.

    `currency` is the one that counts where the cells name none, `said` the one that was said by hand; without any
    the numbers are no amounts. `otherwise` is the decimal sign of a column whose cells do not tell. BadInput with
    the question where nothing tells, with two rows where they contradict each other.
    """
    where = f"{source.name}: the column {layout.title(field)!r}"
    column = _Column()
    for seen in islice(filled(source, layout, field), _ROWS_THAT_SHOW_IT):
        column.add(seen)
    if not column.is_plain and (currency or column.signs):
        column = _Column()
        for seen in filled(source, layout, field):
            column.add(seen)
    if currency and (named := money.currency_of_title(layout.title(field))):
        column.currencies.setdefault(named.casefold(), Seen(1, layout.title(field)))
    # Where the rows say their currency, each amount is checked against its own row's.
    own = _currency(where, column, currency, said) if currency and "currency" not in layout.columns else None
    return Numbers(asked or _sign(where, column, own or currency, otherwise), own)


class _Column:
    """What the cells of a column show, without keeping them."""

    def __init__(self) -> None:
        self.signs: dict[str, Seen] = {}
        """For each decimal sign, and for `?`, the first cell that shows it."""
        self.currencies: dict[str, Seen] = {}
        """For each sign or code of a currency, the first cell that has it."""

    @property
    def is_plain(self) -> bool:
        """Whether every cell so far is digits, some with a decimal point and no other mark."""
        return "." in self.signs and len(self.signs) == 1 and not self.currencies

    def add(self, seen: Seen) -> None:
        """Look at one cell."""
        if seen.cell.isdecimal():
            return
        try:
            written = money.written(seen.cell)
        except ValueError:
            return
        if (sign := money.decimal_sign(written.digits)) and sign not in self.signs:
            self.signs[sign] = seen
        if written.currency and written.currency not in self.currencies:
            self.currencies[written.currency] = seen


def _sign(where: str, column: _Column, currency: str, otherwise: str | None) -> str | None:
    signs = column.signs
    if "." in signs and "," in signs:
        raise BadInput(
            f"{where} has decimals behind a point and behind a comma ({signs['.']}, {signs[',']})",
            "Which is it? Say --decimal point or --decimal comma, and mend the other rows.",
            code="decimal-sign",
        )
    if "?" in signs and len(signs) == 1 and decimals(currency):
        if otherwise:
            return otherwise
        raise BadInput(
            f"{where} does not tell thousands from decimals: {signs['?']}",
            "What stands before the decimals? Say --decimal point or --decimal comma.",
            code="decimal-sign",
        )
    return next((sign for sign in signs if sign != "?"), None)


def _currency(where: str, column: _Column, usual: str, said: str | None) -> str | None:
    found: dict[str, Seen] = {}
    for sign, seen in column.currencies.items():
        meant = money.currencies(sign)
        if usual in meant:
            found.setdefault(usual, seen)
        elif len(meant) == 1:
            found.setdefault(meant[0], seen)
        else:
            raise BadInput(
                f"{where} has the sign of several currencies: {seen} may be {', '.join(meant)}",
                f"Say which with --currency, such as --currency {meant[0]}.",
                code="currency-unknown",
            )
    if len(found) > 1:
        one, other, *_ = found.items()
        raise BadInput(
            f"{where} has two currencies: {one[0]} ({one[1]}) and {other[0]} ({other[1]})",
            "Amounts of two currencies are never added; split the file, or give it a column for the currency.",
            code="currencies-mixed",
        )
    own = next(iter(found), None)
    if own and said and own != said:
        raise BadInput(
            f"{where} has amounts in {own} ({found[own]}), and --currency says {said}",
            "Say the currency that the cells say, or none.",
            code="currencies-mixed",
        )
    return own
