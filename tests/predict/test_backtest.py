"""Backtests on CDNOW, against a count of one's own, and the shares of a ranking."""

from collections import Counter
from datetime import date

import pytest

from retain_cli.predict.rankings import _fifths, shares_within

ENDS = date(1998, 6, 30)
SPLIT = date(1997, 9, 30)


@pytest.fixture
def cdnow_shop(retain):
    """The whole sample, imported."""
    from pathlib import Path

    sample = Path(__file__).parents[2] / "examples" / "cdnow" / "CDNOW_sample.txt"
    how = ("--kind", "purchases", "--delimiter", "space", "--columns", "external_id,-,bought_on,quantity,amount")
    assert retain("import", sample, *how, "--currency", "USD", today=ENDS.isoformat()).code == 0
    return retain


def top(data, ranking, percent=20):
    ranked = next(one for one in data["rankings"] if one["ranking"] == ranking)
    return next(one for one in ranked["top"] if one["percent"] == percent)


def test_expected_orders_find_more_of_the_orders_that_followed_than_amounts_do(cdnow_shop):
    """On CDNOW's last 39 weeks the best fifth by expected orders caught 63.0 % of the orders, by amount 58.9 %."""
    data = cdnow_shop("backtest", "--months", 9, "-f", "json", today=ENDS.isoformat()).data
    assert (data["learned_until"], data["hidden_until"]) == (SPLIT.isoformat(), ENDS.isoformat())
    assert data["model"] == "mbg-nbd"
    assert top(data, "expected")["orders_percent"] == pytest.approx(63.0, abs=0.5)
    assert top(data, "amount")["orders_percent"] == 58.9
    assert top(data, "random")["orders_percent"] == 20.0
    for percent in (10, 20, 30):
        assert top(data, "expected", percent)["orders_percent"] > top(data, "amount", percent)["orders_percent"]


def test_what_was_caught_is_what_a_count_of_the_file_gives(cdnow_shop, cdnow):
    data = cdnow_shop("backtest", "--months", 9, "-f", "json", today=ENDS.isoformat()).data
    spent = {c: sum(v for d, v in days.items() if d <= SPLIT) for c, days in cdnow.items()}
    followed = Counter({c: sum(d > SPLIT for d in days) for c, days in cdnow.items()})
    assert data["orders"] == followed.total() == 1882
    dollars = sum(v for days in cdnow.values() for d, v in days.items() if d > SPLIT)
    assert float(data["amount"]["amount"]) == pytest.approx(dollars)
    # 235.7 customers are a tenth: 235, and seven tenths of the next. Nobody there is level with another.
    best = sorted(spent, key=spent.get, reverse=True)
    caught = sum(followed[c] for c in best[:235]) + 0.7 * followed[best[235]]
    assert top(data, "amount", 10)["orders"] == pytest.approx(caught, abs=0.01)
    assert top(data, "amount", 10)["orders_percent"] == round(100 * caught / 1882, 1)


def test_tenths_by_expected_orders_show_what_they_placed(cdnow_shop):
    groups = cdnow_shop("backtest", "--months", 9, "-f", "json", today=ENDS.isoformat()).data["calibration"]
    assert sum(group["customers"] for group in groups) == 2357
    assert sum(group["actual"] for group in groups) == 1882
    expected = [group["expected"] for group in groups]
    assert expected == sorted(expected)
    assert all(group["low"] <= group["expected"] <= group["high"] for group in groups)
    # The best tenth: fewer than a tenth off.
    assert groups[-1]["expected"] == pytest.approx(groups[-1]["actual"], rel=0.1)


def test_nothing_after_the_split_is_learned_from(cdnow_shop, retain):
    """The same shop without its last months says the same of them beforehand."""
    whole = cdnow_shop("backtest", "--months", 9, "-f", "json", today=ENDS.isoformat()).data
    retain("classify", today=SPLIT.isoformat())
    listed = retain("list", "--sort", "expected", "--limit", 1, "-f", "json", today=SPLIT.isoformat()).data
    assert whole["model"] == listed[0]["prediction"]["model"]


def test_the_best_is_kept_when_it_is_to_choose_and_by_how_much_is_told(cdnow_shop):
    day = ENDS.isoformat()
    data = cdnow_shop("backtest", "-f", "json", today=day).data
    assert data["chosen"] is None
    first = cdnow_shop("list", "--sort", "best", "--limit", 1, "-f", "json", today=day).data
    assert first == cdnow_shop("list", "--limit", 1, "-f", "json", today=day).data
    chosen = cdnow_shop("backtest", "--choose", "-f", "json", today=day).data
    best = max(chosen["rankings"], key=lambda one: one["top"][1]["orders"])["ranking"]
    assert chosen["chosen"] == best == chosen["better"][0]["best"]
    against_amount = next(one for one in chosen["better"] if one["other"] == "amount")
    points = top(chosen, best)["orders_percent"] - top(chosen, "amount")["orders_percent"]
    assert against_amount["percentage_points"] == pytest.approx(points, abs=0.11)
    assert against_amount["low"] < against_amount["percentage_points"] < against_amount["high"]
    cdnow_shop("classify", today=day)
    listed = cdnow_shop("list", "--sort", "best", "--limit", 3, "-f", "json", today=day).data
    assert listed == cdnow_shop("list", "--sort", best, "--limit", 3, "-f", "json", today=day).data


def test_a_table_a_line_for_each_top_and_a_shop_with_nothing_to_hide(cdnow_shop):
    printed = cdnow_shop("backtest", "-f", "csv", today=ENDS.isoformat()).out.splitlines()
    assert printed[0] == "ranking,percent,orders,orders_percent,amount,amount_currency,amount_percent"
    assert len(printed) == 1 + 6 * 3
    nothing = cdnow_shop("backtest", today="2005-01-01")
    assert nothing.code == 0
    assert "nothing to compare" in nothing.out
    refused = cdnow_shop("backtest", "--choose", today="2005-01-01")
    assert refused.code == 65


def test_those_level_at_the_border_share_its_places():
    assert shares_within([5, 4, 3, 2], 2) == [1, 1, 0, 0]
    assert shares_within([1, 1, 1, 1, 1], 1) == [0.2] * 5
    assert shares_within([9, 1, 1, 1], 2.5) == [1, 0.5, 0.5, 0.5]
    assert sum(shares_within([3, 3, 2, 2, 2, 1], 3.7)) == pytest.approx(3.7)


def test_equals_have_equal_fifths_and_the_best_have_5():
    assert _fifths([10, 20, 30, 40, 50]) == [1, 2, 3, 4, 5]
    assert _fifths([7.0] * 100) == [1] * 100
    assert set(_fifths([1.0] * 50 + [2.0] * 50)) == {1, 3}
