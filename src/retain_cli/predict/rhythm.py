"""When the next order is likely: the middle half of the gaps to come, from a customer's own gaps and the shop's.

Gaps between orders vary around a mean of each customer's own, and these around the shop's, as amounts do in the
Gamma-Gamma model; so the same likelihood is fitted, to the mean gap of everyone who came back. The next gap is
then (v + x m) times the ratio of two gamma variables of shapes p and p x + q, which is a beta prime: whoever bought
often is known by their own rhythm, whoever bought once by the shop's.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from retain_cli.predict.gamma_gamma import Fitted

QUARTILES = (0.25, 0.75)
FEWEST_GAPS = 5
"""As no percentage is told of fewer cases, no quarter of them is either."""

_TINY = 1e-300
_LARGE = 600.0
"""Beyond it the exponential of a logarithm is no number to reckon with."""
_PRECISE = 1e-6
"""A window is rounded to whole days."""


class Window(NamedTuple):
    """Whole days after the last order; half of those who order again do so between the two, both included."""

    first: int
    last: int


class Rhythm:
    """The windows that one fit to the gaps gives."""

    def __init__(self, fitted: Fitted) -> None:
        self._parameters = fitted.parameters
        self._ratios: dict[int, tuple[float, float]] = {}

    def window(self, gaps: int, days: int) -> Window:
        """The window of a customer who has made so many gaps in so many days, or none yet."""
        p, q, v = self._parameters
        if gaps not in self._ratios:
            first, last = (beta_quantile(share, p, p * gaps + q) for share in QUARTILES)
            self._ratios[gaps] = (first / (1 - first), last / (1 - last))
        first, last = self._ratios[gaps]
        return Window(max(round((v + days) * first), 1), max(round((v + days) * last), 1))


def window_of_gaps(gaps: Sequence[int]) -> Window | None:
    """The middle half of the gaps that a shop has seen; None of fewer than five."""
    if len(gaps) < FEWEST_GAPS:
        return None
    in_order = sorted(gaps)
    first, last = (in_order[math.ceil(share * len(in_order)) - 1] for share in QUARTILES)
    return Window(first, last)


def beta_quantile(share: float, a: float, b: float) -> float:
    """The value below which `share` of a beta distribution lies: Newton's steps on the density, else by halving."""
    low, high = 0.0, 1.0
    value = a / (a + b)
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    while high - low > _PRECISE * max(high, _TINY) and high > _TINY:
        off = beta_share(value, a, b) - share
        if off < 0:
            low = value
        else:
            high = value
        log_density = (a - 1) * math.log(value) + (b - 1) * math.log1p(-value) - log_beta
        step = off / math.exp(log_density) if abs(log_density) < _LARGE else math.inf
        if abs(step) <= _PRECISE * value:
            return value
        value = value - step if low < value - step < high else (low + high) / 2
        if value in (low, high):
            break
    return (low + high) / 2


def beta_share(value: float, a: float, b: float) -> float:
    """The share of a beta distribution below `value`: the continued fraction 8.17.22 of the NIST's DLMF."""
    if value <= 0:
        return 0.0
    if value >= 1:
        return 1.0
    if value > (a + 1) / (a + b + 2):
        return 1 - beta_share(1 - value, b, a)
    log_front = a * math.log(value) + b * math.log1p(-value) - math.log(a)
    log_front += math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    # Lentz's way of evaluating it, from the front.
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * value / (a + 1))
    fraction = d
    for m in range(1, 1000):
        for term in (
            m * (b - m) * value / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * value / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return math.exp(log_front) * fraction


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
