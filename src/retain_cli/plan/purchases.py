"""Clocks that begin with a purchase: maintenance so many months after the customer bought from a category.

Counted from the first such purchase until the service is rendered, and from the last time from then on. Days
before the line was made were planned by nobody, and are left out. Kept true by whoever imports purchases or changes
a plan.
"""

from datetime import date
from typing import NamedTuple

from retain_cli.dates.recurrence import days_reached, nth_day
from retain_cli.plan.lines import Line, read_plan
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class _Bought(NamedTuple):
    customer_id: int
    joined_on: date
    bought_on: date
    clock_id: int | None
    first_on: date | None


class _Rendered(NamedTuple):
    last_on: date | None


_FIRST_PURCHASES = """
    select purchase.customer_id, {joined}, min(purchase.bought_on), clock.id, clock.first_on
    from {customers} join purchase on purchase.customer_id = {customer}
        left join clock on clock.customer_id = {customer} and plan_line_id = :line and until_on is null
    where (:of = '' or category = :of) and purchase.amount > 0 and {whose}
    group by purchase.customer_id, clock.id
"""
_OF_GRADE = Question(
    _FIRST_PURCHASES.format(
        joined="enrolment.since_on",
        customers="enrolment",
        customer="enrolment.customer_id",
        whose="""enrolment.grade = :grade and not exists (
            select 1 from plan_line
            where plan_line.customer_id = enrolment.customer_id and plan_line.service_id = :service
                and removed_on is null
        )""",
    ),
    _Bought,
)
_OF_ONE = Question(
    _FIRST_PURCHASES.format(
        joined="created_on", customers="customer", customer="customer.id", whose="customer.id = :customer"
    ),
    _Bought,
)
_LAST = Question(
    """
    select max(visited_on) from visit join visit_service on visit_service.visit_id = visit.id
    where visit.customer_id = :customer and service_id = :service and outcome <> 'not-reached'
    """,
    _Rendered,
)
_INSERT = """
    insert into clock (customer_id, service_id, plan_line_id, since_on, until_on, first_on, last_on)
    values (?, ?, ?, ?, null, ?, ?)
"""
# The purchase it began with was taken back.
_NEVER_BOUGHT = """
    delete from clock where plan_line_id = :line and until_on is null and not exists (
        select 1 from purchase
        where purchase.customer_id = clock.customer_id and (:of = '' or category = :of) and purchase.amount > 0
    )
"""
_STOP_ELSEWHERE = """
    update clock set until_on = :day
    where plan_line_id = :line and until_on is null and exists (
        select 1 from plan_line as own
        where own.customer_id = clock.customer_id and own.service_id = :service and own.id <> :line
            and removed_on is null
    )
"""


def follow_purchases(store: Store, day: date) -> None:
    """Set every clock that begins with a purchase by the purchases there are on `day`."""
    for line in read_plan(store):
        if line.anchor == "purchase" and line.runs:
            store.run(_STOP_ELSEWHERE, {"day": day.isoformat(), "line": line.id, "service": line.service_id})
            store.run(_NEVER_BOUGHT, {"line": line.id, "of": line.anchor_of})
            for row in _bought(store, line):
                _set(store, line, row)


def _bought(store: Store, line: Line) -> list[_Bought]:
    about: dict[str, object] = {"line": line.id, "of": line.anchor_of}
    if line.customer_id is not None:
        return store.ask(_OF_ONE, customer=line.customer_id, **about)
    return store.ask(_OF_GRADE, grade=line.grade, service=line.service_id, **about)


def _set(store: Store, line: Line, row: _Bought) -> None:
    planned_from = max(line.since_on or row.joined_on, row.joined_on)
    first_on = first_planned(line, row.bought_on, planned_from)
    if row.clock_id is None:
        rendered = store.first(_LAST, customer=row.customer_id, service=line.service_id)
        last_on = rendered.last_on.isoformat() if rendered and rendered.last_on else None
        days = (planned_from.isoformat(), first_on.isoformat(), last_on)
        store.run(_INSERT, (row.customer_id, line.service_id, line.id, *days))
    elif row.first_on != first_on:
        store.run("update clock set first_on = ? where id = ?", (first_on.isoformat(), row.clock_id))


def first_planned(line: Line, bought_on: date, planned_from: date) -> date:
    """The first day of the line's series from a purchase that is not before `planned_from`."""
    begins = nth_day(bought_on, line.first_interval, 1)
    if begins >= planned_from:
        return begins
    reached = days_reached(begins, line.interval, planned_from)
    day = nth_day(begins, line.interval, reached)
    return day if day >= planned_from else nth_day(begins, line.interval, reached + 1)
