"""What can be set of the schemes, by the names people write: `cut=revenue`, `recency=30,90,180,365`."""

from collections.abc import Iterable, Mapping
from typing import Any

from retain_cli.classify.schemes.amount import CUTS
from retain_cli.errors import WrongUse
from retain_cli.model.money import minor_units
from retain_cli.store.policy import Policy, set_policy
from retain_cli.store.store import Store

SETTINGS = {
    "months": "window_months",
    "cut": "amount_cut",
    "share_a": "share_a",
    "share_b": "share_b",
    "revenue_a": "revenue_a",
    "revenue_b": "revenue_b",
    "fixed_a": "fixed_a",
    "fixed_b": "fixed_b",
    "category": "grade_category",
    "recency": "rfm_recency",
    "frequency": "rfm_orders",
    "amount": "rfm_amount",
    "hysteresis": "hysteresis",
}
"""The name that is written, and the policy's."""

_HIGHEST = {"window_months": 1200, "hysteresis": 50}
_LOWEST = {"window_months": 1, "share_a": 1, "revenue_a": 1}


def changed_settings(policy: Policy, scheme: str | None, written: Iterable[str]) -> dict[str, Any]:
    """The policy's entries that were asked for, by name; WrongUse where one makes no sense."""
    found: dict[str, Any] = {"grade_scheme": scheme} if scheme else {}
    for words in written:
        name, is_said, value = (part.strip() for part in words.partition("="))
        if not is_said or name not in SETTINGS:
            raise WrongUse(f"{words!r} sets nothing", f"Write NAME=VALUE; names are {', '.join(SETTINGS)}.")
        found[SETTINGS[name]] = _value(SETTINGS[name], name, value, policy)
    fits = policy._replace(**found)
    if fits.share_a + fits.share_b > 100 or fits.revenue_a + fits.revenue_b > 100:
        raise WrongUse("the shares of A and B are more than all", "Together they may be 100.")
    if fits.amount_cut == "fixed" and not fits.fixed_a >= fits.fixed_b > 0:
        raise WrongUse(
            "fixed borders need an amount for A and a smaller one for B", "Add fixed_a=20000 fixed_b=5000."
        )
    return found


def keep_settings(store: Store, found: Mapping[str, Any]) -> None:
    """Make the entries the shop's own."""
    for name, value in found.items():
        set_policy(store, name, value)


def _value(field: str, name: str, value: str, policy: Policy) -> int | str:
    try:
        if field in ("fixed_a", "fixed_b"):
            return minor_units(value, policy.currency)
        if field == "amount_cut":
            return CUTS[CUTS.index(value)]
        if field == "grade_category":
            return value
        if field.startswith("rfm_"):
            return _four_borders(field, value, policy)
        number = int(value)
        if not _LOWEST.get(field, 0) <= number <= _HIGHEST.get(field, 100):
            raise ValueError
    except ValueError:
        raise WrongUse(f"{name}={value} makes no sense", _HINTS.get(field, "Write a whole number.")) from None
    return number


def _four_borders(field: str, value: str, policy: Policy) -> str:
    borders = [part.strip() for part in value.split(",") if part.strip()]
    numbers = [minor_units(part, policy.currency) if field == "rfm_amount" else int(part) for part in borders]
    if numbers and (len(numbers) != 4 or sorted(set(numbers)) != numbers or numbers[0] < 0):
        raise ValueError
    return ",".join(borders)


_FOUR = "Four borders, ascending, make five scores: 30,90,180,365; nothing after the = means fifths."
_HINTS = {
    "amount_cut": f"Choose one of {', '.join(CUTS)}.",
    "fixed_a": "Write an amount like 20000.",
    "fixed_b": "Write an amount like 5000.",
    "rfm_recency": _FOUR,
    "rfm_orders": _FOUR,
    "rfm_amount": _FOUR,
}
