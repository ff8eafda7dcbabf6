"""What the reasons are asked, and what they answer."""

from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.recurrence import Interval, days_reached, nth_day
from retain_cli.dates.work_days import WorkWeek
from retain_cli.plan.lines import Line
from retain_cli.store.policy import Policy
from retain_cli.store.store import Store


class Asked(NamedTuple):
    """Who is due from `day` on, looking `ahead` days further; all customers, or one."""

    store: Store
    policy: Policy
    plan: list[Line]
    day: date
    ahead: int = 0
    customer: int | None = None
    work_days: WorkWeek | None = None
    """The days the shop works, without public holidays; the bare week of the policy where it is not said."""

    @property
    def week(self) -> WorkWeek:
        """The days the shop works."""
        return self.work_days or self.policy.work_week

    @property
    def last(self) -> date:
        """The last day looked at."""
        return self.day + timedelta(days=self.ahead)

    def only(self) -> dict[str, int]:
        """The customers looked at, as the two ends of a range of ids."""
        if self.customer is None:
            return {"from_id": 0, "to_id": 1 << 62}
        return {"from_id": self.customer, "to_id": self.customer}


class Series(NamedTuple):
    """Nominal days that come again and again: an interval after `counted_from`, two, and so on."""

    counted_from: date
    every: Interval
    until: date
    """The last nominal day that is shown yet."""
    grace_days: int
    week: WorkWeek | None = None
    moves: str = "after"
    """Where a day off sends it: to the work day `before` or `after`."""

    def planned(self, nominal_on: date) -> date:
        """The day to which a nominal day is moved; the days after it are counted from the nominal one."""
        return self.week.moved(nominal_on, self.moves) if self.week else nominal_on


class Occurrence(NamedTuple):
    """One planned contact: a customer, a plan line and a nominal day."""

    customer_id: int
    reason: str
    service: str
    due_on: date
    days_late: int
    late: bool
    missed: int
    channel: str
    minutes: int
    lateness: float
    """0 on the day, 1 when a whole interval has gone by."""
    series: Series | None = None
    """Where it comes again and again; a skip passes it on to the next of its days."""
    about: str = ""
    """What it is about, where the service alone does not say it."""
    planned_on: date | None = None
    """The day it was moved to, by a day off or by levelling; None where it is not planned but simply asked for."""
    plan_line_id: int | None = None


def in_series(occurrence: Occurrence, series: Series, due_on: date, day: date) -> Occurrence:
    """The occurrence with its nominal day `due_on`, seen from `day`.

    The first day not served stands for all that came after it; those that a later one overtook are missed.
    """
    come = days_reached(series.counted_from, series.every, day)
    before = days_reached(series.counted_from, series.every, due_on)
    planned_on = series.planned(due_on)
    days_late = max((day - max(due_on, planned_on)).days, 0)
    return occurrence._replace(
        due_on=due_on,
        planned_on=planned_on,
        days_late=days_late,
        late=days_late > series.grace_days,
        missed=max(come - before, 0),
        lateness=min(days_late / series.every.usual_days, 1.0),
        series=series,
    )


def after_skip(occurrence: Occurrence, through: date, day: date) -> Occurrence | None:
    """What is left of an occurrence whose days up to `through` are skipped, or None as long as nothing is."""
    series = occurrence.series
    if series is None or occurrence.due_on > through:
        return occurrence
    skipped = days_reached(series.counted_from, series.every, through)
    due_on = nth_day(series.counted_from, series.every, skipped + 1)
    return in_series(occurrence, series, due_on, day) if due_on <= series.until else None
