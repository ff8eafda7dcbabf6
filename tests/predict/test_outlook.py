"""Chances and expected orders against the papers, the hypergeometric form and simulation."""

import math
import random

import pytest

from retain_cli.predict.bg_nbd import fit
from retain_cli.predict.histories import BG, MBG, History, Parameters
from retain_cli.predict.outlook import Outlook, expected_orders_while_alive, orders_while_alive


@pytest.fixture(scope="module")
def fitted(calibration):
    """BG/NBD as it fits CDNOW."""
    return fit([(History(*history), n) for history, n in calibration.items()])


def test_the_papers_example_is_expected_to_buy_1_226_times(fitted):
    # Fader and Hardie, Implementing the BG/NBD Model in Excel (2005): x = 2, t_x = 30.43, T = 38.86, t = 39.
    history = History(2, round(30.43 * 7), round(38.86 * 7))
    assert f"{Outlook(fitted, 39 * 7).of(history)[1].value:.3f}" == "1.226"


def hypergeometric(a, b, c, z):
    """2F1 by its series."""
    term = total = 1.0
    for n in range(2000):
        term *= (a + n) * (b + n) / (c + n) / (n + 1) * z
        total += term
    return total


@pytest.mark.parametrize("model", [BG, MBG])
@pytest.mark.parametrize(("repeats", "age", "horizon"), [(0, 0, 90), (0, 270, 1), (2, 273, 273), (40, 700, 365)])
def test_the_sum_is_the_closed_form_of_the_papers(model, repeats, age, horizon):
    r, alpha, a, b = parameters = Parameters(0.243, 4.414, 0.793, 2.426)
    k, now, ahead = repeats + (model == MBG), alpha + age / 7, horizon / 7
    z = ahead / (now + ahead)
    closed = (a + b + k - 1) / (a - 1)
    closed *= 1 - (now / (now + ahead)) ** (r + repeats) * hypergeometric(r + repeats, b + k, a + b + k - 1, z)
    assert expected_orders_while_alive(model, parameters, repeats, age, horizon) == pytest.approx(closed, rel=1e-9)


def test_nothing_breaks_where_the_closed_form_divides_by_zero():
    around = [
        expected_orders_while_alive(BG, Parameters(0.5, 6.0, a, 2.0), 3, 200, 180) for a in (0.999, 1.0, 1.001)
    ]
    assert around[0] > around[1] > around[2]
    assert around[1] == pytest.approx((around[0] + around[2]) / 2, rel=1e-5)
    assert expected_orders_while_alive(BG, Parameters(0.5, 6.0, 1.0, 2.0), 0, 100, 0) == 0


def test_who_was_silent_longer_is_less_surely_a_customer(fitted):
    outlook = Outlook(fitted, 180)
    chances = [outlook.of(History(5, last, 270))[0] for last in (265, 200, 120, 40)]
    values = [chance.value for chance in chances]
    assert values == sorted(values, reverse=True)
    assert all(0 < chance.low < chance.value < chance.high < 1 for chance in chances)


def test_whoever_bought_once_is_sure_to_be_one_only_where_nobody_stops_at_once(calibration, fitted):
    assert Outlook(fitted, 180).of(History(0, 0, 200))[0] == (1.0, 1.0, 1.0)
    variant = fit([(History(*history), n) for history, n in calibration.items()], model=MBG)
    assert Outlook(variant, 180).of(History(0, 0, 200))[0].high < 0.9


def test_intervals_hold_what_a_shop_with_these_parameters_would_say(buyers):
    """The interval of a number holds its true value in at least 19 of 20 shops, less what chance allows."""
    true = Parameters(0.6, 8.0, 0.9, 2.5)
    alive = 1 / (1 + true.a / (true.b + 2) * ((true.alpha + 50) / (true.alpha + 35)) ** (true.r + 3))
    orders = alive * expected_orders_while_alive(BG, true, 3, 350, 182)
    held_alive = held_orders = 0
    for seed in range(20):
        counted = buyers(true, 500, 100 + seed)
        found = fit([(History(*h), n) for h, n in counted.items()], units_a_week=70)
        chance, expected = Outlook(found, 182).of(History(3, 35 * 7, 50 * 7))
        held_alive += chance.low <= alive <= chance.high
        held_orders += expected.low <= orders <= expected.high
    # 17 or more of 20 have a chance of 98.4 % where each holds in 95 of 100.
    assert (held_alive >= 17, held_orders >= 17) == (True, True)


def test_a_long_record_neither_underflows_nor_stops_short():
    # Somebody who bought on 3,000 days of 10 years will in the next one about as often as before.
    expected = expected_orders_while_alive(BG, Parameters(0.6, 8.0, 0.05, 500.0), 3000, 3650, 365)
    assert expected == pytest.approx(300, rel=0.05)


def test_an_expectation_is_the_mean_of_simulated_futures():
    r, alpha, a, b = parameters = Parameters(0.8, 5.0, 0.9, 2.0)
    rng, total, futures = random.Random(5), 0, 20_000
    for _ in range(futures):
        # The posterior of who is still a customer: gamma(r + x, alpha + T) and beta(a, b + x).
        rate, stops, time = rng.gammavariate(r + 4, 1 / (alpha + 30)), rng.betavariate(a, b + 4), 0.0
        while (time := time + rng.expovariate(rate)) <= 26:
            total += 1
            if rng.random() < stops:
                break
    expected = expected_orders_while_alive(BG, parameters, 4, 210, 182)
    assert total / futures == pytest.approx(expected, abs=4 * math.sqrt(expected * 2 / futures))


@pytest.mark.parametrize("model", [BG, MBG])
@pytest.mark.parametrize(
    ("repeats", "age", "horizon"), [(0, 0, 90), (2, 273, 273), (40, 700, 365), (900, 900, 800)]
)
def test_the_gradient_of_an_expectation_is_a_finite_difference(model, repeats, age, horizon):
    parameters, step = Parameters(0.6, 5.0, 0.793, 2.426), 1e-5
    by = orders_while_alive(model, parameters, repeats, age, horizon)[1]
    for n, parameter in enumerate(parameters):
        up, down = (
            expected_orders_while_alive(
                model,
                Parameters(*(parameter * math.exp(sign * step) if i == n else p for i, p in enumerate(parameters))),
                repeats,
                age,
                horizon,
            )
            for sign in (1, -1)
        )
        assert by[n] == pytest.approx((up - down) / (2 * step), rel=1e-5, abs=1e-8)
