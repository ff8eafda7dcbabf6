"""Anniversaries, holidays and the days after a purchase on the list."""

from datetime import date, timedelta

import holidays
import pytest

DAY = timedelta(days=1)


@pytest.fixture
def shop(retain, csv_file):
    """Customer 1 is an A, 2 a B, 3 a C who bought a rug on Friday 20 November 2026."""
    orders = "1,2026-10-01,100,Floor\n2,2026-10-01,50,Floor\n3,2026-11-20,20,Rug\n"
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount,Category\n" + orders))
    retain("classify")


def days_listed(retain, service, first, last, customer=1):
    """The days on which a service is on the list, looked at one by one."""
    day, found = date.fromisoformat(first), []
    while day <= date.fromisoformat(last):
        for line in retain("due", "-f", "json", today=day.isoformat()).data:
            if line["customer"]["external_id"] == str(customer):
                found += [day.isoformat() for one in line["reasons"] if one["service"] == service]
        day += DAY
    return found


def test_an_anniversary_shows_its_week_before_and_lapses_three_days_after(retain, shop):
    # 12 May 2027 is a Wednesday.
    retain("day", "add", "1", "Wedding", "2015-05-12")
    listed = days_listed(retain, "anniversary gift", "2027-05-01", "2027-05-20")
    assert (listed[0], listed[-1], len(listed)) == ("2027-05-05", "2027-05-15", 11)


def test_a_visit_that_brings_the_gift_settles_it_and_a_mere_call_does_not(retain, shop):
    retain("day", "add", "1", "wedding", "05-12")
    retain("log-visit", "1", "--channel", "call", today="2027-05-06")
    assert days_listed(retain, "anniversary gift", "2027-05-06", "2027-05-06") == ["2027-05-06"]
    retain("log-visit", "1", "--service", "anniversary gift", today="2027-05-07")
    assert days_listed(retain, "anniversary gift", "2027-05-07", "2027-05-20") == []


@pytest.mark.parametrize(
    ("when", "falls_on"),
    [
        ("lunar 8-15", "2027-09-15"),  # the Mid-Autumn Festival of 2027, by the Hong Kong Observatory
        ("3rd Monday of March", "2027-03-15"),
        ("last Friday of November", "2027-11-26"),
        ("2016-02-29", "2027-02-28"),
    ],
)
def test_days_of_every_kind_fall_on_their_day(retain, shop, when, falls_on):
    retain("day", "add", "1", "contract", when)
    day = date.fromisoformat(falls_on)
    (line,) = [
        one
        for found in retain("due", "-f", "json", today=(day - DAY * 2).isoformat()).data
        if found["customer"]["external_id"] == "1"
        for one in found["reasons"]
        if one["reason"] == "anniversary"
    ]
    assert line["due_on"] == falls_on


def test_a_day_that_was_forgotten_is_not_kept(retain, shop):
    retain("day", "add", "1", "Wedding", "05-12")
    retain("day", "remove", "1", "wedding")
    assert days_listed(retain, "anniversary gift", "2027-05-12", "2027-05-12") == []
    assert retain("day", "remove", "1", "wedding").code == 2


@pytest.mark.parametrize("year", [2027, 2028])
@pytest.mark.parametrize("festival", ["Spring Festival", "Mid-Autumn Festival", "National Day"])
def test_a_holiday_is_greeted_from_the_work_day_before_it(retain, shop, festival, year):
    retain("plan", "set", "A", "holiday greeting", "--anchor", "holiday", "--of", festival, "--grace", "2d")
    china = holidays.country_holidays("CN", years=[year])
    falls_on = min(day for day, name in china.items() if festival in name)
    before = falls_on
    while before not in china.weekend_workdays and (before in china or before.weekday() == 6):
        before -= DAY
    first, last = (falls_on - DAY * 15).isoformat(), (falls_on + DAY * 10).isoformat()
    listed = days_listed(retain, "holiday greeting", first, last)
    assert (listed[0], listed[-1]) == (before.isoformat(), (falls_on + DAY * 2).isoformat())


def test_another_countrys_holiday_can_be_kept(retain, shop):
    retain("plan", "set", "none", "holiday greeting", "--anchor", "holiday", "--of", "US:Christmas Day")
    retain("plan", "set", "A", "holiday greeting", "--anchor", "holiday", "--of", "US:Christmas Day", "--lead", "3")
    assert days_listed(retain, "holiday greeting", "2026-12-20", "2026-12-25")[0] == "2026-12-22"


def test_thanks_come_three_days_after_a_purchase_and_lapse(retain, shop):
    retain("plan", "set", "C", "thank-you", "--anchor", "purchase", "--every", "once", "--after", "3d")
    # Bought on Friday 20 November; a week's grace after Monday 23.
    listed = days_listed(retain, "thank-you", "2026-11-20", "2026-12-05", customer=3)
    assert (listed[0], listed[-1], len(listed)) == ("2026-11-23", "2026-11-30", 8)


def test_whoever_was_thanked_before_is_not_thanked_again(retain, shop):
    retain(
        "plan",
        "set",
        "C",
        "thank-you",
        "--anchor",
        "purchase",
        "--every",
        "once",
        "--after",
        "3d",
        today="2026-11-20",
    )
    retain("log-visit", "3", "--channel", "call", "--on", "2026-11-21")
    assert days_listed(retain, "thank-you", "2026-11-23", "2026-11-24", customer=3) == []


def test_a_purchase_before_the_line_was_made_asks_for_nothing(retain, shop):
    retain("plan", "set", "A", "purchase check", "--anchor", "purchase", "--every", "once", "--after", "30d")
    # Bought on 1 October: 31 October is long gone.
    assert days_listed(retain, "purchase check", "2026-11-23", "2026-11-26") == []
