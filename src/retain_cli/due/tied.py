"""Occurrences that are tied to a day: a birthday, an anniversary, a holiday, so many days after a purchase.

Such a day comes whatever was done before. It shows its lead before it, and after its grace it lapses.
"""

from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.plan.lines import Line

ON_THE_LINE = """
    customer.id between :from_id and :to_id and (
        customer.id = :own
        or :own is null and coalesce(enrolment.grade, 'none') = :grade and not exists (
            select 1 from plan_line as own
            where own.customer_id = customer.id and own.service_id = :service and own.removed_on is null
        )
    )
"""
"""Whether a line is a customer's: their own, or their grade's unless they have one of their own for the service."""

SETTLING = """
    from visit
    where visit.customer_id = customer.id and visited_on between :settled_from and :settled_until
        and outcome <> 'not-reached'
        and (:settled_by = 'any visit' or exists (
            select 1 from visit_service
            where visit_service.visit_id = visit.id and visit_service.service_id = :service))
"""
"""The visits that settle the occurrence, between two days."""

NOT_SETTLED = f"not exists (select 1 {SETTLING})"
"""Whether nothing settled the occurrence."""

_LONGEST_MOVE = 14
"""Days; no run of days off is longer."""


class Celebrating(NamedTuple):
    """A customer who has the day, and what it is called where it has a name."""

    customer_id: int
    about: str


class Window(NamedTuple):
    """The nominal days of a line that may show on the days that are asked about."""

    first: date
    last: date


def window(asked: Asked, line: Line) -> Window:
    """From the first day that has not lapsed yet to the last that shows already."""
    first = asked.day - timedelta(days=line.grace_days + (_LONGEST_MOVE if line.moves == "after" else 0))
    return Window(first, asked.week.latest_nominal(asked.last + timedelta(days=line.lead_days), line.moves))


def parameters(asked: Asked, line: Line, nominal_on: date, settled_from: date | None = None) -> dict[str, object]:
    """What `ON_THE_LINE` and `NOT_SETTLED` have to be told about one nominal day of a line.

    From its lead on, or the day it was moved to if that is earlier, a visit settles it; until its grace is over.
    """
    planned_on = asked.week.moved(nominal_on, line.moves)
    begins = settled_from or min(nominal_on, planned_on) - timedelta(days=line.lead_days)
    ids = {"from_id": line.customer_id, "to_id": line.customer_id} if line.customer_id else asked.only()
    return {
        **ids,
        "own": line.customer_id,
        "grade": line.grade,
        "service": line.service_id,
        "settled_by": line.settled_by,
        "settled_from": begins.isoformat(),
        "settled_until": _lapses(line, nominal_on, planned_on).isoformat(),
    }


def occurrence(
    asked: Asked, line: Line, reason: str, customer: int, nominal_on: date, about: str = ""
) -> Occurrence | None:
    """The occurrence on that nominal day, or None where it has lapsed."""
    planned_on = asked.week.moved(nominal_on, line.moves)
    if _lapses(line, nominal_on, planned_on) < asked.day:
        return None
    return Occurrence(
        customer,
        reason,
        line.service,
        nominal_on,
        max((asked.day - max(nominal_on, planned_on)).days, 0),
        False,
        0,
        line.channel,
        line.minutes,
        0.0,
        about=about,
        planned_on=planned_on,
        plan_line_id=line.id,
    )


def _lapses(line: Line, nominal_on: date, planned_on: date) -> date:
    return max(nominal_on, planned_on) + timedelta(days=line.grace_days)
