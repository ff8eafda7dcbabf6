"""The likelihood of BG/NBD and MBG/NBD, with its first and second derivatives.

Where the models come from is said in bg_nbd.py. Only differences of log-gamma and digamma over whole numbers occur
in them, which are sums of logarithms and of inverses (special.py). Equal histories are counted together, and all
with as many repeats share their parts.
"""

import math
from collections.abc import Sequence
from operator import mul, sub
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.predict.histories import DAYS_A_WEEK, MBG, Fitted, History, Parameters
from retain_cli.predict.minimise import Matrix, Minimum, Vector, inverse_of
from retain_cli.predict.special import digamma_rises, log_rises, trigamma_rises

if TYPE_CHECKING:
    from retain_cli.predict.with_numpy import Columns

_LONGEST = 10.0
"""The longest history in the unit of the fit: parameters near 1 are found in fewest steps."""
_LARGE = 500.0


class Sums(NamedTuple):
    """Histories, grouped: of each number of repeats the rows (last, age, customers), or all of them as columns."""

    rows: dict[int, list[tuple[int, int, int]]]
    by_repeats: dict[int, int]
    by_age: dict[int, tuple[int, int]]
    """Of each age the customers, and their repeats together."""
    customers: int
    repeats: int
    longest: int
    columns: "Columns | None" = None


class Likelihood:
    """The likelihood of one base under one of the two models, and its first and second derivatives."""

    def __init__(self, sums: Sums, model: str, units_a_week: int = DAYS_A_WEEK) -> None:
        self.model = model
        self.units_a_week = units_a_week
        self._stops = stops_of(model)
        self._sums = sums
        self._scale = _LONGEST / max(sums.longest, 1)
        self._week = self._scale * units_a_week
        self._most = max(sums.by_repeats, default=0)
        self._columns = sums.columns
        # A sum over columns takes a third of a loop over rows.
        self._by_part = {x: tuple(zip(*rows, strict=True)) for x, rows in sums.rows.items()}

    @property
    def can_be_fitted(self) -> bool:
        """Whether anybody came back; else every rate of buying is too high."""
        return self._most > 0

    def logs(self, start: Parameters | None) -> Vector:
        """Where to begin, as logarithms in the unit of the fit."""
        if start is None:
            return [0.0, 0.0, 0.0, 0.0]
        return [math.log(start.r), math.log(start.alpha * self._week), math.log(start.a), math.log(start.b)]

    def parameters(self, logs: Sequence[float]) -> Parameters:
        """The parameters behind the logarithms, with `alpha` in weeks."""
        r, alpha, a, b = map(math.exp, logs)
        return Parameters(r, alpha / self._week, a, b)

    def fitted(self, found: Minimum) -> Fitted | None:
        """What the minimum says, or None where the likelihood has no peak there."""
        if not found.found:
            return None
        covariance = inverse_of([[-part for part in row] for row in self.hessian(found.at)])
        if covariance is None:
            return None
        return Fitted(
            self.model,
            self.parameters(found.at),
            self.in_weeks(-found.value * self._sums.customers),
            self._sums.customers,
            covariance,
            found.evaluations,
        )

    def in_weeks(self, log_likelihood: float) -> float:
        """The logarithm of a density, which has a unit of time for each repeat, as it is in weeks."""
        return log_likelihood + self._sums.repeats * math.log(self._week)

    def mean_loss(self, logs: Vector) -> tuple[float, Vector]:
        """The negative log-likelihood of a customer on average, and its gradient."""
        if max(map(abs, logs)) > 2 * _LONGEST:
            return math.inf, [0.0] * 4
        value, gradient = self.value(logs)
        customers = self._sums.customers
        return -value / customers, [-part / customers for part in gradient]

    def value(self, logs: Sequence[float]) -> tuple[float, Vector]:
        """The log-likelihood and its gradient by the logarithms of the parameters."""
        r, alpha, a, b = map(math.exp, logs)
        value, by_r, by_alpha, by_a, by_b = self._without_stopping(r, alpha, a, b)
        logarithms, inverses = self._of_time(alpha)
        if self._columns is not None:
            from retain_cli.predict import with_numpy

            last = with_numpy.stopping(self._columns, logarithms, inverses, r, a, b)
        else:
            last = self._stopping(logarithms, inverses, r, a, b)
        value, by_r, by_alpha, by_a, by_b = (
            one + other for one, other in zip((value, by_r, by_alpha, by_a, by_b), last, strict=True)
        )
        return value, [r * by_r, alpha * by_alpha, a * by_a, b * by_b]

    def _of_time(self, alpha: float) -> tuple[list[float], list[float]]:
        """log(alpha + t) and 1 / (alpha + t) for every whole day t."""
        times = [alpha + day * self._scale for day in range(self._sums.longest + 1)]
        return list(map(math.log, times)), [1 / time for time in times]

    def _without_stopping(self, r: float, alpha: float, a: float, b: float) -> tuple[float, ...]:
        """The part of the likelihood that does not ask whether the customer has stopped since."""
        stops, most = self._stops, self._most
        log_r, rise_r = log_rises(r, most), digamma_rises(r, most)
        log_b, rise_b = log_rises(b, most + stops), digamma_rises(b, most + stops)
        log_ab, rise_ab = log_rises(a + b, most + stops), digamma_rises(a + b, most + stops)
        log_alpha = math.log(alpha)
        value = by_r = by_alpha = by_a = by_b = 0.0
        for x, customers in self._sums.by_repeats.items():
            k = x + stops
            value += customers * (log_r[x] + r * log_alpha + log_b[k] - log_ab[k])
            by_r += customers * (rise_r[x] + log_alpha)
            by_a -= customers * rise_ab[k]
            by_b += customers * (rise_b[k] - rise_ab[k])
        by_alpha += self._sums.customers * r / alpha
        for age, (customers, repeats) in self._sums.by_age.items():
            time = alpha + age * self._scale
            log_time, weight = math.log(time), r * customers + repeats
            value -= weight * log_time
            by_r -= customers * log_time
            by_alpha -= weight / time
        return value, by_r, by_alpha, by_a, by_b

    def _stopping(
        self, logarithms: list[float], inverses: list[float], r: float, a: float, b: float
    ) -> tuple[float, ...]:
        """The sum of log(1 + w) and its derivatives, w being the odds of having stopped."""
        value = by_r = by_alpha = by_a = by_b = 0.0
        exp, log1p = math.exp, math.log1p
        for x, (last, age, customers) in self._by_part.items():
            k, rate = x + self._stops, r + x
            if not k:
                continue
            odds_at_last = math.log(a) - math.log(b + k - 1)
            silence = list(map(sub, map(logarithms.__getitem__, age), map(logarithms.__getitem__, last)))
            odds = [rate * one + odds_at_last for one in silence]
            if max(odds) < _LARGE:
                odds = list(map(exp, odds))
                value = sum(map(mul, customers, map(log1p, odds)), value)
                shares = [n * one / (1 + one) for n, one in zip(customers, odds, strict=True)]
            else:
                # Beyond it the exponential is no number; the share of those who stopped is all of them.
                value = sum(map(mul, customers, (log1p(exp(o)) if o < _LARGE else o for o in odds)), value)
                shares = [
                    n * exp(o) / (1 + exp(o)) if o < _LARGE else n for n, o in zip(customers, odds, strict=True)
                ]
            waited = map(sub, map(inverses.__getitem__, age), map(inverses.__getitem__, last))
            stopped = sum(shares)
            stopped_log = sum(map(mul, shares, silence))
            stopped_inverse = sum(map(mul, shares, waited))
            by_r += stopped_log
            by_alpha += rate * stopped_inverse
            by_a += stopped / a
            by_b -= stopped / (b + k - 1)
        return value, by_r, by_alpha, by_a, by_b

    def hessian(self, logs: Sequence[float]) -> Matrix:
        """The second derivatives of the log-likelihood by the logarithms of the parameters."""
        r, alpha, a, b = by = [math.exp(part) for part in logs]
        stops, most = self._stops, self._most
        rise_r, rise_b = trigamma_rises(r, most), trigamma_rises(b, most + stops)
        rise_ab = trigamma_rises(a + b, most + stops)
        second = [[0.0] * 4 for _ in range(4)]
        for x, customers in self._sums.by_repeats.items():
            k = x + stops
            second[0][0] += customers * rise_r[x]
            second[2][2] -= customers * rise_ab[k]
            second[2][3] -= customers * rise_ab[k]
            second[3][3] += customers * (rise_b[k] - rise_ab[k])
        second[0][1] += self._sums.customers / alpha
        second[1][1] -= self._sums.customers * r / alpha**2
        for age, (customers, repeats) in self._sums.by_age.items():
            time = alpha + age * self._scale
            second[0][1] -= customers / time
            second[1][1] += (r * customers + repeats) / time**2
        logarithms, inverses = self._of_time(alpha)
        if self._columns is not None:
            from retain_cli.predict import with_numpy

            of_repeats = with_numpy.stopping_twice(self._columns, logarithms, inverses, r, a, b)
        else:
            of_repeats = self._stopping_twice(logarithms, inverses, r, a, b)
        for x, sums in of_repeats.items():
            _add_stopping(second, sums, r + x, a, b + x + stops - 1)
        for i in range(4):
            for j in range(i):
                second[i][j] = second[j][i]
        gradient = self.value(logs)[1]
        return [
            [by[i] * by[j] * second[i][j] + (gradient[i] if i == j else 0.0) for j in range(4)] for i in range(4)
        ]

    def _stopping_twice(
        self, logarithms: list[float], inverses: list[float], r: float, a: float, b: float
    ) -> dict[int, tuple[float, ...]]:
        """For each number of repeats the sums that `_add_stopping` takes."""
        found: dict[int, tuple[float, ...]] = {}
        for x, rows in self._sums.rows.items():
            k, rate = x + self._stops, r + x
            if not k:
                continue
            odds_at_last = math.log(a) - math.log(b + k - 1)
            s0 = s2 = s3 = v0 = v1 = v2 = v11 = v12 = v22 = 0.0
            for last, age, customers in rows:
                silence = logarithms[age] - logarithms[last]
                by_time = inverses[age] - inverses[last]
                odds = rate * silence + odds_at_last
                stopped = 1 / (1 + math.exp(-odds)) if odds > -_LARGE else 0.0
                share = customers * stopped
                spread = share * (1 - stopped)
                s0 += share
                s2 += share * by_time
                s3 += share * (inverses[last] ** 2 - inverses[age] ** 2)
                v0 += spread
                v1 += spread * silence
                v2 += spread * by_time
                v11 += spread * silence * silence
                v12 += spread * silence * by_time
                v22 += spread * by_time * by_time
            found[x] = (s0, s2, s3, v0, v1, v2, v11, v12, v22)
        return found


def _add_stopping(second: Matrix, sums: tuple[float, ...], rate: float, a: float, b_last: float) -> None:
    """Add the second derivatives of log(1 + w): s (1 - s) ∇u ∇uᵀ + s ∇²u, where u = log w and s = w / (1 + w)."""
    s0, s2, s3, v0, v1, v2, v11, v12, v22 = sums
    second[0][0] += v11
    second[0][1] += rate * v12 + s2
    second[0][2] += v1 / a
    second[0][3] -= v1 / b_last
    second[1][1] += rate * rate * v22 + rate * s3
    second[1][2] += rate * v2 / a
    second[1][3] -= rate * v2 / b_last
    second[2][2] += (v0 - s0) / a**2
    second[2][3] -= v0 / (a * b_last)
    second[3][3] += (v0 + s0) / b_last**2


def stops_of(model: str) -> int:
    """How often a customer may have stopped before the first repeat: once under MBG/NBD, never under BG/NBD."""
    return 1 if model == MBG else 0


def grouped_rows(grouped: Sequence[tuple[History, int]]) -> Sums:
    """What the likelihood takes, of different histories and how many customers have each."""
    rows: dict[int, list[tuple[int, int, int]]] = {}
    by_repeats: dict[int, int] = {}
    by_age: dict[int, tuple[int, int]] = {}
    everybody = together = longest = 0
    for (repeats, last, age), customers in grouped:
        rows.setdefault(repeats, []).append((last, age, customers))
        by_repeats[repeats] = by_repeats.get(repeats, 0) + customers
        of_age = by_age.get(age, (0, 0))
        by_age[age] = (of_age[0] + customers, of_age[1] + customers * repeats)
        everybody += customers
        together += customers * repeats
        longest = max(longest, age)
    return Sums(rows, by_repeats, by_age, everybody, together, longest)
