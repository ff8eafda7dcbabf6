"""The few special functions that the likelihoods need, as sums where whole numbers allow it."""

import math
from itertools import accumulate

_ENOUGH_FOR_SERIES = 10.0


def log_rises(start: float, most: int) -> list[float]:
    """lgamma(start + x) - lgamma(start) for x = 0 … most, as a running sum of logarithms."""
    return list(accumulate((math.log(start + i) for i in range(most)), initial=0.0))


def digamma_rises(start: float, most: int) -> list[float]:
    """digamma(start + x) - digamma(start) for x = 0 … most."""
    return list(accumulate((1 / (start + i) for i in range(most)), initial=0.0))


def trigamma_rises(start: float, most: int) -> list[float]:
    """trigamma(start + x) - trigamma(start) for x = 0 … most."""
    return list(accumulate((-1 / (start + i) ** 2 for i in range(most)), initial=0.0))


def digamma(value: float) -> float:
    """The logarithmic derivative of the gamma function, for values above zero.

    Abramowitz and Stegun, Handbook of Mathematical Functions, 6.3.5 and 6.3.18.
    """
    below = 0.0
    while value < _ENOUGH_FOR_SERIES:
        below -= 1 / value
        value += 1
    inverse = 1 / (value * value)
    series = inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))))
    return below + math.log(value) - 0.5 / value - series


def trigamma(value: float) -> float:
    """The derivative of `digamma`: Abramowitz and Stegun 6.4.6 and 6.4.12."""
    below = 0.0
    while value < _ENOUGH_FOR_SERIES:
        below += 1 / (value * value)
        value += 1
    inverse = 1 / (value * value)
    series = 1 / 6 - inverse * (1 / 30 - inverse * (1 / 42 - inverse * (1 / 30 - inverse * 5 / 66)))
    return below + 1 / value + inverse / 2 + inverse / value * series
