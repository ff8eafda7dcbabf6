"""The likelihood against the papers' formula, its derivatives against finite differences."""

import math

import pytest

from retain_cli.predict.histories import BG, MBG, History
from retain_cli.predict.likelihood import Likelihood, grouped_rows


def grouped(counted):
    return [(History(*history), customers) for history, customers in counted.items()]


def by_the_papers_formula(x, last, age, r, alpha, a, b, stops_at_once):
    """Equation (6) of the paper with gamma functions, or the variant's, for one customer; times in weeks."""
    k = x + stops_at_once
    front = math.lgamma(r + x) - math.lgamma(r) + r * math.log(alpha)
    beta = math.lgamma(b + k) - math.lgamma(b) + math.lgamma(a + b) - math.lgamma(a + b + k)
    stays = (alpha + age) ** -(r + x)
    stopped = a / (b + k - 1) * (alpha + last) ** -(r + x) if k else 0.0
    return front + beta + math.log(stays + stopped)


@pytest.mark.parametrize("model", [BG, MBG])
def test_the_likelihood_is_that_of_the_formula(calibration, model):
    likelihood = Likelihood(grouped_rows(grouped(calibration)), model)
    logs = [0.3, -0.4, -0.2, 0.7]
    parameters = likelihood.parameters(logs)
    expected = sum(
        n * by_the_papers_formula(x, last / 7, age / 7, *parameters, model == MBG)
        for (x, last, age), n in calibration.items()
    )
    assert likelihood.in_weeks(likelihood.value(logs)[0]) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("model", [BG, MBG])
def test_first_and_second_derivatives_are_finite_differences(calibration, model):
    likelihood = Likelihood(grouped_rows(grouped(calibration)), model)
    logs, step = [0.1, 0.5, -0.3, 0.2], 1e-5
    gradient, hessian = likelihood.value(logs)[1], likelihood.hessian(logs)
    for n in range(4):
        up, down = ([part + sign * step * (i == n) for i, part in enumerate(logs)] for sign in (1, -1))
        (high, high_by), (low, low_by) = likelihood.value(up), likelihood.value(down)
        assert gradient[n] == pytest.approx((high - low) / (2 * step), rel=1e-6)
        assert hessian[n] == pytest.approx(
            [(one - other) / (2 * step) for one, other in zip(high_by, low_by, strict=True)], rel=1e-6
        )


def test_a_heavy_silence_neither_overflows_nor_counts_for_more_than_certainty(calibration):
    silent = [(History(400, 400, 40_000), 3), *grouped(calibration)]
    value, gradient = Likelihood(grouped_rows(silent), BG).value([1.0, -9.0, 0.0, 0.0])
    assert math.isfinite(value)
    assert all(map(math.isfinite, gradient))
