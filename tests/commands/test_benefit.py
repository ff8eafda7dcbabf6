"""`retain benefit`: borders at, under and over; and its reason on the list."""

import random
from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def benefit(retain, *words, **how):
    return retain("benefit", *words, "-f", "json", **how).data


@pytest.mark.parametrize(
    ("day", "points", "expired"), [("2026-12-30", 100, 0), ("2026-12-31", 100, 0), ("2027-01-01", 0, 100)]
)
def test_points_can_be_used_on_their_last_day_and_not_after_it(retain, day, points, expired):
    benefit(retain, "grant", "K1", "points", "100", "--expires", "2026-12-31")
    found = benefit(retain, "balance", "K1", today=day)
    assert (found["points"], found["expired"], found["earned"]) == (points, expired, 100)
    assert retain("benefit", "use", "K1", "points", "1", today=day).code == (0 if points else 2)


def test_points_last_a_year_where_nothing_else_is_said(retain):
    benefit(retain, "grant", "K1", "points", "5")
    assert benefit(retain, "balance", "K1")["grants"][0]["expires_on"] == "2027-11-23"


@pytest.mark.parametrize(("used", "code"), [(149, 0), (150, 0), (151, 2)])
def test_as_many_as_there_are_can_be_used_and_not_one_more(retain, used, code):
    benefit(retain, "grant", "K1", "points", "100")
    benefit(retain, "grant", "K1", "points", "50", "--expires", "2026-12-31")
    assert retain("benefit", "use", "K1", "points", used).code == code
    assert benefit(retain, "balance", "K1")["points"] == (150 - used if code == 0 else 150)


def test_the_ledger_agrees_with_counting_single_points(retain):
    """Every point is a thing of its own here; the one that expires first goes first."""
    chance = random.Random(7)
    day = date(2026, 11, 23)
    purse: list[tuple[str, int]] = []
    for number in range(40):
        day += timedelta(days=chance.randrange(12))
        today = day.isoformat()
        usable = sorted(one for one in purse if one[0] >= today)
        assert benefit(retain, "balance", "K1", today=today)["points"] == len(usable)
        if chance.random() < 0.5 or not usable:
            count, last = chance.randrange(1, 30), (day + timedelta(days=chance.randrange(60))).isoformat()
            benefit(retain, "grant", "K1", "points", count, "--expires", last, today=today)
            purse += [(last, number)] * count
        else:
            count = chance.randrange(1, len(usable) + 1)
            benefit(retain, "use", "K1", "points", count, today=today)
            for point in usable[:count]:
                purse.remove(point)


@pytest.mark.parametrize(("points", "level"), [(999, None), (1000, "silver"), (4999, "silver"), (5000, "gold")])
def test_the_level_follows_what_was_earned_and_spending_takes_none_away(retain, points, level):
    benefit(retain, "grant", "K1", "points", points)
    assert benefit(retain, "use", "K1", "points", 900)["level"] == level


@pytest.mark.parametrize(("spend", "saved"), [("299.99", None), ("300", "50.00"), ("300.01", "50.00")])
def test_a_coupon_needs_its_smallest_purchase(retain, spend, saved):
    benefit(retain, "grant", "K1", "coupon", "--amount", "50", "--min-spend", "300")
    answer = retain("benefit", "use", "K1", "coupon", "1", "--spend", spend, "-f", "json")
    assert answer.code == (0 if saved else 2)
    (coupon,) = benefit(retain, "balance", "K1")["coupons"]
    assert (coupon["saved"] and coupon["saved"]["amount"]) == saved


@pytest.mark.parametrize(("day", "code"), [("2026-12-30", 0), ("2026-12-31", 0), ("2027-01-01", 2)])
def test_a_coupon_counts_on_its_last_day_and_not_after_it(retain, day, code):
    benefit(retain, "grant", "K1", "coupon", "--percent", "10", "--expires", "2026-12-31")
    assert retain("benefit", "use", "K1", "coupon", "1", "--spend", "100", today=day).code == code


def test_a_coupon_counts_once_and_for_its_customer_alone(retain):
    benefit(retain, "grant", "K1", "coupon", "--percent", "15")
    assert retain("benefit", "use", "K2", "coupon", "1", "--spend", "100").code == 2
    assert benefit(retain, "use", "K1", "coupon", "1", "--spend", "9.99")["coupons"][0]["saved"]["amount"] == "1.49"
    assert retain("benefit", "use", "K1", "coupon", "1", "--spend", "100").code == 2


def test_a_coupon_saves_no_more_than_is_spent(retain):
    benefit(retain, "grant", "K1", "coupon", "--amount", "50")
    assert benefit(retain, "use", "K1", "coupon", "1", "--spend", "20")["coupons"][0]["saved"]["amount"] == "20.00"


@pytest.mark.parametrize(
    "options", [[], ["--amount", "5", "--percent", "5"], ["--amount", "0"], ["--percent", "101"]]
)
def test_a_coupon_is_an_amount_or_a_percentage(retain, options):
    assert retain("benefit", "grant", "K1", "coupon", *options).code == 2


def test_a_gift_is_an_idea_then_bought_then_given(retain):
    benefit(retain, "grant", "K1", "gift", "tea set", "--for", "2w")
    assert benefit(retain, "buy", "K1", "1", "--cost", "128")["gifts"][0]["bought_on"] == "2026-11-23"
    assert retain("benefit", "buy", "K1", "1").code == 2
    (gift,) = benefit(retain, "use", "K1", "gift", "1", today="2026-12-07")["gifts"]
    assert (gift["given_on"], gift["for_on"], gift["cost"]["amount"]) == ("2026-12-07", "2026-12-07", "128.00")
    assert retain("benefit", "use", "K1", "gift", "1", today="2026-12-08").code == 2


def test_what_expires_within_two_weeks_is_a_reason_until_it_was_spoken_of(retain, about_when_due):
    benefit(retain, "grant", "K1", "points", "80", "--expires", "2026-12-31")
    benefit(retain, "grant", "K1", "coupon", "--percent", "10", "--expires", "2026-12-31")
    benefit(retain, "use", "K1", "points", "30")
    assert about_when_due("benefit expiring", "K1", today="2026-12-16") == []
    assert sorted(about_when_due("benefit expiring", "K1", today="2026-12-17")) == ["50 points", "coupon 1"]
    assert sorted(about_when_due("benefit expiring", "K1", today="2026-12-31")) == ["50 points", "coupon 1"]
    assert about_when_due("benefit expiring", "K1", today="2027-01-01") == []
    retain("log-visit", "K1", today="2026-12-18")
    assert about_when_due("benefit expiring", "K1", today="2026-12-19") == []


def test_what_is_used_up_expires_for_nobody(retain, about_when_due):
    benefit(retain, "grant", "K1", "points", "80", "--expires", "2026-11-30")
    benefit(retain, "use", "K1", "points", "80")
    assert about_when_due("benefit expiring", "K1") == []


def test_where_to_look_for_numbers_is_a_command_that_there_is(retain):
    refused = retain("benefit", "buy", "K1", 99, "--cost", "5")
    assert refused.code == 2
    said = refused.err.partition("See: retain ")[2].strip().rstrip(".").replace("CUSTOMER", "K1").split()
    assert retain(*said).code == 0, said
