"""The lines of the plan, as they are read everywhere."""

from typing import NamedTuple

from retain_cli.dates.recurrence import Interval, interval
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
