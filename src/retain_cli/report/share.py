"""A part of an amount of money, with the amount it is a part of."""

from typing import Any

from retain_cli.document import FEWEST_FOR_PERCENT
from retain_cli.model.money import Money


def share(part: Money, whole: Money, cases: int) -> dict[str, Any]:
    """The share as `{"rate", "numerator", "denominator"}`.

    There is no rate of nothing or of a loss, none that lies below zero, and none of fewer than five `cases`.
    """
    told = whole.minor > 0 <= part.minor and cases >= FEWEST_FOR_PERCENT
    return {"rate": part.minor / whole.minor if told else None, "numerator": part, "denominator": whole}


def in_words(one: dict[str, Any]) -> str:
    """The rate alone, for a table in which the amounts stand beside it."""
    return "" if one["rate"] is None else f"{one['rate']:.1%}"
