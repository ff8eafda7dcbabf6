"""Sums in place of special functions."""

import math

import pytest

from retain_cli.predict.special import digamma, digamma_rises, log_rises, trigamma, trigamma_rises

EULER = 0.5772156649015329


def test_rises_of_the_logarithm_are_differences_of_lgamma():
    assert log_rises(2.5, 40)[40] == pytest.approx(math.lgamma(42.5) - math.lgamma(2.5), rel=1e-13)
    assert log_rises(2.5, 0) == [0.0]


# Abramowitz and Stegun 6.3.2, 6.3.3, 6.4.2, 6.4.4.
def test_digamma_and_trigamma_have_their_known_values():
    assert digamma(1) == pytest.approx(-EULER, rel=1e-13)
    assert digamma(0.5) == pytest.approx(-EULER - 2 * math.log(2), rel=1e-13)
    assert trigamma(1) == pytest.approx(math.pi**2 / 6, rel=1e-12)
    assert trigamma(0.5) == pytest.approx(math.pi**2 / 2, rel=1e-12)


@pytest.mark.parametrize("value", [0.03, 1.7, 9.99, 10.0, 250.0])
def test_each_is_the_slope_of_the_one_before(value):
    step = 1e-5 * value
    assert digamma(value) == pytest.approx(
        (math.lgamma(value + step) - math.lgamma(value - step)) / (2 * step), rel=1e-7, abs=1e-8
    )
    assert trigamma(value) == pytest.approx((digamma(value + step) - digamma(value - step)) / (2 * step), rel=1e-7)


def test_rises_of_digamma_and_trigamma_are_their_differences():
    assert digamma_rises(0.7, 12)[12] == pytest.approx(digamma(12.7) - digamma(0.7), rel=1e-13)
    assert trigamma_rises(0.7, 12)[12] == pytest.approx(trigamma(12.7) - trigamma(0.7), rel=1e-12)
