"""Association rules, against a published result and against counting by hand."""

import csv
import random
from itertools import combinations
from pathlib import Path

import pytest

from retain_cli.advise import rules
from retain_cli.advise.rules import frequent_sets

GROCERIES = Path(__file__).parents[3] / "shared" / "data" / "groceries"


def test_groceries_give_the_463_published_rules(retain, csv_file):
    if not GROCERIES.is_dir():
        pytest.skip("the groceries data is not here")
    baskets = [line.split(",") for line in (GROCERIES / "groceries.csv").read_text().splitlines()]
    rows = [f"{n},2026-11-01,{item},1" for n, basket in enumerate(baskets) for item in basket]
    path = csv_file("groceries.csv", "Customer ID,Date,Product,Amount\n" + "\n".join(rows) + "\n")
    assert retain("import", path).code == 0
    asked = ("advise", "--rules", "--min-support", ".006", "--min-confidence", ".25")
    ours = retain(*asked, "-f", "json").data
    assert len(ours) == 463
    # Lantz, Machine Learning with R, chapter 8: the two with the highest lift.
    assert [(rule["left"], rule["right"], round(rule["lift"], 6)) for rule in ours[:2]] == [
        (["herbs"], "root vegetables", 3.956477),
        (["berries"], "whipped/sour cream", 3.796886),
    ]
    with (GROCERIES / "rules_463_recomputed.csv").open(newline="") as file:
        theirs = {
            (frozenset(map(str.strip, rule["antecedents"].split("|"))), rule["consequents"].strip()): rule
            for rule in csv.DictReader(file)
        }
    assert len(theirs) == 463
    for rule in ours:
        their = theirs[frozenset(rule["left"]), rule["right"]]
        for measure in ("support", "confidence", "lift"):
            assert rule[measure] == pytest.approx(float(their[measure]), abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_every_frequent_set_is_found_and_no_other(seed):
    rng = random.Random(seed)
    baskets = [tuple(sorted(rng.sample(range(8), rng.randrange(0, 7)))) for _ in range(60)]
    by_hand = {}
    for size in range(1, 9):
        for items in combinations(range(8), size):
            count = sum(set(items) <= set(basket) for basket in baskets)
            if count >= 5:
                by_hand[items] = count
    assert any(len(items) >= 3 for items in by_hand)
    assert frequent_sets(baskets, 5) == by_hand


def test_counting_in_several_goes_counts_the_same(monkeypatch):
    rng = random.Random(9)
    baskets = [tuple(sorted(rng.sample(range(6), rng.randrange(0, 5)))) for _ in range(50)]
    in_one_go = frequent_sets(baskets, 4)
    assert any(len(items) == 2 for items in in_one_go)
    monkeypatch.setattr(rules, "_BASKETS_AT_ONCE", 7)
    assert frequent_sets(baskets, 4) == in_one_go


def test_orders_of_one_day_may_lie_mixed_up(retain, csv_file):
    # By amount, as they are read, the lines of the two orders take turns.
    lines = ["Order No,Customer ID,Date,Product,Amount"]
    lines += ["N1,1,2026-01-01,a,1", "N2,1,2026-01-01,b,2", "N1,1,2026-01-01,c,3", "N2,1,2026-01-01,d,4"]
    retain("import", csv_file("o.csv", "\n".join(lines) + "\n"))
    found = retain("advise", "--rules", "--min-support", ".1", "--min-confidence", "0", "-f", "json").data
    assert {(*rule["left"], rule["right"]) for rule in found} == {("a", "c"), ("c", "a"), ("b", "d"), ("d", "b")}


@pytest.fixture
def five_orders(shop):
    """Bread in four of five orders, butter in three, both in three; milk came back once."""
    lines = [f"{n},2026-01-01,{product}" for n in (1, 2, 3) for product in ("bread", "butter")]
    lines += ["1,2026-01-01,bread,,1,90", "2,2026-02-01,bread", "3,2026-01-01,milk,,-1,-9"]
    lines += ["4,2026-01-01,jam", "4,2027-01-01,bread", "4,2027-01-01,jam"]
    shop(lines)


def test_support_confidence_and_lift_are_shares_of_orders(retain, five_orders):
    rules = retain("advise", "--rules", "--min-support", ".2", "--min-confidence", "0", "-f", "json").data
    found = {(*rule["left"], rule["right"]): rule for rule in rules}
    # Five orders: a day of a customer is one, next year's does not count yet, what came back was not bought.
    assert set(found) == {("bread", "butter"), ("butter", "bread")}
    rule = found["bread", "butter"]
    assert (rule["orders"], rule["support"], rule["confidence"], rule["lift"]) == (3, 0.6, 0.75, 1.25)
    assert found["butter", "bread"]["confidence"] == 1


def test_rules_less_often_right_than_asked_for_are_left_out(retain, five_orders):
    rules = retain("advise", "--rules", "--min-support", ".2", "--min-confidence", ".8", "-f", "json").data
    assert [(rule["left"], rule["right"]) for rule in rules] == [(["butter"], "bread")]


def test_two_orders_of_one_day_are_two(retain, csv_file):
    lines = ["Order No,Customer ID,Date,Product,Amount"]
    lines += [f"N{n},1,2026-01-01,{product},5" for n in (1, 2) for product in ("a", "b")]
    lines += ["N3,1,2026-01-01,a,5", "N4,1,2026-01-01,c,5"]
    retain("import", csv_file("o.csv", "\n".join(lines) + "\n"))
    rules = retain("advise", "--rules", "--min-support", ".1", "--min-confidence", "0", "-f", "json").data
    assert {(*rule["left"], rule["right"], rule["support"]) for rule in rules} == {("a", "b", 0.5), ("b", "a", 0.5)}


def test_what_was_seen_once_or_twice_is_no_rule_unless_asked_for(retain, shop):
    shop(["1,2026-01-01,a", "1,2026-01-01,b", "2,2026-01-01,a", "2,2026-01-01,b"])
    assert retain("advise", "--rules", "-f", "json").data == []
    assert "No rule in 2 orders" in retain("advise", "--rules").out
