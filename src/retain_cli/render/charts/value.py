"""How high a value of a chart stands, and how it is told in short."""

from typing import Any

from retain_cli.document import Rate, is_told
from retain_cli.model.money import Money


def height(value: Any) -> float | None:
    """The value as a number to be drawn; None where there is none, or too few cases for a share."""
    if not is_told(value):
        return None
    if isinstance(value, Rate):
        return value.value
    return float(value.minor if isinstance(value, Money) else value)


def percent(share: float) -> str:
    """A share without decimals; what is not nothing is never told as nothing, nor what is not all as all."""
    if 0 < share < 0.01:
        return "<1%"
    if 0.99 < share < 1:
        return ">99%"
    return f"{share:.0%}"


def across(share: float) -> str:
    """A place across, from 0 to 1, as SVG writes it."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"
