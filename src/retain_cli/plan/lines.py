"""The lines of the plan, as they are read everywhere."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from retain_cli.dates.recurrence import Interval, interval, nth_day
from retain_cli.model.grade import NONE_YET
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Line(NamedTuple):
    """A grade, or one customer, gets one service: how often, counted from what, and how it is settled."""

    id: int
    grade: str | None
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
    moves: str = "after"
    """Whether a day off sends it to the work day `before` or `after`."""
    anchor_of: str = ""
    """The category, the name of the anniversary or of the holiday; empty for any."""
    after: str | None = None
    since_on: date | None = None
    customer_id: int | None = None
    removed_on: date | None = None
    """Since when it is no part of the plan."""

    @property
    def interval(self) -> Interval:
        """The step between two days of the line."""
        return interval(self.every)

    @property
    def runs(self) -> bool:
        """Whether it is counted from the last time or from a purchase, again and again; such lines have clocks."""
        return self.anchor == "last-done" or (self.anchor == "purchase" and self.every != "once")

    @property
    def first_interval(self) -> Interval:
        """From a purchase to the first day."""
        return interval(self.after or self.every)

    @property
    def settled_early(self) -> int:
        """How many days before its day the service settles an occurrence: its lead, or its grace if that is longer.

        For days that the calendar sets, whatever was done before.
        """
        return max(self.lead_days, self.grace_days)


_LINES = """
    select plan_line.id, grade, service_id, service.name, settled_by, anchor, every, lead_days, grace_days,
        plan_line.channel, coalesce(plan_line.cost, service.cost), coalesce(plan_line.minutes, service.minutes),
        moves, anchor_of, after, since_on, plan_line.customer_id, coalesce(removed_on, service.retired_on)
    from plan_line join service on service.id = plan_line.service_id
    where every <> 'never' and {whose}
    order by grade, service.id, anchor_of, customer_id
"""
_STANDS = "removed_on is null and service.retired_on is null"
_EVERY_LINE = Question(_LINES.format(whose=_STANDS), Line)
_LINES_FOR = Question(_LINES.format(whose=f"{_STANDS} and (customer_id is null or customer_id = :customer)"), Line)
_LINES_EVER = Question(_LINES.format(whose="1 = 1"), Line)


class _Own(NamedTuple):
    customer_id: int
    service_id: int


_OWN_LINES = "select customer_id, service_id from plan_line where removed_on is null and customer_id "
_OWN = Question(_OWN_LINES + "is not null", _Own)
_OWN_OF = Question(_OWN_LINES + "= :customer", _Own)


def read_plan(store: Store, customer: int | None = None) -> list[Line]:
    """Every line of the plan, by grade and service, the customers' own too; or those one customer can be on."""
    return store.ask(_EVERY_LINE) if customer is None else store.ask(_LINES_FOR, customer=customer)


def lines_ever(store: Store) -> list[Line]:
    """Every line that is or was part of the plan."""
    return store.ask(_LINES_EVER)


def own_services(store: Store, customer: int | None = None) -> dict[int, set[int]]:
    """For customers with a plan of their own: the services in which their grade's plan does not count."""
    found: dict[int, set[int]] = {}
    for own in store.ask(_OWN) if customer is None else store.ask(_OWN_OF, customer=customer):
        found.setdefault(own.customer_id, set()).add(own.service_id)
    return found


def lines_of(plan: list[Line], own: Mapping[int, Collection[int]], customer: int, grade: str | None) -> list[Line]:
    """The lines a customer is on: their own, and their grade's for every other service."""
    theirs = own.get(customer, ())
    return [
        line
        for line in plan
        if line.customer_id == customer
        or (line.customer_id is None and line.grade == (grade or NONE_YET) and line.service_id not in theirs)
    ]


def grade_interval(plan: list[Line], grade: str | None) -> Interval:
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
