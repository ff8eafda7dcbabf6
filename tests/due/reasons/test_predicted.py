"""Likely to order soon, and drifting away: read from the predictions as they were kept."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from retain_cli.store.store import open_store

ROOT = Path(__file__).parents[3]
LIKELY, DRIFTING = "likely to order soon", "drifting away"
FROM, TO = date(2026, 12, 10), date(2026, 12, 30)


@pytest.fixture
def predicted(retain, csv_file, machine):
    """One customer who bought on three days; keeps a prediction of them, and gives their reasons on a day."""
    rows = "".join(f"K1,Ann,{day},100\n" for day in ("2026-06-01", "2026-08-01", "2026-10-10"))
    assert retain("import", csv_file("o.csv", "Customer ID,Name,Date,Amount\n" + rows)).code == 0
    assert retain("classify").code == 0

    def keep(orders=1.0, alive=0.9, first=FROM, last=TO):
        cells = {
            "p_alive": alive, "p_alive_low": alive, "p_alive_high": alive, "expected_orders": orders,
            "next_from": first.isoformat(), "next_to": last.isoformat(),
        }  # fmt: skip
        with open_store(machine / "shop.db", writes=True) as store:
            store.run(f"update prediction set {', '.join(f'{name} = :{name}' for name in cells)}", cells)

        def listed(today):
            lines = retain("due", "-f", "json", today=today.isoformat()).data
            return {one["reason"]: one["due_on"] for line in lines for one in line["reasons"]}

        return listed

    return keep


def after(day, days):
    return day + timedelta(days=days)


def test_they_are_listed_in_the_days_in_which_the_order_is_likely_and_not_outside(predicted):
    listed = predicted()
    days = [after(FROM, -1), FROM, TO, after(TO, 1)]
    assert [LIKELY in listed(day) for day in days] == [False, True, True, False]
    assert listed(TO)[LIKELY] == FROM.isoformat()


def test_long_likely_days_are_shown_for_thirty_days(predicted):
    listed = predicted(last=after(FROM, 200))
    assert [LIKELY in listed(after(FROM, days)) for days in (30, 31)] == [True, False]


@pytest.mark.parametrize(("orders", "is_likely"), [(0.49, False), (0.5, True)])
def test_half_an_order_expected_makes_it_likely(predicted, orders, is_likely):
    assert (LIKELY in predicted(orders=orders)(FROM)) is is_likely


def test_the_shop_says_from_which_expectation_on(retain, predicted):
    listed = predicted(orders=0.3)
    retain("policy", "set", "likely_percent", 30)
    assert LIKELY in listed(FROM)


def test_without_a_model_only_a_rhythm_of_their_own_counts(predicted, machine):
    listed = predicted(orders=None, alive=None)
    assert LIKELY in listed(FROM)
    with open_store(machine / "shop.db", writes=True) as store:
        store.run("update rhythm set median_days = null")
    assert LIKELY not in listed(FROM)
    assert DRIFTING not in listed(after(TO, 1))


@pytest.mark.parametrize(("alive", "drifts"), [(0.5, True), (0.51, False)])
def test_who_is_still_a_customer_with_a_chance_of_one_in_two_at_most_is_drifting_away(predicted, alive, drifts):
    assert (DRIFTING in predicted(alive=alive)(after(TO, 1))) is drifts


def test_drifting_begins_on_the_day_after_the_likely_ones_and_lapses_after_thirty(predicted):
    listed = predicted(alive=0.2)
    days = [0, 1, 31, 32]
    assert [DRIFTING in listed(after(TO, n)) for n in days] == [False, True, True, False]
    assert listed(after(TO, 20))[DRIFTING] == after(TO, 1).isoformat()


def test_who_bought_on_one_day_alone_has_nothing_to_drift_from(predicted, machine):
    listed = predicted(alive=0.2)
    with open_store(machine / "shop.db", writes=True) as store:
        store.run("update rhythm set purchase_days = 1, median_days = null")
    assert DRIFTING not in listed(after(TO, 1))


@pytest.mark.parametrize(("name", "begins"), [(LIKELY, FROM), (DRIFTING, after(TO, 1))])
def test_a_contact_since_it_began_settles_it_and_nobody_at_home_does_not(retain, predicted, name, begins):
    listed = predicted(alive=0.2)
    retain("log-visit", "K1", today=after(begins, -1).isoformat())
    assert name in listed(begins)
    retain("log-visit", "K1", "--outcome", "not-reached", today=begins.isoformat())
    assert name in listed(begins)
    retain("log-visit", "K1", today=begins.isoformat())
    assert name not in listed(begins)


@pytest.mark.parametrize(("name", "begins"), [(LIKELY, FROM), (DRIFTING, after(TO, 1))])
def test_a_purchase_since_the_prediction_ends_it_and_a_return_does_not(retain, predicted, csv_file, name, begins):
    listed = predicted(alive=0.2)
    for day, amount, there in (("2026-12-01", "-10", True), ("2026-12-02", "5", False)):
        file = csv_file("new.csv", f"Customer ID,Name,Date,Amount\nK1,Ann,{day},{amount}\n")
        assert retain("import", file, today=begins.isoformat()).code == 0
        assert (name in listed(begins)) is there


@pytest.mark.parametrize(("name", "day"), [(LIKELY, FROM), (DRIFTING, after(TO, 1))])
def test_who_asked_not_to_be_contacted_is_not_listed_for_it(retain, predicted, name, day):
    listed = predicted(alive=0.2)
    assert name in listed(day)
    retain("contact", "K1", "--never")
    assert name not in listed(day)


@pytest.mark.parametrize(("day", "there"), [(after(FROM, -1), False), (FROM, True)])
def test_a_guess_is_nothing_that_is_planned_for_a_day_to_come(retain, predicted, day, there):
    predicted()
    coming = retain("show", "K1", "-f", "json", today=day.isoformat()).data["next"]
    assert (LIKELY in [one["reason"] for one in coming]) is there
    assert DRIFTING not in [one["reason"] for one in coming]


def test_they_can_be_skipped(retain, predicted):
    listed = predicted()
    assert retain("skip", "K1", "--reason", "on holiday", today=FROM.isoformat()).code == 0
    assert LIKELY not in listed(after(FROM, 3))


def test_the_brief_says_what_is_expected_with_its_interval_and_what_to_offer(retain, csv_file):
    sales = ROOT / "examples" / "cdnow" / "CDNOW_sample.txt"
    how = ("--kind", "purchases", "--delimiter", "space", "--currency", "USD")
    columns = ("--columns", "external_id,-,bought_on,quantity,amount")
    assert retain("import", sales, *how, *columns, today="1998-07-01").code == 0
    assert retain("classify", today="1998-07-01").code == 0
    many = csv_file("m.csv", "Customer ID,Date,Product,Amount\n" + "".join(
        f"20111,1998-0{month}-02,coffee,9\n" for month in range(1, 6)
    ))  # fmt: skip
    assert retain("import", many, "--currency", "USD", today="1998-07-01").code == 0
    data = retain("brief", "20111", "-f", "json", today="1998-07-01").data
    kept, advised = (
        retain("show", "20111", "-f", "json", today="1998-07-01").data,
        retain("advise", "20111", "-f", "json", today="1998-07-01").data,
    )
    assert data["prediction"] == kept["prediction"]
    assert data["prediction"]["expected_orders"]["low"] < data["prediction"]["expected_orders"]["high"]
    assert [one["because"] for one in data["advice"]] == [one["because"] for one in advised][:3]
    assert advised
    assert f"{advised[0]['product']}: {advised[0]['because']}" in data["offer"]
    page = retain("brief", "20111", today="1998-07-01").out
    assert "Likely next" in page
    assert "Still buying" in page
