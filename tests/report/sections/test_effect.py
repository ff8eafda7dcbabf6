"""The effect of care: differences, their intervals, and how many would decide them."""

import math
import random

import pytest

from retain_cli.report.sections.effect import (
    Arm,
    difference_of_means,
    difference_of_rates,
    needed_for_means,
    needed_for_rates,
)

DAY, LATER = "2026-06-01", "2026-12-01"


@pytest.fixture
def trial(retain, csv_file):
    """80 C customers, of whom 20 are held out, and what both sides bought afterwards by the given rule."""

    def begin(buys, percent="25%"):
        orders = "".join(f"c{n:03},2026-05-01,{1000 - n}\n" for n in range(160))
        assert retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders), today=DAY).code == 0
        retain("classify", today=DAY)
        before = {line["customer"]["external_id"] for line in _due(retain)}
        retain("holdout", "set", percent, today=DAY)
        held = before - {line["customer"]["external_id"] for line in _due(retain)}
        ungraded = retain("list", "--grade", "C", "-f", "json", today=DAY).data
        lines = [
            f"{one['external_id']},{day},{amount}\n"
            for one in ungraded
            for day, amount in buys(one["external_id"], one["external_id"] in held)
        ]
        more = csv_file("more.csv", "Customer ID,Date,Amount\n" + "".join(lines))
        assert retain("import", more, today=LATER).code == 0
        return held

    return begin


def _due(retain):
    return retain("due", "--days", 366, "-f", "json", today=DAY).data


def test_both_sides_are_counted_from_the_day_after_the_lots_were_drawn(retain, trial):
    def buys(customer, held):
        if held:
            return [("2026-06-01", 500), ("2026-07-01", 10)] if customer.endswith(("1", "5")) else []
        return [("2026-07-01", 30), ("2026-07-09", -10), ("2026-08-01", 5)]

    held = trial(buys)
    found = retain("report", "effect", "-f", "json", today=LATER).data["effect"]
    again = sum(customer.endswith(("1", "5")) for customer in held)
    assert found["held_out"]["customers"] == len(held) == 20
    assert found["held_out"]["bought_again"]["numerator"] == again
    assert found["held_out"]["revenue_per_customer"]["amount"] == f"{again * 10 / 20:.2f}"
    assert found["cared_for"]["customers"] == 60
    assert found["cared_for"]["bought_again"] == {"rate": 1.0, "numerator": 60, "denominator": 60}
    assert found["cared_for"]["revenue_per_customer"]["amount"] == "25.00"
    assert found["repeat_rate_difference"]["percentage_points"] == pytest.approx(100 * (1 - again / 20))
    assert found["repeat_rate_difference"]["decided"] is True
    printed = retain("report", "effect", today=LATER).out
    assert "Care makes a difference." in " ".join(printed.split())


def test_no_difference_is_not_decided(retain, trial):
    trial(lambda customer, _: [("2026-07-01", int(customer[1:]))] if customer[-1] in "0123" else [])
    found = retain("report", "effect", "-f", "json", today=LATER).data["effect"]
    for difference in ("repeat_rate_difference", "revenue_difference"):
        assert found[difference]["decided"] is False
    assert "Not decided" in retain("report", "effect", today=LATER).out


@pytest.mark.parametrize(("percent", "held", "said"), [("5%", 4, False), ("7%", 5, True)])
def test_of_fewer_than_five_on_a_side_no_difference_is_told(retain, trial, percent, held, said):
    trial(lambda customer, held: [] if held else [("2026-07-01", 30)], percent)
    found = retain("report", "effect", "-f", "json", today=LATER).data["effect"]
    assert found["held_out"]["customers"] == held
    for difference in ("repeat_rate_difference", "revenue_difference"):
        assert (found[difference] is not None) == said
    printed = " ".join(retain("report", "effect", today=LATER).out.split())
    assert ("percentage points" in printed) == said
    assert ("fewer than 5 customers" in printed) != said


def test_without_a_trial_there_is_nothing_to_compare(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-01-05,5\n"))
    assert retain("report", "effect", "-f", "json").data["effect"] == {"trial": None}


def arm(held, customers, bought, amounts=(0,)):
    return Arm(held, customers, bought, sum(amounts), float(sum(a * a for a in amounts)))


# Newcombe (1998), table II, method 10, examples (a), (b), (d) and (g).
@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((5, 56), (0, 29), -0.0381, 0.1926)],
)
def test_intervals_of_a_difference_of_rates_are_the_published_ones(one, other, low, high):
    found = difference_of_rates(arm(0, one[1], one[0]), arm(1, other[1], other[0]))
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_an_interval_of_means_holds_the_truth_as_often_as_it_says():
    rng, held = random.Random(4), 0
    for _ in range(400):
        sides = [[rng.expovariate(1 / mean) for _ in range(n)] for mean, n in ((120, 200), (100, 60))]
        found = difference_of_means(arm(0, 200, 0, sides[0]), arm(1, 60, 0, sides[1]))
        held += found.low <= 20 <= found.high
    assert held / 400 == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / 400))


def test_so_many_would_find_the_difference_in_four_trials_of_five():
    # 30 % against 20 %, nine cared for on each held out.
    cared, held = arm(0, 900, 270), arm(1, 100, 20)
    needed = needed_for_rates(cared, held)
    rng, found = random.Random(6), 0
    for _ in range(300):
        one = sum(rng.random() < 0.3 for _ in range(needed * 9))
        other = sum(rng.random() < 0.2 for _ in range(needed))
        found += difference_of_rates(arm(0, needed * 9, one), arm(1, needed, other)).decided
    assert found / 300 == pytest.approx(0.8, abs=0.1)


def test_where_nothing_differs_no_number_would_decide():
    same = [5, 7, 9]
    assert needed_for_means(arm(0, 3, 1, same), arm(1, 3, 1, same)) is None
    assert needed_for_rates(arm(0, 3, 1), arm(1, 3, 1)) is None
