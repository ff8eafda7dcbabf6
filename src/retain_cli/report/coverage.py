"""Every planned occurrence of a period, with the customer and what became of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import NamedTuple

from retain_cli.plan.lines import Line, first_day, lines_ever, read_plan
from retain_cli.report.left_out import LeftOut
from retain_cli.report.scope import About
from retain_cli.report.section import Asked
from retain_cli.report.served import Clock, occurrences
from retain_cli.report.tied import tied_occurrences


class Planned(NamedTuple):
    """One occurrence of one customer: on time, late, missed, open, skipped or suppressed.

    Whose customer that is, and who rendered it where that was noted.
    """

    line: Line
    customer_id: int
    customer: str
    owner_id: int | None
    nominal_on: date
    state: str
    served_by: str | None


class _Rendered(NamedTuple):
    clock_id: int
    line_id: int
    customer_id: int
    name: str
    owner_id: int | None
    do_not_contact: int
    since_on: date
    until_on: date | None
    first_on: date
    visited_on: date | None
    staff: str | None


class _Waiting(NamedTuple):
    customer_id: int
    name: str
    owner_id: int | None
    do_not_contact: int
    since_on: date
    first_on: date
    phase: int


# A row for every day the service was rendered to a customer on the line, or one without a day.
_CLOCKS = """
    select clock.id, plan_line_id, clock.customer_id, customer.name, owner_id, do_not_contact, since_on, until_on,
        first_on, visited_on, staff
    from clock join customer on customer.id = clock.customer_id left join {done}
    where {settled} and since_on <= :last and (until_on is null or until_on > :first)
        and {{among clock.customer_id}}
    order by clock.id, visited_on
"""
_BY_ANY_VISIT = About(
    _CLOCKS.format(
        done="visit on visit.customer_id = clock.customer_id and outcome <> 'not-reached'",
        settled="clock.service_id in (select id from service where settled_by = 'any visit')",
    ),
    _Rendered,
)
_BY_SERVICE = About(
    _CLOCKS.format(
        done="""(
            select visit.customer_id, visited_on, staff, service_id
            from visit_service join visit on visit.id = visit_service.visit_id where outcome <> 'not-reached'
        ) as done on done.customer_id = clock.customer_id and done.service_id = clock.service_id""",
        settled="clock.service_id in (select id from service where settled_by <> 'any visit')",
    ),
    _Rendered,
)
_WAITING = About(
    """
    select customer.id, name, owner_id, do_not_contact, since_on, first_on, phase
    from enrolment join customer on customer.id = enrolment.customer_id
    where waits = 1 and grade = :grade and first_on <= :last and {among customer.id}
    """,
    _Waiting,
)


def planned(asked: Asked) -> Iterator[Planned]:
    """The occurrences with nominal days in the period; also of lines that were part of the plan then."""
    lines = lines_ever(asked.store)
    left_out = LeftOut(asked, lines)
    running = {line.id: line for line in lines if line.runs}
    for question in (_BY_ANY_VISIT, _BY_SERVICE):
        yield from _clocks(asked, running, left_out, question)
    plan = read_plan(asked.store)
    for line in lines:
        if line.runs and line.anchor == "last-done" and line.customer_id is None:
            yield from _never_visited(asked, plan, line, left_out)
        elif not line.runs:
            for one in tied_occurrences(asked, line):
                state = left_out.state(line, one.customer_id, one.do_not_contact, one.nominal_on, one.state)
                yield Planned(line, one.customer_id, one.name, one.owner_id, one.nominal_on, state, one.served_by)


def _clocks(
    asked: Asked, lines: dict[int, Line], left_out: LeftOut, question: About[_Rendered]
) -> Iterator[Planned]:
    for _, group in groupby(asked.ask(question), key=lambda row: row.clock_id):
        days = list(group)
        head = days[0]
        line = lines.get(head.line_id)
        if line is None:
            continue
        clock = Clock(head.since_on, head.until_on, head.first_on, line.interval, line.grace_days)
        yield from _outcomes(asked, line, head, left_out, clock, days)


def _never_visited(asked: Asked, plan: list[Line], line: Line, left_out: LeftOut) -> Iterator[Planned]:
    """Customers without a clock: whom nobody visited since they came onto the plan, nor before."""
    for row in asked.ask(_WAITING, grade=line.grade):
        begins = first_day(plan, line, row.first_on, row.phase)
        since = max(row.since_on, line.since_on or row.since_on)
        clock = Clock(since, line.removed_on, begins, line.interval, line.grace_days)
        yield from _outcomes(asked, line, row._replace(since_on=since), left_out, clock, ())


def _outcomes(
    asked: Asked,
    line: Line,
    who: _Rendered | _Waiting,
    left_out: LeftOut,
    clock: Clock,
    days: Sequence[_Rendered],
) -> Iterator[Planned]:
    """Those in the period; what was due before a customer came onto the line was planned by another one."""
    first = max(asked.first, who.since_on)
    rendered = [row.visited_on for row in days if row.visited_on]
    moved = partial(left_out.planned_on, line, who.customer_id)
    for served in occurrences(clock, rendered, asked.last, asked.today, moved):
        if served.nominal_on < first:
            continue
        state = left_out.state(line, who.customer_id, who.do_not_contact, served.nominal_on, served.state)
        by = _server(days, served.served_on) if state in ("on time", "late") else None
        yield Planned(line, who.customer_id, who.name, who.owner_id, served.nominal_on, state, by)


def _server(days: Sequence[_Rendered], served_on: date | None) -> str | None:
    return next((row.staff for row in days if row.visited_on == served_on and row.staff), None)
