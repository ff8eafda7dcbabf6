"""What tests of predictions have: the CDNOW sample as the papers use it, and shops whose parameters are known."""

import random
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "examples" / "cdnow" / "CDNOW_sample.txt"
CALIBRATION_ENDS = date(1997, 9, 30)
"""39 weeks from the first day of 1997, as Fader, Hardie and Lee (2005) divide the sample."""


@pytest.fixture(scope="session")
def cdnow():
    """Dollars by customer and day."""
    spent = defaultdict(lambda: defaultdict(float))
    for line in SAMPLE.read_text().splitlines():
        customer, _, day, _, dollars = line.split()
        spent[customer][date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}")] += float(dollars)
    return spent


@pytest.fixture(scope="session")
def calibration(cdnow):
    """(repeats, days to the last, days to the end) of each customer, counted."""
    counted = Counter()
    for days in cdnow.values():
        seen = sorted(day for day in days if day <= CALIBRATION_ENDS)
        counted[len(seen) - 1, (seen[-1] - seen[0]).days, (CALIBRATION_ENDS - seen[0]).days] += 1
    return counted


@pytest.fixture(scope="session")
def buyers():
    """Make the histories of a shop: `buyers((r, alpha, a, b), customers, seed)`, time in 70ths of a week."""
    return _buyers


def _buyers(parameters, customers, seed, *, stops_at_once=False, weeks=(20, 104)):
    """Histories of a shop where everyone buys and stops as the model says, in tenths of a day."""
    r, alpha, a, b = parameters
    rng = random.Random(seed)
    counted = Counter()
    for _ in range(customers):
        rate, stops = rng.gammavariate(r, 1 / alpha), rng.betavariate(a, b)
        age = rng.uniform(*weeks)
        repeats, last = 0, 0.0
        alive = not (stops_at_once and rng.random() < stops)
        while alive:
            then = last + rng.expovariate(rate) if rate > 0 else age + 1
            if then > age:
                break
            repeats, last = repeats + 1, then
            alive = rng.random() >= stops
        counted[repeats, round(last * 70), round(age * 70)] += 1
    return counted
