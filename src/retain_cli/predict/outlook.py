"""What the fitted rates say of one history: whether they are still a customer, and how many orders are to come.

Every number comes with the interval of 95 % that the likelihood gives it: the delta method on the parameters'
logarithms (Casella and Berger, Statistical Inference, 5.5.4), for the chance on the scale of log odds and for the
orders on that of logarithms, so that no interval leaves the numbers it can be of. It says how well the number is
known, not how far a single customer may stray from it.
"""

import math
from typing import NamedTuple

from retain_cli.predict.histories import DAYS_A_WEEK, MBG, Fitted, History, Parameters
from retain_cli.predict.minimise import Vector, root

TWO_SIDED_95 = 1.959964
"""The standard normal quantile of 0.975."""

_TAIL = 1e-12
_SMALLEST = -600.0
"""The logarithm of a chance from which on it is reckoned with as a number."""


class Estimate(NamedTuple):
    """A number and the interval of 95 % around it."""

    value: float
    low: float
    high: float


class Outlook:
    """Answers for any history, from one fit and for the `horizon` days that follow its age."""

    def __init__(self, fitted: Fitted, horizon: int) -> None:
        self._model = fitted.model
        self._parameters = fitted.parameters
        self._horizon = horizon
        below = root(fitted.covariance) or [[0.0] * 4 for _ in range(4)]
        self._root = tuple(part for number, row in enumerate(below, start=1) for part in row[:number])
        """The lower triangle, row by row."""
        self._of_pair: dict[tuple[int, int], tuple[float, Vector]] = {}

    def of(self, history: History) -> tuple[Estimate, Estimate]:
        """The chance of being a customer still, and the orders expected within the horizon."""
        odds, by_odds = self._log_odds(history)
        alive = 1 / (1 + math.exp(odds)) if odds < 700 else 0.0
        return self._alive(odds, by_odds), self._orders(history, alive, by_odds)

    def _alive(self, odds: float, by_odds: Vector) -> Estimate:
        if odds == -math.inf:
            return Estimate(1.0, 1.0, 1.0)
        spread = TWO_SIDED_95 * self._deviation(by_odds)
        return Estimate(_chance(odds), _chance(odds + spread), _chance(odds - spread))

    def _orders(self, history: History, alive: float, by_odds: Vector) -> Estimate:
        key = (history.repeats, history.age)
        found = self._of_pair.get(key)
        if found is None:
            found = self._of_pair[key] = self._while_alive(*key)
        orders, (m0, m1, m2, m3) = found
        value, stopped = alive * orders, 1 - alive
        o0, o1, o2, o3 = by_odds
        by = [m0 - stopped * o0, m1 - stopped * o1, m2 - stopped * o2, m3 - stopped * o3]
        factor = math.exp(min(TWO_SIDED_95 * self._deviation(by), 50.0))
        return Estimate(value, value / factor, value * factor)

    def _log_odds(self, history: History) -> tuple[float, Vector]:
        """The logarithm of the odds of having stopped, and its gradient by the logarithms of the parameters.

        Fader and Hardie (2008), Computing P(alive) Using the BG/NBD Model: the chance is 1 / (1 + w), and w is
        a / (b + x - 1) · ((alpha + T) / (alpha + t_x))^(r + x).
        """
        r, alpha, a, b = self._parameters
        k = history.repeats + (self._model == MBG)
        if not k:
            return -math.inf, [0.0] * 4
        now, then = alpha + history.age / DAYS_A_WEEK, alpha + history.last / DAYS_A_WEEK
        silence, rate, b_last = math.log(now / then), r + history.repeats, b + k - 1
        odds = math.log(a / b_last) + rate * silence
        return odds, [r * silence, alpha * rate * (1 / now - 1 / then), 1.0, -b / b_last]

    def _while_alive(self, repeats: int, age: int) -> tuple[float, Vector]:
        """The expected orders of somebody who is a customer still, and the gradient of their logarithm."""
        value, by = orders_while_alive(self._model, self._parameters, repeats, age, self._horizon)
        return value, [part / value if value else 0.0 for part in by]

    def _deviation(self, by: Vector) -> float:
        """The standard deviation of a number with this gradient."""
        l00, l10, l11, l20, l21, l22, l30, l31, l32, l33 = self._root
        g0, g1, g2, g3 = by
        return math.hypot(
            l00 * g0 + l10 * g1 + l20 * g2 + l30 * g3, l11 * g1 + l21 * g2 + l31 * g3, l22 * g2 + l32 * g3, l33 * g3
        )


def orders_while_alive(
    model: str, parameters: Parameters, repeats: int, age: int, horizon: int
) -> tuple[float, Vector]:
    """The orders to expect within `horizon` days of somebody who at `age` is a customer still.

    Equation (10) of Fader, Hardie and Lee (2005) without its denominator. Its closed form has a - 1 in the
    denominator and a hypergeometric series; the same is the sum, over j, of the chance of a j-th order if nobody
    stopped (negative binomial) times that of not having stopped at the j - 1 before it (beta), and has neither.
    With it comes its gradient by the logarithms of the parameters, term by term.
    """
    r, alpha, a, b = parameters
    if horizon <= 0:
        return 0.0, [0.0] * 4
    rate, k = r + repeats, repeats + (model == MBG)
    now, ahead = alpha + age / DAYS_A_WEEK, horizon / DAYS_A_WEEK
    share = ahead / (now + ahead)
    log_none, mean = rate * math.log1p(-share), rate * ahead / now
    # The chance of exactly so many orders, as a logarithm as long as it is too small for a number.
    log_chance = log_none
    chance = math.exp(log_none) if log_none > _SMALLEST else 0.0
    by_rate, by_share = math.log1p(-share), -rate / (1 - share)
    at_least, at_least_by_rate, at_least_by_share = 1.0 - chance, -chance * by_rate, -chance * by_share
    stays, stays_by_a, stays_by_b, order = 1.0, 0.0, 0.0, 1
    of_one, of_both, per_share = b + k, a + b + k, 1 / share
    value = of_rate = of_share = of_a = of_b = 0.0
    while at_least > 0:
        term = at_least * stays
        value += term
        of_rate += at_least_by_rate * stays
        of_share += at_least_by_share * stays
        of_a += term * stays_by_a
        of_b += term * stays_by_b
        if at_least < _TAIL and order > mean:
            break
        reached = rate + order - 1
        step = reached / order * share
        if chance:
            chance *= step
        else:
            log_chance += math.log(step)
            chance = math.exp(log_chance) if log_chance > _SMALLEST else 0.0
        by_rate += 1 / reached
        by_share += per_share
        at_least -= chance
        at_least_by_rate -= chance * by_rate
        at_least_by_share -= chance * by_share
        both, one = of_both + order - 1, of_one + order - 1
        of_both_each = 1 / both
        stays *= one / both
        stays_by_a -= of_both_each
        stays_by_b += 1 / one - of_both_each
        order += 1
    # Of the parameters of time only the share depends on alpha: d share / d alpha = - share / (now + ahead).
    return value, [r * of_rate, -alpha * of_share * share / (now + ahead), a * of_a, b * of_b]


def expected_orders_while_alive(model: str, parameters: Parameters, repeats: int, age: int, horizon: int) -> float:
    """The same without its gradient."""
    return orders_while_alive(model, parameters, repeats, age, horizon)[0]


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(odds)) if odds < 700 else 0.0
