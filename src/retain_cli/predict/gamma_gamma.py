"""What customers spend on an order: Gamma-Gamma by maximum likelihood.

Each customer's orders vary around a mean of their own (gamma, `p`), and the means around the shop's (gamma, `q` and
`v`). Fader, Hardie and Lee (2005), RFM and CLV: Using Iso-Value Curves for Customer Base Analysis, Journal of
Marketing Research 42(4); the likelihood and the conditional mean as in Fader and Hardie (2013), The Gamma-Gamma
Model of Monetary Value, equations (1a) and (5). Nothing in it is about money: any positive number that varies
around a mean of each customer's own will do, and the gaps between orders do (`rhythm.py`).
"""

import math
from collections.abc import Iterable, Sequence
from operator import mul, truediv
from typing import NamedTuple

from retain_cli.predict.minimise import Matrix, Minimum, Vector, inverse_of, minimise, root
from retain_cli.predict.outlook import TWO_SIDED_95, Estimate
from retain_cli.predict.special import digamma, trigamma

_FIRST_FITTED_ON = 8_000


class Mean(NamedTuple):
    """The mean of how many values, all above zero, of a customer."""

    values: int
    mean: float


class Parameters(NamedTuple):
    """`v` is in the unit of the values."""

    p: float
    q: float
    v: float


class Fitted(NamedTuple):
    """The parameters, the logarithm of their likelihood, and the covariance of their logarithms."""

    parameters: Parameters
    log_likelihood: float
    customers: int
    covariance: Matrix


class Expected:
    """What a customer's next value is, by one fit."""

    def __init__(self, fitted: Fitted) -> None:
        self._parameters = fitted.parameters
        below = root(fitted.covariance) or [[0.0] * 3 for _ in range(3)]
        self._root = tuple(part for number, row in enumerate(below, start=1) for part in row[:number])
        """The lower triangle, row by row."""

    def of(self, values: int, mean: float) -> Estimate:
        """The next value after so many with this mean; with none yet, the shop's mean.

        It is p (v + x m) / (p x + q - 1), and its interval the delta method's on the logarithm.
        """
        p, q, v = self._parameters
        below, above = p * values + q - 1, v + values * mean
        value = p * above / below
        by_p, by_q, by_v = (q - 1) / below, -q / below, v / above
        l00, l10, l11, l20, l21, l22 = self._root
        deviation = math.hypot(l00 * by_p + l10 * by_q + l20 * by_v, l11 * by_q + l21 * by_v, l22 * by_v)
        factor = math.exp(min(TWO_SIDED_95 * deviation, 50.0))
        return Estimate(value, value / factor, value * factor)


def fit(means: Iterable[tuple[Mean, int]]) -> Fitted | None:
    """The likeliest parameters for means and how many customers have each.

    None where the likelihood has no peak, or where the mean of all customers has none (q ≤ 1).
    """
    rows = [(mean, customers) for mean, customers in means if mean.values and mean.mean > 0]
    if len(rows) < 4:
        return None
    start, metric = [0.0, 1.0, 0.0], None
    unit = sum(mean.mean * n for mean, n in rows) / sum(n for _, n in rows)
    if len(rows) > 2 * _FIRST_FITTED_ON:
        few = fit(rows[:: len(rows) // _FIRST_FITTED_ON])
        if few is not None:
            start = [math.log(part) for part in few.parameters]
            start[2] -= math.log(unit)
            metric = [[part * few.customers for part in row] for row in few.covariance]
    likelihood = Likelihood(rows, unit)
    found = minimise(likelihood.mean_loss, start, metric)
    covariance = (
        inverse_of([[-part for part in row] for row in likelihood.hessian(found.at)]) if found.found else None
    )
    if covariance is None or found.at[1] <= 0:
        return None
    p, q, v = map(math.exp, found.at)
    return Fitted(Parameters(p, q, v * unit), likelihood.in_unit(found), likelihood.customers, covariance)


class Likelihood:
    """The likelihood of the means, with values in `unit`, and its first and second derivatives."""

    def __init__(self, rows: Sequence[tuple[Mean, int]], unit: float = 1.0) -> None:
        self._unit = unit
        # Of each number of values the totals and the customers who have them: in columns, which are summed up fast.
        self._rows: dict[int, tuple[list[float], list[int]]] = {}
        self._by_values: dict[int, int] = {}
        self._logs = self._logs_by_values = 0.0
        self.customers = 0
        for (values, mean), customers in rows:
            totals, of_them = self._rows.setdefault(values, ([], []))
            totals.append(values * mean / unit)
            of_them.append(customers)
            self._by_values[values] = self._by_values.get(values, 0) + customers
            self._logs += customers * math.log(mean / unit)
            self._logs_by_values += customers * values * math.log(mean / unit)
            self.customers += customers

    def in_unit(self, found: Minimum) -> float:
        """The logarithm of the likelihood at a minimum, as a density by the values as they are."""
        return -self.customers * (found.value + math.log(self._unit))

    def mean_loss(self, logs: Vector) -> tuple[float, Vector]:
        """The negative log-likelihood of a customer on average, and its gradient."""
        if max(map(abs, logs)) > 20:
            return math.inf, [0.0] * 3
        value, gradient = self.value(logs)
        return -value / self.customers, [-part / self.customers for part in gradient]

    def value(self, logs: Sequence[float]) -> tuple[float, Vector]:
        """The log-likelihood and its gradient by the logarithms of the parameters."""
        p, q, v = map(math.exp, logs)
        lgamma, log = math.lgamma, math.log
        value = p * self._logs_by_values - self._logs
        by_p, by_q, by_v = self._logs_by_values, self.customers * (log(v) - digamma(q)), self.customers * q / v
        value += self.customers * (q * log(v) - lgamma(q))
        for x, customers in self._by_values.items():
            shape = p * x + q
            value += customers * (lgamma(shape) - lgamma(p * x) + p * x * log(x))
            rise = digamma(shape)
            by_p += customers * x * (rise - digamma(p * x) + log(x))
            by_q += customers * rise
            totals, of_them = self._rows[x]
            above = [v + total for total in totals]
            logs_here = sum(map(mul, of_them, map(log, above)))
            inverses = sum(map(truediv, of_them, above))
            value -= shape * logs_here
            by_p -= x * logs_here
            by_q -= logs_here
            by_v -= shape * inverses
        return value, [p * by_p, q * by_q, v * by_v]

    def hessian(self, logs: Sequence[float]) -> Matrix:
        """The second derivatives of the log-likelihood by the logarithms of the parameters."""
        p, q, v = by = [math.exp(part) for part in logs]
        pp = pq = pv = 0.0
        qq, qv, vv = -self.customers * trigamma(q), self.customers / v, -self.customers * q / v**2
        for x, customers in self._by_values.items():
            shape = p * x + q
            curve = trigamma(shape)
            pp += customers * x * x * (curve - trigamma(p * x))
            pq += customers * x * curve
            qq += customers * curve
            totals, of_them = self._rows[x]
            above = [v + total for total in totals]
            inverses = sum(map(truediv, of_them, above))
            pv -= x * inverses
            qv -= inverses
            vv += shape * sum(map(truediv, of_them, (one**2 for one in above)))
        second = [[pp, pq, pv], [pq, qq, qv], [pv, qv, vv]]
        gradient = self.value(logs)[1]
        return [
            [by[i] * by[j] * second[i][j] + (gradient[i] if i == j else 0.0) for j in range(3)] for i in range(3)
        ]
