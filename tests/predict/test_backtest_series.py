"""What of a backtest is drawn: the shares in its table, and the groups of its calibration."""

from datetime import date

import pytest

from retain_cli.predict.backtest import Backtest, Caught, Group, Ranked
from retain_cli.predict.backtest_series import expected_against_placed, revenue_caught
from retain_cli.predict.fitting import BaseFit


def caught(percent, amount, of):
    """So much of the revenue; the orders are others, so that a mix-up shows."""
    return Caught(percent, percent * 2.0, 1.0, 0.01 * percent, amount, amount / of if of > 0 else 0.0)


def backtest(amount, *, rankings=True, groups=()):
    found = [
        Ranked("expected", [caught(10, 300, amount), caught(20, 450, amount), caught(30, 601, amount)]),
        Ranked("random", [caught(10, 100, amount), caught(20, 200, amount), caught(30, 300, amount)]),
    ]
    return Backtest(
        date(2026, 5, 31), date(2026, 11, 30), BaseFit("bg-nbd", "", 200, 90), 200, 70, amount,
        found if rankings else [], list(groups), [],
    )  # fmt: skip


def test_each_ranking_has_its_share_of_the_revenue_at_each_top():
    figure = revenue_caught(backtest(1000))
    assert figure.labels == ["best 10%", "best 20%", "best 30%"]
    assert figure.series == [("expected", [30.0, 45.0, 60.1]), ("random", [10.0, 20.0, 30.0])]
    assert "2026-05-31" in figure.description


@pytest.mark.parametrize("amount", [0, -500])
def test_where_nothing_was_earned_no_share_of_it_is_drawn(amount):
    assert {value for series in revenue_caught(backtest(amount)).series for value in series.values} == {None}


def test_expected_and_placed_stand_side_by_side_for_each_group():
    groups = [Group(20, 1.234, 0.0, 3.456, 2), Group(20, 5.0, 2.5, 7.5, 9)]
    figure = expected_against_placed(backtest(1000, groups=groups))
    assert figure.labels == ["1", "2"]
    assert dict(figure.series) == {
        "expected": [1.23, 5.0],
        "low": [0.0, 2.5],
        "high": [3.46, 7.5],
        "placed": [2.0, 9.0],
    }


def test_what_cannot_be_compared_is_an_empty_figure():
    nothing = backtest(1000, rankings=False)
    assert (revenue_caught(nothing).labels, revenue_caught(nothing).series) == ([], [])
    assert (expected_against_placed(nothing).labels, expected_against_placed(nothing).series) == ([], [])


def test_a_real_backtest_draws_what_it_prints(retain, csv_file, machine):
    """The same numbers as in JSON, whose truth test_backtest.py counts for itself."""
    from pathlib import Path

    from retain_cli.predict.backtest import backtest as compare
    from retain_cli.store.policy import read_policy
    from retain_cli.store.store import open_store

    sample = Path(__file__).parents[2] / "examples" / "cdnow" / "CDNOW_sample.txt"
    how = ("--kind", "purchases", "--delimiter", "space", "--columns", "external_id,-,bought_on,quantity,amount")
    retain("import", sample, *how, "--currency", "USD", today="1998-06-30")
    data = retain("backtest", "--months", 9, "-f", "json", today="1998-06-30").data
    with open_store(machine / "shop.db", writes=False) as store:
        found = compare(store, read_policy(store), date(1997, 9, 30), date(1998, 6, 30))
    assert [(one["ranking"], [top["amount_percent"] for top in one["top"]]) for one in data["rankings"]] == [
        (series.name, series.values) for series in revenue_caught(found).series
    ]
    placed = {series.name: series.values for series in expected_against_placed(found).series}
    assert [group["actual"] for group in data["calibration"]] == placed["placed"]
    assert [group["expected"] for group in data["calibration"]] == placed["expected"]
