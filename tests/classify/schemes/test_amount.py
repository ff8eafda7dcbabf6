"""The other ways to cut net amounts: by share of revenue, and at fixed amounts."""

import pytest

SHOP = {"1": 500, "2": 300, "3": 100, "4": 60, "5": 40}


@pytest.fixture
def shop(retain, csv_file):
    """A thousand in all: 1 has half of it, 1 and 2 have 80 %, with 3 it is 90 %, with 4 96 %."""
    rows = "\n".join(f"{who},2026-10-01,{amount}" for who, amount in SHOP.items())
    retain("import", csv_file("o.csv", f"Customer ID,Date,Amount\n{rows}\n6,2026-10-01,5\n6,2026-10-02,-5\n"))


def graded(retain, grades, *settings):
    words = [word for setting in settings for word in ("--with", setting)]
    assert retain("classify", *words).code == 0
    return grades()


def test_by_revenue_a_makes_80_percent_of_it_and_b_the_next_15(retain, shop, grades):
    found = graded(retain, grades, "cut=revenue")
    assert found == {"1": "A", "2": "A", "3": "B", "4": "B", "5": "C", "6": "C"}


def test_the_shares_of_revenue_can_be_others(retain, shop, grades):
    found = graded(retain, grades, "cut=revenue", "revenue_a=50", "revenue_b=30")
    assert found == {"1": "A", "2": "B", "3": "C", "4": "C", "5": "C", "6": "C"}


def test_fixed_amounts_cut_where_they_say(retain, shop, grades):
    found = graded(retain, grades, "cut=fixed", "fixed_a=300", "fixed_b=60.01")
    assert found == {"1": "A", "2": "A", "3": "B", "4": "C", "5": "C", "6": "C"}


def test_only_from_now_on_is_remembered(retain, shop, grades):
    graded(retain, grades, "cut=fixed", "fixed_a=90", "fixed_b=50")
    retain("classify")
    assert grades()["3"] == "B"
    retain("classify", "--with", "cut=fixed", "--with", "fixed_a=90", "--with", "fixed_b=50", "--from-now-on")
    retain("classify")
    assert grades()["3"] == "A"
    said = retain("classify", "--explain", "3", "-f", "json").data
    assert said["comes_from"] == [{"what": "Cut by", "value": "fixed amounts"}]


@pytest.mark.parametrize(
    "setting",
    [
        "cut=luck",
        "share_a=0",
        "share_b=90",
        "hysteresis=51",
        "months=x",
        "fixed_a=1.234",
        "recency=1,2,3",
        "nonsense",
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(retain, shop, setting):
    answer = retain("classify", "--with", setting, "--from-now-on")
    assert answer.code == 2
    assert "share_b" not in retain("classify", "-f", "json").out


def test_a_scheme_nobody_knows_is_refused_with_those_there_are(retain, shop):
    answer = retain("classify", "--scheme", "luck")
    assert answer.code == 2
    assert "amount, category, rfm, value" in answer.err
