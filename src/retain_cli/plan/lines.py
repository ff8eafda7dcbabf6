"""The lines of the plan, as they are read everywhere."""

from datetime import date
from typing import NamedTuple

from retain_cli.dates.recurrence import Interval, interval, nth_day
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Line(NamedTuple):
    """One grade gets one service: how often, counted from what, and how it is settled."""

    id: int
    grade: str
    service_id: int
    service: str
    settled_by: str
    anchor: str
    every: str
    lead_days: int
    grace_days: int
    channel: str
    cost: int
    minutes: int

    @property
    def interval(self) -> Interval:
        """The step between two days of the line."""
        return interval(self.every)


_LINES = Question(
    """
    select plan_line.id, grade, service_id, service.name, settled_by, anchor, every, lead_days, grace_days, channel,
        cost, minutes
    from plan_line join service on service.id = plan_line.service_id
    order by grade, service.id
    """,
    Line,
)


def read_plan(store: Store) -> list[Line]:
    """Every line of the plan, by grade and service."""
    return store.ask(_LINES)


def grade_interval(plan: list[Line], grade: str) -> Interval:
    """One interval of a grade: its most frequent service that is counted from the last time."""
    steps = [line.interval for line in plan if line.grade == grade and line.anchor == "last-done"]
    return min(steps, key=lambda step: step.usual_days, default=Interval(months=12))


def first_day(plan: list[Line], line: Line, first_on: date, phase: int) -> date:
    """The first day of a service for a customer whose first contact is on `first_on`.

    A service that is rarer than the visits joins one of the visits within its first interval, so that it needs no
    trip of its own; the phase spreads the customers evenly over them.
    """
    step = grade_interval(plan, line.grade)
    visits = max(round(line.interval.usual_days / step.usual_days), 1)
    return nth_day(first_on, step, phase % visits)
