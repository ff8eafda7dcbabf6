"""The report on real input, against counting by hand: 2,357 customers of a music shop in 1997 and 1998.

CDNOW sample: Fader and Hardie (2001); its licence lies beside it in `examples/cdnow`. Each line is a customer,
their number in the sample, a day, a number of CDs and dollars.
"""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "examples" / "cdnow" / "CDNOW_sample.txt"
LINES = [line.split() for line in SAMPLE.read_text().splitlines()]
ALL_DAYS = ("1997-01-01", "1998-06-30")
TODAY = "1998-07-01"


@pytest.fixture(scope="module")
def music_shop(tmp_path_factory):
    """The database of the sample, made once: importing and grading take a second."""
    return tmp_path_factory.mktemp("cdnow") / "shop.db"


@pytest.fixture
def report(retain, music_shop, monkeypatch):
    """The data of the report over some days."""
    monkeypatch.setenv("RETAIN_DB", str(music_shop))
    if not music_shop.exists():
        columns = "external_id,-,bought_on,quantity,amount"
        how = ("--kind", "purchases", "--delimiter", "space", "--columns", columns, "--currency", "USD")
        assert retain("import", SAMPLE, *how, today=TODAY).code == 0
        assert retain("classify", today=TODAY).code == 0

    def ask(first, last, *more):
        return retain("report", "--from", first, "--to", last, *more, "-f", "json", today=TODAY).data

    return ask


def days_of_customers():
    """For every customer the days on which they bought, as `19970101`."""
    days = defaultdict(set)
    for customer, _, day, _, _ in LINES:
        days[customer].add(day)
    return days


@pytest.mark.parametrize(("first", "last"), [ALL_DAYS, ("1997-04-01", "1997-12-31"), ("1998-01-01", "1998-06-30")])
def test_the_repeat_rate_is_that_of_counting_by_hand(report, first, last):
    since, until = first.replace("-", ""), last.replace("-", "")
    in_period = {c: {day for day in days if since <= day <= until} for c, days in days_of_customers().items()}
    bought = {c: days for c, days in in_period.items() if days}
    repeated = sum(len(days) >= 2 for days in bought.values())
    returned = sum(min(days_of_customers()[c]) < since for c in bought)
    section = report(first, last, "retention")["retention"]
    assert section["customers"] == len(bought)
    assert section["repeat_purchase"] == {
        "rate": pytest.approx(repeated / len(bought)),
        "numerator": repeated,
        "denominator": len(bought),
    }
    assert section["returning"]["numerator"] == returned


def test_who_drifted_away_is_who_bought_in_the_half_year_before_and_not_since(report):
    days = days_of_customers()
    before = {c for c, some in days.items() if any("19970701" <= day <= "19971231" for day in some)}
    gone = {c for c in before if not any("19980101" <= day <= "19980630" for day in days[c])}
    section = report("1998-01-01", "1998-06-30", "retention", "--names")["retention"]
    assert (section["drifting_away"]["numerator"], section["drifting_away"]["denominator"]) == (
        len(gone),
        len(before),
    )
    assert {one["external_id"] for one in section["drifted"]} == gone


def test_the_cohorts_are_those_of_counting_by_hand(report):
    cohorts = defaultdict(lambda: defaultdict(set))
    for customer, days in days_of_customers().items():
        for day in days:
            cohorts[min(days)[:6]][day[:6]].add(customer)
    every_month = [f"{year}{month:02}" for year in (1997, 1998) for month in range(1, 13)][:18]
    expected = {
        f"{begun[:4]}-{begun[4:]}": [
            (len(active[month]), len(active[begun])) for month in every_month if month >= begun
        ]
        for begun, active in cohorts.items()
    }
    found = report(*ALL_DAYS, "retention")["retention"]["cohorts"]
    assert {
        one["month"]: [(rate["numerator"], rate["denominator"]) for rate in one["bought_again"]] for one in found
    } == expected
    # Everybody in the sample bought first in the first three months of 1997.
    assert list(expected) == ["1997-01", "1997-02", "1997-03"]
    assert sum(one["customers"] for one in found) == 2_357


def test_the_share_of_the_best_fifth_is_that_of_counting_by_hand(report):
    net = defaultdict(Decimal)
    for customer, _, _, _, dollars in LINES:
        net[customer] += Decimal(dollars)
    amounts = sorted(net.values(), reverse=True)
    lowest_a = amounts[-(-len(amounts) // 5) - 1]
    best, everything = sum(one for one in amounts if one >= lowest_a), sum(amounts)
    data = report(*ALL_DAYS, "grades")
    grades = data["grades"]
    assert grades["A"]["share"] == {
        "fraction": pytest.approx(float(best / everything)),
        "part": {"amount": str(best), "currency": "USD"},
        "whole": {"amount": str(everything), "currency": "USD"},
    }
    # The curve rises to everything that was bought by those who did not give back more than they bought.
    (curve,) = (chart for chart in data["charts"]["grades"] if chart["kind"] == "curve")
    points = [Decimal(value["amount"]) for value in curve["series"][0]["values"]]
    gains = [one for one in amounts if one > 0]
    assert points[-1] == sum(gains)
    place = int(curve["labels"][19].partition(" ")[0].replace(",", ""))
    assert points[19] == sum(gains[:place])
    assert place == -(-len(gains) * 20 // 100)
