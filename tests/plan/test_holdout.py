"""Leaving customers out by lot: how many, which, and out of what."""

import random
from collections import Counter
from itertools import pairwise

import pytest

from retain_cli.plan.holdout import draw

DAY = "2026-11-23"


@pytest.fixture
def shop(retain, csv_file):
    """120 customers, of whom 60 are C, each with a birthday on the day and none visited yet."""
    people = "".join(f"c{n:03},Customer {n:03},--11-23\n" for n in range(120))
    orders = "".join(f"c{n:03},2026-06-01,{1000 - n}\n" for n in range(120))
    files = (
        csv_file("c.csv", "Customer ID,Name,Birthday\n" + people),
        csv_file("o.csv", "Customer ID,Date,Amount\n" + orders),
    )
    assert retain("import", *files, today=DAY).code == 0
    assert retain("classify", today=DAY).code == 0
    return retain


def due(retain):
    """Whom the next year has on the list, and for what."""
    lines = retain("due", "--days", 366, "-f", "json", today=DAY).data
    return {(line["customer"]["external_id"], reason["reason"]) for line in lines for reason in line["reasons"]}


@pytest.mark.parametrize(("customers", "percent"), [(1000, 10), (60, 10), (7, 10), (333, 15), (10, 50), (3, 1)])
def test_the_share_is_drawn_of_the_whole_and_of_every_tenth(customers, percent):
    candidates = list(range(customers))
    held = draw(candidates, percent, seed=1)
    assert abs(len(held) - customers * percent / 100) < 1
    cuts = [customers * number // 10 for number in range(11)]
    tenths = [len(held & set(range(*pair))) for pair in pairwise(cuts)]
    wanted = customers / 10 * percent / 100
    if customers >= 60:
        assert all(abs(tenths[number] - wanted) <= 1.2 for number in range(10))


def test_the_same_seed_draws_the_same_lots_and_another_draws_others():
    candidates = random.Random(3).sample(range(10_000), 500)
    assert draw(candidates, 10, 5) == draw(candidates, 10, 5)
    assert draw(candidates, 10, 5) != draw(candidates, 10, 6)


def test_everybody_has_the_same_chance():
    drawn = Counter(one for seed in range(2000) for one in draw(list(range(40)), 10, seed))
    # 200 of 2,000 each, and four deviations of 13.4.
    assert min(drawn.values()) > 140
    assert max(drawn.values()) < 260


def test_held_out_customers_are_left_out_of_return_visits_and_of_nothing_else(shop):
    before = due(shop)
    begun = shop("holdout", "set", "10%", "-f", "json", today=DAY).data
    assert (begun["customers"], begun["held_out"], begun["percent"], begun["runs"]) == (60, 6, 10, True)
    after = due(shop)
    gone = before - after
    # Winning back is a routine too: nobody is called who would not have been called without it.
    assert Counter(reason for _, reason in gone) == {"return visit": 6, "win-back": 6}
    grades = {c["external_id"]: c["grade"] for c in shop("list", "-f", "json", today=DAY).data}
    assert {grades[customer] for customer, _ in gone} == {"C"}
    assert after <= before
    assert {(customer, "birthday") for customer, _ in gone} <= after


def test_birthdays_are_left_out_where_that_was_said(shop):
    before = due(shop)
    shop("holdout", "set", "10", "--birthdays", today=DAY)
    assert Counter(reason for _, reason in before - due(shop)) == {"return visit": 6, "win-back": 6, "birthday": 6}


def test_what_was_agreed_with_one_of_them_stays(shop):
    before = due(shop)
    shop("holdout", "set", "50%", today=DAY)
    held, _ = min(before - due(shop))
    shop("log-visit", held, "--next", "2026-12-01", today=DAY)
    assert (held, "follow-up") in due(shop)


def test_a_trial_that_ended_leaves_nobody_out(shop):
    before = due(shop)
    shop("holdout", "set", "10%", today=DAY)
    ended = shop("holdout", "off", "-f", "json", today="2026-11-24").data
    assert (ended["ended_on"], ended["runs"]) == ("2026-11-24", False)
    assert due(shop) == before
    assert shop("holdout", "-f", "json", today=DAY).data == ended
    assert shop("holdout", "off", today=DAY).code == 2


def test_only_one_trial_runs_at_a_time_and_it_says_who_is_in_it(shop):
    assert "Nobody was ever left out" in shop("holdout", today=DAY).out
    shop("holdout", "set", "10%", today=DAY)
    refused = shop("holdout", "set", "20%", today=DAY)
    assert refused.code == 2
    assert "retain holdout off" in refused.err
    assert "6 of 60 C customers are left out of the routine since 2026-11-23." in shop("holdout", today=DAY).out


@pytest.mark.parametrize(
    "words", [("set",), ("set", "0%"), ("set", "51%"), ("set", "some"), ("show", "10%"), ("off", "10%"), ("begin",)]
)
def test_what_makes_no_sense_is_refused(shop, words):
    assert shop("holdout", *words, today=DAY).code == 2
    assert shop("holdout", "-f", "json", today=DAY).data is None


def test_a_shop_without_c_customers_cannot_begin(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-06-01,5\n"), today=DAY)
    assert retain("holdout", "set", "10%", today=DAY).code == 65
