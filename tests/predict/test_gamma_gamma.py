"""Gamma-Gamma against the published fit, finite differences and shops whose parameters are known."""

import math
import random

import pytest

from retain_cli.predict.gamma_gamma import Expected, Likelihood, Mean, fit


@pytest.fixture(scope="module")
def repeaters(cdnow):
    """The mean amount of the orders after the first, of everyone who came back in the first 39 weeks."""
    from datetime import date

    means = []
    for days in cdnow.values():
        later = sorted(day for day in days if day <= date(1997, 9, 30))[1:]
        if later:
            means.append((Mean(len(later), sum(days[day] for day in later) / len(later)), 1))
    return means


def test_the_fit_to_the_946_repeaters_of_cdnow_is_the_published_one(repeaters):
    # Fader, Hardie and Lee (2005), Journal of Marketing Research, section 4.
    found = fit(repeaters)
    assert found.customers == 946
    assert [f"{part:.2f}" for part in found.parameters] == ["6.25", "3.74", "15.44"]


def test_the_likelihood_is_that_of_the_formula(repeaters):
    found = fit(repeaters)
    p, q, v = found.parameters
    # Equation (1a) of Fader and Hardie (2013).
    expected = sum(
        math.lgamma(p * x + q) - math.lgamma(p * x) - math.lgamma(q) + q * math.log(v)
        + (p * x - 1) * math.log(m) + p * x * math.log(x) - (p * x + q) * math.log(v + x * m)
        for (x, m), _ in repeaters
    )  # fmt: skip
    assert found.log_likelihood == pytest.approx(expected, rel=1e-12)


def test_first_and_second_derivatives_are_finite_differences(repeaters):
    likelihood, logs, step = Likelihood(repeaters, 35.0), [0.4, 0.9, 0.1], 1e-5
    gradient, hessian = likelihood.value(logs)[1], likelihood.hessian(logs)
    for n in range(3):
        up, down = ([part + sign * step * (i == n) for i, part in enumerate(logs)] for sign in (1, -1))
        (high, high_by), (low, low_by) = likelihood.value(up), likelihood.value(down)
        assert gradient[n] == pytest.approx((high - low) / (2 * step), rel=1e-6)
        assert hessian[n] == pytest.approx(
            [(one - other) / (2 * step) for one, other in zip(high_by, low_by, strict=True)], rel=1e-6
        )


TRUE = (4.0, 3.5, 60.0)
Z_OF_THREE = 2.3940
"""Half of 5 % shared by three parameters (Bonferroni)."""


def spenders(seed, customers=600):
    rng = random.Random(seed)
    p, q, v = TRUE
    rows = []
    for _ in range(customers):
        rate, orders = rng.gammavariate(q, 1 / v), rng.randrange(1, 8)
        rows.append((Mean(orders, sum(rng.gammavariate(p, 1 / rate) for _ in range(orders)) / orders), 1))
    return rows


def test_known_parameters_lie_within_their_intervals_in_19_of_20_shops():
    held = 0
    for seed in range(20):
        found = fit(spenders(seed))
        held += all(
            abs(math.log(part / true)) <= Z_OF_THREE * math.sqrt(found.covariance[n][n])
            for n, (part, true) in enumerate(zip(found.parameters, TRUE, strict=True))
        )
    assert held >= 19


def test_the_next_amount_lies_between_a_customers_own_mean_and_the_shops(repeaters):
    found = fit(repeaters)
    p, q, v = found.parameters
    expected = Expected(found)
    shop = expected.of(0, 0.0)
    assert shop.value == pytest.approx(p * v / (q - 1))
    assert shop.value < expected.of(1, 100.0).value < expected.of(20, 100.0).value < 100.0
    assert shop.low < shop.value < shop.high


def test_amounts_known_in_another_unit_differ_in_v_alone(repeaters):
    dollars, cents = fit(repeaters), fit([(Mean(x, m * 100), n) for (x, m), n in repeaters])
    assert cents.parameters == pytest.approx((*dollars.parameters[:2], dollars.parameters.v * 100), rel=1e-4)


def test_too_few_or_too_equal_amounts_have_no_fit():
    assert fit([(Mean(2, 10.0), 1)] * 3) is None
    assert fit([(Mean(3, 10.0), 50), (Mean(2, 10.0), 50), (Mean(4, 10.0), 9), (Mean(5, 10.0), 9)]) is None
