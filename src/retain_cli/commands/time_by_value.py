"""What `retain agenda --by value` answers."""

from typing import TYPE_CHECKING, Any

from retain_cli.commands.expectations import amount
from retain_cli.document import Block, Column, Document, Note, Table
from retain_cli.model.money import Money

if TYPE_CHECKING:
    from retain_cli.predict.outlook import Estimate
    from retain_cli.predict.time_by_value import Share, TimeByValue

_MINUTES_AN_HOUR = 60
_HEADER = (
    "staff", "grade", "customers", "minutes", "minutes_by_value", "minutes_by_value_low", "minutes_by_value_high",
    "difference", "expected_amount", "expected_amount_currency",
    "expected_amount_low", "expected_amount_low_currency", "expected_amount_high", "expected_amount_high_currency",
    "at_stake", "at_stake_currency", "at_stake_low", "at_stake_low_currency", "at_stake_high",
    "at_stake_high_currency",
)  # fmt: skip
"""The columns of the CSV form."""


def time_by_value_document(found: "TimeByValue") -> "Document":
    """The week as it is spent, and as it would be; every number that is guessed with its interval."""
    parts = [_plain(one, found.currency) for one in found.parts]
    data = {
        "minutes_per_week": round(found.minutes, 1),
        "predicted_on": found.predicted_on,
        "horizon_days": found.horizon_days,
        "because": found.because or None,
        "parts": parts,
        "grades": [_without(_plain(one, found.currency), "staff") for one in found.grades],
        "staff": [_without(_plain(one, found.currency), "grade") for one in found.staff],
        "order_soon": None
        if found.because
        else _without(_plain(found.order_soon, found.currency), "staff", "grade"),
        "left_out": found.left_out,
    }
    records = [_flat(one) for one in parts]
    if found.because:
        hours = f"An average week of the plan has {found.minutes / _MINUTES_AN_HOUR:.1f} hours."
        return Document(data, [Note(f"{hours} {found.because}")], records, header=_HEADER)
    several = len({one.staff for one in found.parts}) > 1
    title = f"Hours of an average week, and by what is at stake in {found.horizon_days} days"
    blocks: list[Block] = [_table(found.grades, found.currency, title)]
    if several:
        blocks += [_table(found.staff, found.currency), _table(found.parts, found.currency)]
    blocks.append(Note(_soon(found)))
    if found.left_out:
        blocks.append(Note(f"{found.left_out:,} asked not to be contacted and count on neither side."))
    return Document(data, blocks, records, header=_HEADER)


def _table(shares: "list[Share]", currency: str, title: str = "") -> Table:
    columns = [
        *([Column("Staff")] if shares and shares[0].staff else []),
        *([Column("Grade", wraps=False)] if shares and shares[0].grade else []),
        Column("Customers", "right"), Column("Hours", "right"), Column("By value", "right"),
        Column("", "right"), Column(f"At stake, {currency}", "right"),
    ]  # fmt: skip
    rows = []
    for one in shares:
        named = [part for part in (one.staff, one.grade) if part]
        value, low, high = map(_hours, one.by_value)
        rows.append((
            *named, one.customers, _hours(one.minutes), [value, f"{low}–{high}"],
            f"{one.difference / _MINUTES_AN_HOUR:+.1f}", amount(_amounts(one.at_stake, currency)),
        ))  # fmt: skip
    return Table(columns, rows, title)


def _soon(found: "TimeByValue") -> str:
    """Those who may order soon, as a figure."""
    soon = found.order_soon
    if not soon.customers:
        return "Nobody is likely to order just now."
    value, low, high = map(_hours, soon.by_value)
    who = "customer who is" if soon.customers == 1 else "customers who are"
    more = soon.difference / _MINUTES_AN_HOUR
    return (
        f"Of the {_hours(found.minutes)} hours the plan gives {_hours(soon.minutes)} to the {soon.customers:,} "
        f"{who} likely to order soon; by value it would be {value} ({low}–{high}), {abs(more):.1f} "
        f"{'less' if more < 0 else 'more'}."
    )


def _plain(share: "Share", currency: str) -> dict[str, Any]:
    return {
        "staff": share.staff,
        "grade": share.grade,
        "customers": share.customers,
        "minutes": round(share.minutes, 1),
        "minutes_by_value": _interval(share.by_value),
        "difference": round(share.difference, 1),
        "expected_amount": _amounts(share.expected, currency),
        "at_stake": _amounts(share.at_stake, currency),
    }


def _interval(estimate: "Estimate") -> dict[str, float]:
    return {name: round(part, 1) for name, part in estimate._asdict().items()}


def _amounts(estimate: "Estimate", currency: str) -> dict[str, Money]:
    return {name: Money(round(part), currency) for name, part in estimate._asdict().items()}


def _without(plain: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in names}


def _flat(plain: dict[str, Any]) -> dict[str, Any]:
    """The same for a row of CSV: an interval as three columns."""
    flat: dict[str, Any] = {}
    for name, value in plain.items():
        if isinstance(value, dict):
            flat |= {name if part == "value" else f"{name}_{part}": cell for part, cell in value.items()}
        else:
            flat[name] = value
    return flat


def _hours(minutes: float) -> str:
    return f"{minutes / _MINUTES_AN_HOUR:.1f}"
