"""What is expected of customers, as `show`, `list` and `classify` say it: never a number without its interval."""

from datetime import date
from typing import TYPE_CHECKING, Any

from retain_cli.model.money import Money

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.predict.predictions import Predicted
    from retain_cli.predict.reading import Prediction

Said = dict[str, Any]

COLUMNS = (
    "predicted_on", "model", "because", "horizon_days", "p_alive_value", "p_alive_low", "p_alive_high",
    "expected_orders_value", "expected_orders_low", "expected_orders_high",
    "expected_amount_value", "expected_amount_value_currency",
    "expected_amount_low", "expected_amount_low_currency",
    "expected_amount_high", "expected_amount_high_currency", "next_from", "next_to", "overdue",
)  # fmt: skip
"""The columns of a prediction in CSV."""


def as_data(found: "Prediction | None", today: date) -> Said | None:
    """The prediction for programs: each number with its `low` and `high`."""
    if found is None:
        return None

    def interval(*numbers: float | None) -> Said | None:
        rounded = [None if number is None else round(number, 4) for number in numbers]
        return None if None in numbers else dict(zip(("value", "low", "high"), rounded, strict=True))

    def amounts(*minors: int | None) -> Said | None:
        if None in minors:
            return None
        return {
            name: Money(minor or 0, found.currency)
            for name, minor in zip(("value", "low", "high"), minors, strict=True)
        }

    return {
        "predicted_on": found.predicted_on,
        "model": found.model,
        "because": found.because,
        "horizon_days": found.horizon_days,
        "p_alive": interval(found.p_alive, found.p_alive_low, found.p_alive_high),
        "expected_orders": interval(found.expected_orders, found.expected_orders_low, found.expected_orders_high),
        "expected_amount": amounts(found.expected_amount, found.expected_amount_low, found.expected_amount_high),
        "next_from": found.next_from_on,
        "next_to": found.next_to_on,
        "overdue": None if found.next_to_on is None else found.next_to_on < today,
    }


def as_pairs(said: Said | None) -> list[tuple[str, str | None]]:
    """The prediction for people, a name and words each; what is not known is left out."""
    if said is None:
        return []
    ahead = f" in {said['horizon_days']} days from {said['predicted_on']}"
    window = None
    if said["next_from"]:
        window = f"{said['next_from']} to {said['next_to']}, if at all" + (" (gone by)" if said["overdue"] else "")
    return [
        ("Still buying", chance(said["p_alive"])),
        ("Expected", _words(orders(said["expected_orders"]), f" orders{ahead}")),
        ("", _words(amount(said["expected_amount"]), f" {_currency(said)}")),
        ("Likely next", window),
    ]


def chance(said: Said | None) -> str | None:
    """`73% (69–76)`."""
    return f"{said['value']:.0%} ({100 * said['low']:.0f}–{100 * said['high']:.0f})" if said else None


def orders(said: Said | None) -> list[str]:
    """`1.23` and `1.14–1.32`."""
    if said is None:
        return []
    places = 2 if said["high"] < 10 else 1
    value, low, high = (f"{said[name]:.{places}f}" for name in ("value", "low", "high"))
    return [value, f"{low}–{high}"]


def amount(said: Said | None) -> list[str]:
    """`1,102` and `950–1,279`, in whole units of the currency."""
    if said is None:
        return []
    value, low, high = (str(said[name]).rpartition(" ")[0].partition(".")[0] for name in ("value", "low", "high"))
    return [value, f"{low}–{high}"]


def told(document: "Document", predicted: "Predicted") -> "Document":
    """The answer of a grading, and what was predicted after it."""
    from retain_cli.document import Note
    from retain_cli.predict.fitting import sentence

    words = sentence(predicted.model, predicted.because) or (
        f"Expected orders: {predicted.model} fitted on {predicted.fitted_on} to {predicted.customers:,} customers, "
        f"{predicted.repeaters:,} of whom came back."
    )
    data = {**document.data, "predictions": predicted._asdict()}
    return document._replace(data=data, blocks=[*document.blocks, Note(words)])


def _words(number: list[str], more: str) -> str | None:
    return f"{number[0]} ({number[1]}){more}" if number else None


def _currency(said: Said) -> str:
    return str(said["expected_amount"]["value"].currency) if said["expected_amount"] else ""
