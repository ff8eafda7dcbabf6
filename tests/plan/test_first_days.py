"""Spreading customers over their first days."""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from retain_cli.dates.recurrence import Interval, nth_day
from retain_cli.dates.work_days import WEEKDAYS, WorkWeek
from retain_cli.plan.first_days import spread

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)
STEPS = [Interval(months=1), Interval(months=3), Interval(months=6), Interval(days=1), Interval(days=10)]


class Case(NamedTuple):
    customers: int
    first: date
    step: Interval
    days: frozenset[str]
    capacity: int
    load: dict[date, int]

    def placed(self) -> tuple[list[date], Counter[date]]:
        """The day of every customer by rank, and the load of the shop afterwards."""
        load = Counter(self.load)
        week = WorkWeek(",".join(sorted(self.days)))
        slots = spread(self.customers, self.first, self.step, week, self.capacity, load)
        days = []
        for slot in slots:
            assert slot.from_rank == len(days)
            days += [slot.day] * (slot.to_rank - slot.from_rank + 1)
        return days, load

    def work_days(self) -> list[date]:
        """The work days of one interval from the first day on."""
        length = (nth_day(self.first, self.step, 1) - self.first).days
        every = [self.first + DAY * n for n in range(length)]
        return [day for day in every if f"{day:%a}".lower() in self.days]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    first = draw(st.dates(date(2024, 1, 1), date(2028, 12, 31)))
    begins = draw(st.integers(0, 20))
    taken = draw(st.lists(st.sampled_from([0, 3, 25]), max_size=20))
    return Case(
        draw(st.integers(0, 250)),
        first,
        draw(st.sampled_from(STEPS)),
        draw(st.frozensets(st.sampled_from(WEEKDAYS), min_size=1)),
        draw(st.integers(1, 25)),
        {first + DAY * n: count for n, count in enumerate(taken, start=begins)},
    )


CASES = given(cases())
EXAMPLES = settings(max_examples=100, deadline=None)


@EXAMPLES
@CASES
def test_every_customer_is_placed_once(case):
    days, _ = case.placed()
    assert len(days) == case.customers


@EXAMPLES
@CASES
def test_first_days_are_work_days_from_the_first_on(case):
    days, _ = case.placed()
    assert all(f"{day:%a}".lower() in case.days and day >= case.first for day in days)


@EXAMPLES
@CASES
def test_a_better_customer_is_never_placed_after_a_worse_one(case):
    days, _ = case.placed()
    assert days == sorted(days)


@EXAMPLES
@CASES
def test_no_day_takes_on_more_than_the_shop_can_do(case):
    days, load = case.placed()
    for day, count in Counter(days).items():
        assert case.load.get(day, 0) + count <= case.capacity
        assert load[day] == case.load.get(day, 0) + count
    assert load.total() == sum(case.load.values()) + case.customers


@EXAMPLES
@CASES
def test_all_begin_within_one_interval_where_the_shop_has_room_for_them(case):
    days, _ = case.placed()
    room = sum(max(case.capacity - case.load.get(day, 0), 0) for day in case.work_days())
    assert sum(day < nth_day(case.first, case.step, 1) for day in days) == min(room, case.customers)


@EXAMPLES
@CASES
def test_with_ample_room_every_work_day_gets_the_same_share(case):
    days, _ = case._replace(load={}, capacity=10_000).placed()
    if work_days := case.work_days():
        shares = [Counter(days)[day] for day in work_days]
        assert max(shares) - min(shares) <= 1


@EXAMPLES
@CASES
def test_the_same_customers_get_the_same_days_again(case):
    assert case.placed() == case.placed()


def test_sixty_customers_with_a_month_and_a_five_day_week_get_about_three_a_day():
    case = Case(60, MONDAY, Interval(months=1), frozenset(WEEKDAYS[:5]), 20, {})
    shares = Counter(case.placed()[0])
    # From Monday 23 November to Tuesday 22 December 2026 there are 22 work days.
    assert len(shares) == 22
    assert set(shares.values()) == {2, 3}


def test_room_on_the_early_days_is_used_where_the_late_ones_are_taken():
    late_days = {MONDAY + DAY * n: 10 for n in range(5, 10)}
    case = Case(20, MONDAY, Interval(days=10), frozenset(WEEKDAYS), 10, late_days)
    assert max(case.placed()[0]) == MONDAY + DAY * 4


def test_more_customers_than_an_interval_can_hold_go_on_after_it_at_full_load():
    case = Case(70, MONDAY, Interval(days=7), frozenset(WEEKDAYS[:5]), 10, {})
    shares = Counter(case.placed()[0])
    assert list(shares.values()) == [10] * 7
    assert max(shares) == date(2026, 12, 1)
