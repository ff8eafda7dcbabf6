"""Counting intervals from an anchor day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retain_cli.dates.recurrence import Interval, days_reached, interval, latest_anchor, nth_day

DAY = timedelta(days=1)
STEPS = [Interval(months=n) for n in (1, 2, 3, 6, 12)] + [Interval(days=n) for n in (1, 7, 10, 30, 90)]


def last_of_month(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - DAY).day


def by_hand(anchor: date, step: Interval, nth: int) -> date:
    """The rule in words: so many calendar months on, the same day of the month, or its last."""
    if step.days:
        return anchor + DAY * step.days * nth
    years, month = divmod(anchor.month - 1 + step.months * nth, 12)
    year = anchor.year + years
    return date(year, month + 1, min(anchor.day, last_of_month(year, month + 1)))


def test_monthly_from_31_january_comes_on_the_last_day_of_every_month_for_twenty_years():
    days = [nth_day(date(2023, 1, 31), Interval(months=1), n) for n in range(240)]
    assert [(day.year, day.month) for day in days] == [(2023 + n // 12, n % 12 + 1) for n in range(240)]
    assert all((day + DAY).day == 1 for day in days)
    assert days[1:4] == [date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30)]


def test_a_series_is_counted_from_its_anchor_and_never_from_the_day_before():
    assert nth_day(nth_day(date(2026, 1, 31), Interval(months=1), 1), Interval(months=1), 1) == date(2026, 3, 28)
    assert nth_day(date(2026, 1, 31), Interval(months=1), 2) == date(2026, 3, 31)


def test_a_yearly_series_from_29_february_finds_its_day_again_in_leap_years():
    days = [nth_day(date(2024, 2, 29), Interval(months=12), n) for n in range(9)]
    assert [day.day for day in days] == [29, 28, 28, 28, 29, 28, 28, 28, 29]


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_the_nth_day_keeps_the_day_of_the_month_for_every_anchor_of_a_leap_year(step):
    for number in range(366):
        anchor = date(2024, 1, 1) + DAY * number
        assert [nth_day(anchor, step, n) for n in (0, 1, 5, 11)] == [
            by_hand(anchor, step, n) for n in (0, 1, 5, 11)
        ]


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_the_latest_anchor_is_the_last_day_whose_first_day_has_come(step):
    first, last = date(2022, 1, 1), date(2029, 3, 1)
    latest_with_first_on: dict[date, date] = {}
    anchor = first
    while anchor <= last:
        latest_with_first_on[by_hand(anchor, step, 1)] = anchor
        anchor += DAY
    day, expected = first, None
    while day <= last:
        expected = latest_with_first_on.get(day, expected)
        if day >= date(2024, 1, 1):
            assert latest_anchor(step, day) == expected, day
        day += DAY


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_days_reached_counts_the_days_of_the_series_up_to_every_day(step):
    anchors = ["01-28", "01-29", "01-30", "01-31", "02-28", "02-29", "03-01", "04-30", "06-15", "08-31", "12-31"]
    for anchor in (date.fromisoformat(f"2024-{text}") for text in anchors):
        come = 0
        for ahead in range(-40, 1000):
            day = anchor + DAY * ahead
            while by_hand(anchor, step, come + 1) <= day:
                come += 1
            assert days_reached(anchor, step, day) == come, (anchor, day)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("10d", Interval(days=10)),
        ("1d", Interval(days=1)),
        ("2w", Interval(days=14)),
        ("6m", Interval(months=6)),
        ("1y", Interval(months=12)),
        (" 3M ", Interval(months=3)),
        ("9999d", Interval(days=9999)),
    ],
)
def test_an_interval_is_a_number_and_a_unit(written, expected):
    assert interval(written) == expected


@pytest.mark.parametrize(
    "written",
    ["", "m", "1", "0d", "00m", "01m", "-1m", "+1m", "1.5m", "1 m", "1h", "1md", "10000d", "１m", "٣m", "1m;"],
)
def test_what_is_no_interval_is_refused(written):
    with pytest.raises(ValueError):
        interval(written)


@settings(deadline=None)
@given(st.integers(1, 9999), st.sampled_from(["months", "days"]))
def test_an_interval_reads_back_as_it_is_written(count, unit):
    step = Interval(**{unit: count})
    assert interval(str(step)) == step


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1m", "every month"),
        ("6m", "every 6 months"),
        ("12m", "every year"),
        ("1y", "every year"),
        ("24m", "every 2 years"),
        ("18m", "every 18 months"),
        ("1d", "every day"),
        ("10d", "every 10 days"),
        ("7d", "every week"),
        ("2w", "every 2 weeks"),
    ],
)
def test_an_interval_is_said_as_people_say_it(written, words):
    assert interval(written).words == words
