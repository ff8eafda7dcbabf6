"""What became of every occurrence, in cases that can be told in a sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retain_cli.dates.recurrence import Interval
from retain_cli.report.served import Clock, occurrences

MONTH = Interval(months=1)
DAY = timedelta(days=1)


def day(text: str) -> date:
    """`01-17` is a day of 2026, `2025-12-20` says its year."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def served(*visits, first="01-10", since="01-01", left=None, until="03-31", today="2027-01-01", step=MONTH):
    """Occurrences of a clock with a grace of seven days, as `01-10 on time, 02-10 missed`."""
    clock = Clock(day(since), left and day(left), day(first), step, 7)
    found = occurrences(clock, sorted(map(day, visits)), day(until), day(today))
    return ", ".join(f"{one.nominal_on:%m-%d} {one.state}" for one in found)


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        ("01-10", "01-10 on time"),
        ("01-17", "01-10 on time"),
        ("01-18", "01-10 late"),
        ("02-09", "01-10 late"),
    ],
)
def test_a_visit_is_on_time_within_its_grace_and_late_until_the_next_was_due(visit, expected):
    assert served(visit, until="02-08") == expected


def test_a_visit_on_the_next_nominal_day_is_on_time_for_that_one_and_too_late_for_the_one_before():
    assert served("02-10", until="02-28") == "01-10 missed, 02-10 on time"


def test_what_nobody_served_is_missed_once_for_every_nominal_day():
    assert served() == "01-10 missed, 02-10 missed, 03-10 missed"


def test_it_is_open_until_its_grace_is_over():
    assert served(until="01-31", today="01-17") == "01-10 open"
    assert served(until="01-31", today="01-18") == "01-10 missed"


def test_a_day_to_come_is_open():
    assert served("01-10", until="03-31", today="02-01") == "01-10 on time, 02-10 open, 03-10 open"


def test_the_next_is_counted_from_the_visit_and_not_from_the_nominal_day():
    assert served("01-14", "02-25", until="03-26") == "01-10 on time, 02-14 late, 03-25 missed"


def test_an_early_visit_serves_the_day_to_come_and_the_next_is_counted_from_it():
    assert served("01-03", until="02-28") == "01-10 on time, 02-03 missed"


def test_a_visit_a_whole_interval_before_the_first_day_restarts_the_clock_as_on_the_list():
    assert served("01-05", first="03-20") == "02-05 missed, 03-05 missed"


def test_many_visits_in_one_interval_are_one_occurrence():
    assert served("01-10", "01-12", "01-20", "01-25", "02-02", until="02-28") == "01-10 on time, 02-10 on time"


def test_two_contacts_on_one_day_are_one_occurrence():
    assert served("01-10", "01-10", until="02-28") == "01-10 on time, 02-10 missed"
    assert served("01-12", "01-12", until="02-28") == "01-10 on time, 02-12 missed"


def test_a_visit_before_the_customer_came_onto_the_plan_puts_the_first_day_off_by_an_interval():
    assert served("2025-12-20", until="02-28") == "01-20 missed, 02-20 missed"


def test_a_visit_long_before_puts_nothing_off():
    assert served("2025-11-05", until="02-09") == "01-10 missed"


def test_an_ended_clock_plans_nothing_from_its_last_day_on():
    assert served(left="02-10") == "01-10 missed"
    assert served(left="02-11") == "01-10 missed, 02-10 missed"
    assert served(left="01-10") == ""


def test_month_ends_are_kept():
    assert served(first="01-31", until="04-30") == "01-31 missed, 02-28 missed, 03-31 missed, 04-30 missed"
    assert served("01-31", first="01-31", until="04-30").startswith("01-31 on time, 02-28 missed, 03-31 missed")


@settings(max_examples=150, deadline=None)
@given(
    visits=st.lists(st.integers(-60, 400), max_size=12),
    first=st.integers(0, 60),
    months=st.sampled_from([1, 2, 3, 6]),
    length=st.integers(0, 400),
)
def test_what_is_left_unserved_at_the_end_is_what_the_list_shows(visits, first, months, length):
    """The list counts from the last visit (or the first day), so the days since then are those that are open."""
    since = date(2026, 1, 1)
    today = since + DAY * length
    rendered = sorted(since + DAY * n for n in visits if n <= length)
    clock = Clock(since, None, since + DAY * first, Interval(months=months), 7)
    found = list(occurrences(clock, rendered, today, today))

    def after(start: date, k: int) -> date:
        year, month = divmod(start.year * 12 + start.month - 1 + months * k, 12)
        last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - DAY).day
        return date(year, month + 1, min(start.day, last))

    last = max(rendered, default=None)
    counts_from_last = last is not None and (last >= since or after(last, 1) > clock.first_on)
    series = (
        [after(last, k) for k in range(1, 20)]
        if counts_from_last
        else [after(clock.first_on, k) for k in range(20)]
    )
    unserved = [
        one.nominal_on
        for one in found
        if one.state in ("missed", "open") and (last is None or one.nominal_on > last)
    ]
    assert unserved == [nominal for nominal in series if nominal <= today]
    nominal_days = [one.nominal_on for one in found]
    assert nominal_days == sorted(set(nominal_days))
    # No visit serves two occurrences.
    assert sum(one.state in ("on time", "late") for one in found) <= len({one for one in rendered if one >= since})
