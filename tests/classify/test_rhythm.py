"""How often a customer buys, and the two reasons that follow from their silence."""

from datetime import date, timedelta
from statistics import median_low

import pytest
from dateutil.relativedelta import relativedelta

from retain_cli.classify.rhythm import median_gap
from retain_cli.store.store import open_store

START = date(2025, 1, 10)


def days_after(gaps):
    day, days = START, [START]
    for gap in gaps:
        day += timedelta(days=gap)
        days.append(day)
    return days


@pytest.fixture
def bought(retain, csv_file):
    """Import purchases of one customer on these days, and grade."""

    def buy(days, grade_on="2026-11-23", name="o.csv", customer="K1"):
        rows = "".join(f"{customer},Ann,{day},100\n" for day in days)
        assert retain("import", csv_file(name, f"Customer ID,Name,Date,Amount\n{rows}"), today=grade_on).code == 0
        assert retain("classify", today=grade_on).code == 0

    return buy


def reasons(retain, today):
    data = retain("due", "-f", "json", today=today.isoformat()).data
    return {(one["reason"], one["due_on"]) for line in data for one in line["reasons"]}


@pytest.mark.parametrize(("gaps", "median"), [([30, 30], 30), ([10, 50, 20], 20), ([10, 20, 30, 100], 20)])
def test_the_rhythm_is_the_median_of_the_gaps(gaps, median):
    assert median_gap([day.toordinal() for day in days_after(gaps)]) == median == median_low(gaps)


def test_it_is_kept_with_the_day_it_was_found(retain, bought, machine):
    bought([*days_after([10, 50, 20]), START])
    with open_store(machine / "shop.db", writes=False) as store:
        rows = list(store.run("select found_on, purchase_days, last_on, median_days from rhythm"))
    assert rows == [("2026-11-23", 4, (START + timedelta(days=80)).isoformat(), 20)]


def test_going_cold_begins_the_day_after_twice_their_rhythm_and_lapses_after_thirty_days(retain, bought):
    days = days_after([30, 30, 30])
    bought(days, grade_on=days[-1].isoformat())
    cold_on = days[-1] + timedelta(days=61)
    named = ("going cold", cold_on.isoformat())
    assert named not in reasons(retain, cold_on - timedelta(days=1))
    assert named in reasons(retain, cold_on)
    assert named in reasons(retain, cold_on + timedelta(days=30))
    assert named not in reasons(retain, cold_on + timedelta(days=31))


def test_a_contact_since_then_or_a_purchase_ends_it(retain, bought):
    days = days_after([30, 30, 30])
    bought(days, grade_on=days[-1].isoformat())
    cold_on = days[-1] + timedelta(days=61)
    named = ("going cold", cold_on.isoformat())
    retain("log-visit", "K1", "--on", (cold_on - timedelta(days=1)).isoformat(), today=cold_on.isoformat())
    assert named in reasons(retain, cold_on)
    retain("log-visit", "K1", "--outcome", "not-reached", today=cold_on.isoformat())
    assert named in reasons(retain, cold_on)
    retain("log-visit", "K1", today=cold_on.isoformat())
    assert named not in reasons(retain, cold_on)


def test_who_bought_since_the_last_grading_is_not_silent(retain, bought, csv_file):
    days = days_after([30, 30, 30])
    bought(days, grade_on=days[-1].isoformat())
    cold_on = days[-1] + timedelta(days=61)
    retain(
        "import",
        csv_file("new.csv", f"Customer ID,Name,Date,Amount\nK1,Ann,{cold_on},5\n"),
        today=cold_on.isoformat(),
    )
    assert not {reason for reason, _ in reasons(retain, cold_on)} & {"going cold", "win-back"}


def test_two_purchase_days_make_no_rhythm(retain, bought):
    days = days_after([30])
    bought(days, grade_on=days[-1].isoformat())
    found = {reason for n in (61, 62, 90, 100) for reason, _ in reasons(retain, days[-1] + timedelta(days=n))}
    assert "going cold" not in found


@pytest.mark.parametrize("last", [date(2025, 2, 28), date(2025, 8, 31), date(2024, 2, 29), date(2025, 1, 1)])
def test_they_are_to_be_won_back_a_year_after_their_last_purchase(retain, bought, last):
    bought([last], grade_on=last.isoformat())
    lost_on = last + relativedelta(years=1)
    named = ("win-back", lost_on.isoformat())
    assert named not in reasons(retain, lost_on - timedelta(days=1))
    assert named in reasons(retain, lost_on)
    assert named in reasons(retain, lost_on + timedelta(days=30))
    assert named not in reasons(retain, lost_on + timedelta(days=31))


def test_a_rhythm_is_found_anew_for_whoever_bought_again_or_whose_purchases_are_gone(retain, bought, machine):
    bought(days_after([30, 30]))
    bought([START + timedelta(days=70)], name="more.csv", grade_on="2026-11-24")
    rows = "select found_on, purchase_days, median_days from rhythm"
    with open_store(machine / "shop.db", writes=False) as store:
        assert list(store.run(rows)) == [("2026-11-24", 4, 30)]
    retain("undo", 2, "--yes", today="2026-11-25")
    retain("classify", today="2026-11-25")
    with open_store(machine / "shop.db", writes=False) as store:
        assert list(store.run(rows)) == [("2026-11-25", 3, 30)]


def test_two_customers_who_are_one_have_one_rhythm(retain, bought, machine):
    bought(days_after([30, 30]))
    bought(days_after([7, 7]), name="two.csv", customer="K2")
    assert retain("merge", "K1", "K2", "--yes").code == 0
    retain("classify")
    with open_store(machine / "shop.db", writes=False) as store:
        # 10 January, then 17, 24 January, 9 February and 11 March: gaps of 7, 7, 16 and 30 days.
        assert list(store.run("select purchase_days, median_days from rhythm")) == [(5, 7)]
