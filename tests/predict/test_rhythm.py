"""Windows of the next order: the quantiles, and that half of the gaps to come lie in them."""

import math
import random

import pytest

from retain_cli.predict.gamma_gamma import Mean, fit
from retain_cli.predict.rhythm import Rhythm, Window, beta_quantile, beta_share, window_of_gaps

TRUE = (5.0, 4.0, 40.0)


@pytest.mark.parametrize(("value", "a", "b", "share"), [(0.3, 1, 1, 0.3), (0.5, 2, 2, 0.5), (0.3, 2, 5, 0.579825)])
def test_shares_of_a_beta_distribution_are_known(value, a, b, share):
    assert beta_share(value, a, b) == pytest.approx(share, rel=1e-12)


def test_quantiles_turn_shares_round():
    # The arcsine distribution.
    assert beta_quantile(0.25, 0.5, 0.5) == pytest.approx(math.sin(math.pi / 8) ** 2, rel=1e-6)
    for a, b in ((0.2, 3.0), (6.2, 900.0), (40.0, 4.0)):
        assert beta_share(beta_quantile(0.75, a, b), a, b) == pytest.approx(0.75, rel=1e-5)


def gap_makers(seed, customers):
    rng = random.Random(seed)
    p, q, v = TRUE
    for _ in range(customers):
        rate = rng.gammavariate(q, 1 / v)
        yield [rng.gammavariate(p, 1 / rate) for _ in range(rng.randrange(2, 9))]


def share_in_windows(shop):
    rhythm = Rhythm(fit([(Mean(len(gaps) - 1, sum(gaps[:-1]) / (len(gaps) - 1)), 1) for gaps in shop]))
    windows = [rhythm.window(len(gaps) - 1, round(sum(gaps[:-1]))) for gaps in shop]
    held = [first - 0.5 <= gaps[-1] < last + 0.5 for gaps, (first, last) in zip(shop, windows, strict=True)]
    return sum(held) / len(held)


def test_half_of_the_next_gaps_lie_in_the_windows():
    # Means alone tell little of how regular somebody is: a shop's share strays by some hundredths.
    shares = [share_in_windows(list(gap_makers(seed, 1500))) for seed in range(8)]
    assert sum(shares) / len(shares) == pytest.approx(0.5, abs=0.03)
    assert all(0.4 < share < 0.6 for share in shares)


def test_many_gaps_of_ones_own_count_for_more_than_the_shops():
    rhythm = Rhythm(fit([(Mean(len(gaps), sum(gaps) / len(gaps)), 1) for gaps in gap_makers(2, 800)]))
    once, often = rhythm.window(1, 100), rhythm.window(20, 2000)
    assert often.last / often.first < once.last / once.first
    assert often.first < 100 < often.last
    assert once.first < often.first


def test_a_shop_with_few_gaps_has_their_middle_half_or_nothing():
    assert window_of_gaps([30, 10, 20, 40]) is None
    assert window_of_gaps([10, 20, 30, 40, 50, 60, 70, 80]) == Window(20, 60)
