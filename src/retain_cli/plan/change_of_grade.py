"""Clocks when a grade changes: those of the old plan end, those of the new one begin, and who was due stays due."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from retain_cli.dates.recurrence import Interval, nth_day
from retain_cli.plan.clocks import WHO_WAITS, Waiting, add_clock, start
from retain_cli.plan.lines import first_day, lines_of, own_services, read_plan
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class WasDue(NamedTuple):
    """What was due to a customer, and since when."""

    customer_id: int
    service_id: int
    due_on: date


class _Stopping(NamedTuple):
    customer_id: int
    service_id: int
    plan_line_id: int
    since_on: date
    first_on: date
    last_on: date | None


_VISITED = Question(WHO_WAITS + " and customer_id in (select customer_id from joining)", Waiting, needs="joining")
_ANY_VISIT = Question("select 1 from visit limit 1", Number)
_ANY_OWN = Question("select 1 from plan_line where customer_id is not null and removed_on is null limit 1", Number)
_LEAVING = Question(
    """
    select enrolment.customer_id, grade, since_on, first_on, phase
    from leaving cross join enrolment where enrolment.customer_id = leaving.customer_id and waits = 1
    """,
    Waiting,
    needs="leaving",
)
# A customer's own plan stays theirs, whatever their grade.
_STOP = """
    update clock set until_on = :day where until_on is null and customer_id in (select customer_id from leaving)
        and plan_line_id in (select id from plan_line where customer_id is null)
"""
_CLOCK = "select clock.customer_id, clock.service_id, plan_line_id, clock.since_on, clock.first_on, last_on from "
_OVERDUE = Question(
    """
    select enrolment.customer_id, grade, since_on, enrolment.first_on, enrolment.phase
    from overdue cross join enrolment where enrolment.customer_id = overdue.customer_id and waits = 1
    """,
    Waiting,
    needs="overdue",
)
_STOPPING = Question(
    _CLOCK + "leaving cross join clock where clock.customer_id = leaving.customer_id and until_on is null",
    _Stopping,
    needs="leaving",
)
_RESTARTED = Question(
    _CLOCK
    + """
    clock join plan_line on plan_line.id = plan_line_id
    where clock.customer_id = :customer and clock.service_id = :service and until_on is null
        and clock.since_on = :day and anchor = 'last-done' and plan_line.customer_id is null
    """,
    _Stopping,
)
_BEGIN_ON = """
    update clock set first_on = :first
    where customer_id = :customer and plan_line_id = :line and until_on is null and first_on > :first
"""


def start_for_visited(store: Store) -> None:
    """Start clocks for everyone in the temporary table `joining` who was visited before."""
    if store.first(_ANY_VISIT) or store.first(_ANY_OWN):
        start(store, store.ask(_VISITED))


def stop(store: Store, day: date) -> list[WasDue]:
    """End the clocks of everyone in the temporary table `leaving`; what they waited for is kept as having ended.

    What was due to them on `day` already is handed back, for `stay_due`.
    """
    plan, own = read_plan(store), own_services(store)
    were_due = []
    for waiting in store.ask(_LEAVING):
        for line in lines_of(plan, own, waiting.customer_id, waiting.grade):
            if line.customer_id is None and line.anchor == "last-done":
                begins = first_day(plan, line, waiting.first_on, waiting.phase)
                add_clock(store, waiting, line, begins, None, until=day)
                if begins <= day:
                    were_due.append(WasDue(waiting.customer_id, line.service_id, begins))
    steps = {line.id: line.interval for line in plan if line.runs}
    for clock in store.ask(_STOPPING):
        if clock.plan_line_id in steps:
            due_on = _next_day(clock, steps[clock.plan_line_id])
            if due_on <= day:
                were_due.append(WasDue(clock.customer_id, clock.service_id, due_on))
    store.run(_STOP, {"day": day.isoformat()})
    return were_due


def start_for_overdue(store: Store) -> None:
    """Start clocks for everyone in the temporary table `overdue`, on whose list something stood before."""
    start(store, store.ask(_OVERDUE))


def stay_due(store: Store, were_due: Iterable[WasDue], day: date) -> None:
    """Whoever was due before the change of grade, and is due by the new one too, stays on the list."""
    steps = {line.id: line.interval for line in read_plan(store) if line.runs}
    for one in were_due:
        clock = store.first(_RESTARTED, customer=one.customer_id, service=one.service_id, day=day.isoformat())
        if clock is None:
            continue
        begins = nth_day(clock.last_on, steps[clock.plan_line_id], 1) if clock.last_on else one.due_on
        if begins <= day:
            first_on = max(begins, one.due_on).isoformat()
            store.run(_BEGIN_ON, {"first": first_on, "customer": one.customer_id, "line": clock.plan_line_id})


def _next_day(clock: _Stopping, step: Interval) -> date:
    """The first day a clock has that is not served."""
    if clock.last_on is None:
        return clock.first_on
    after_last = nth_day(clock.last_on, step, 1)
    return after_last if clock.last_on >= clock.since_on else max(after_last, clock.first_on)
