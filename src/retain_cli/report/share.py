"""A part of an amount of money, with the amount it is a part of."""

from typing import Any

from retain_cli.document import FEWEST_FOR_PERCENT
from retain_cli.model.money import Money


def share(part: Money, whole: Money, cases: int) -> dict[str, Any]:
    """The share as `{"fraction", "part", "whole"}`; a `Rate` counts cases.

    There is no fraction of nothing or of a loss, none that lies below zero, and none of fewer than five `cases`.
    """
    told = whole.minor > 0 <= part.minor and cases >= FEWEST_FOR_PERCENT
    return {"fraction": part.minor / whole.minor if told else None, "part": part, "whole": whole}


def in_words(one: dict[str, Any]) -> str:
    """The fraction alone, for a table in which the amounts stand beside it."""
    return "" if one["fraction"] is None else f"{one['fraction']:.1%}"
