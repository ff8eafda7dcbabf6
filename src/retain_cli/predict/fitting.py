"""One fit of a whole base: which model, or why none."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from retain_cli.predict import bg_nbd, gamma_gamma
from retain_cli.predict.base import Base
from retain_cli.predict.histories import BG, MBG, Fitted, Parameters
from retain_cli.predict.rhythm import FEWEST_GAPS, Window, window_of_gaps
from retain_cli.store.policy import Policy

GAPS, NONE = "gaps", "none"
AUTO = "auto"

FEWEST_REPEATERS = 50
"""With fewer who came back, four parameters are guesses, and so are their intervals."""
YOUNGEST_DAYS = 182
"""Half a year: before that, not having come back says little."""


class BaseFit(NamedTuple):
    """What was learned from a base; `because` says why there is no model of orders where there is none."""

    model: str
    because: str
    customers: int
    repeaters: int
    orders: Fitted | None = None
    amount: gamma_gamma.Fitted | None = None
    gaps: gamma_gamma.Fitted | None = None
    window: Window | None = None
    """The middle half of the shop's own gaps, where those could not be fitted."""


def fit_base(
    base: Base, policy: Policy, all_gaps: Callable[[], list[int]], start: Parameters | None = None
) -> BaseFit:
    """Fit what the base is large and old enough for; `all_gaps` is asked only where it is not.

    `start` is where a former fit ended.
    """
    because = _too_little(base)
    if not because:
        orders = _orders(base, policy, start)
        if orders is not None:
            amount, gaps = gamma_gamma.fit(base.amounts()), gamma_gamma.fit(base.gaps())
            window = None if gaps else window_of_gaps(all_gaps())
            return BaseFit(orders.model, "", len(base), base.repeaters, orders, amount, gaps, window)
        because = "the orders follow no model that could be fitted"
    window = window_of_gaps(all_gaps())
    return BaseFit(GAPS if window else NONE, because, len(base), base.repeaters, window=window)


def _too_little(base: Base) -> str:
    if base.repeaters < FEWEST_REPEATERS:
        return f"it takes {FEWEST_REPEATERS} customers who came back (so far: {base.repeaters})"
    if base.days < YOUNGEST_DAYS:
        return f"it takes {YOUNGEST_DAYS} days since the first order (so far: {base.days})"
    return ""


def _orders(base: Base, policy: Policy, start: Parameters | None) -> Fitted | None:
    model = policy.prediction_model
    if model not in (BG, MBG):
        model = MBG if 2 * base.repeaters <= len(base) else BG
    columns = (base.repeats, base.last, base.age)
    found = bg_nbd.fit_columns(*columns, model=model, start=start)
    return found or bg_nbd.fit_columns(*columns, model=model)


def as_json(found: BaseFit) -> str:
    """The parameters as they are kept."""
    kept: dict[str, Any] = {}
    if found.orders:
        kept["orders"] = found.orders.parameters._asdict() | {"covariance": found.orders.covariance}
    for name, fitted in (("amount", found.amount), ("gaps", found.gaps)):
        if fitted:
            kept[name] = fitted.parameters._asdict() | {"covariance": fitted.covariance}
    if found.window:
        kept["window"] = list(found.window)
    return json.dumps(kept)


def from_json(text: str, model: str, customers: int, repeaters: int) -> BaseFit:
    """The fit behind the parameters as they were kept, as far as predicting with it goes."""
    kept = json.loads(text)
    orders = amount = gaps = None
    if "orders" in kept:
        covariance = kept["orders"].pop("covariance")
        orders = Fitted(model, Parameters(**kept["orders"]), 0.0, customers, covariance, 0)
    if "amount" in kept:
        covariance = kept["amount"].pop("covariance")
        amount = gamma_gamma.Fitted(gamma_gamma.Parameters(**kept["amount"]), 0.0, repeaters, covariance)
    if "gaps" in kept:
        covariance = kept["gaps"].pop("covariance")
        gaps = gamma_gamma.Fitted(gamma_gamma.Parameters(**kept["gaps"]), 0.0, repeaters, covariance)
    window = Window(*kept["window"]) if "window" in kept else None
    return BaseFit(model, "", customers, repeaters, orders, amount, gaps, window)


def sentence(model: str, because: str) -> str:
    """Why there is no model, and what stands in for it; empty where there is one."""
    if not because:
        return ""
    instead = (
        "the next order is guessed from the shop's own gaps between orders"
        if model == GAPS
        else f"guessing from gaps between orders takes {FEWEST_GAPS} of them"
    )
    return f"No expected orders: {because}; {instead}."
