"""Every planned occurrence of a period, with the customer and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import NamedTuple

from retain_cli.dates.lunar import LunarBirthday, birthdays_between
from retain_cli.dates.recurrence import interval
from retain_cli.dates.yearly import YearlyDay, yearly_days_between
from retain_cli.plan.lines import Line, first_day, own_services, read_plan
from retain_cli.report.decided import Decisions
from retain_cli.report.section import Asked
from retain_cli.report.served import Clock, Served, occurrences, tied_to_a_day
from retain_cli.store.question import Question, RowT


class Planned(NamedTuple):
    """One occurrence of one customer, whose customer that is, and who rendered it where that was noted."""

    line: Line
    customer_id: int
    customer: str
    owner_id: int | None
    nominal_on: date
    state: str
    served_by: str | None


class _Rendered(NamedTuple):
    clock_id: int
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


class _Celebrating(NamedTuple):
    customer_id: int
    name: str
    owner_id: int | None
    do_not_contact: int
    visited_on: date | None
    staff: str | None


# A row for every day the service was rendered to a customer on the line, or one without a day.
_CLOCKS = """
    select clock.id, clock.customer_id, customer.name, owner_id, do_not_contact, since_on, until_on, first_on,
        visited_on, staff
    from clock
        join customer on customer.id = clock.customer_id
        left join {visits} on done.customer_id = clock.customer_id
    where plan_line_id = :line and since_on <= :last and (until_on is null or until_on > :first)
    order by clock.id, visited_on
"""
_ANY_VISIT = "(select customer_id, visited_on, staff from visit where outcome <> 'not-reached') as done"
_OF_SERVICE = """(
    select customer_id, visited_on, staff from visit join visit_service on visit_service.visit_id = visit.id
    where service_id = :service and outcome <> 'not-reached'
) as done"""
_BY_ANY_VISIT = Question(_CLOCKS.format(visits=_ANY_VISIT), _Rendered)
_BY_SERVICE = Question(_CLOCKS.format(visits=_OF_SERVICE), _Rendered)
_WAITING = Question(
    """
    select customer.id, name, owner_id, do_not_contact, since_on, first_on, phase
    from enrolment join customer on customer.id = enrolment.customer_id
    where waits = 1 and grade = :grade and first_on <= :last
    """,
    _Waiting,
)
# By the grade they had on the day, so that a later change of grade does not rewrite what was planned.
_BIRTHDAYS = """
    select customer.id, customer.name, owner_id, do_not_contact, visited_on, staff
    from customer left join {visits} on done.customer_id = customer.id
        and visited_on between :from_day and :until_day
    where birth_month = :month and birth_day = :day and {calendar} and (
        customer.id = :own or exists (
            select 1 from enrolment
            where enrolment.customer_id = customer.id and grade = :grade and since_on <= :falls_on
        ) or exists (
            select 1 from past_enrolment
            where past_enrolment.customer_id = customer.id and grade = :grade
                and since_on <= :falls_on and until_on > :falls_on
        )
    )
    order by customer.id, visited_on
"""
_SOLAR = "coalesce(birth_calendar, 'solar') = 'solar'"
_LUNAR = "birth_calendar = 'lunar' and coalesce(birth_leap_month, false) = :leap_month"
_BIRTHDAYS_BY_ANY_VISIT = Question(_BIRTHDAYS.format(visits=_ANY_VISIT, calendar=_SOLAR), _Celebrating)
_BIRTHDAYS_BY_SERVICE = Question(_BIRTHDAYS.format(visits=_OF_SERVICE, calendar=_SOLAR), _Celebrating)
_LUNAR_BY_ANY_VISIT = Question(_BIRTHDAYS.format(visits=_ANY_VISIT, calendar=_LUNAR), _Celebrating)
_LUNAR_BY_SERVICE = Question(_BIRTHDAYS.format(visits=_OF_SERVICE, calendar=_LUNAR), _Celebrating)


def planned(asked: Asked) -> Iterator[Planned]:
    """The occurrences with nominal days in the period, line by line."""
    plan, decisions = read_plan(asked.store), Decisions(asked)
    own = own_services(asked.store)
    for line in plan:
        if line.anchor == "birthday":
            yield from _birthdays(asked, decisions, line, own)
        elif line.runs:
            yield from _clocks(asked, decisions, line)
            if line.anchor == "last-done" and line.customer_id is None:
                yield from _never_visited(asked, decisions, plan, line)


def _clocks(asked: Asked, decisions: Decisions, line: Line) -> Iterator[Planned]:
    step = interval(line.every)
    question, service = _visits_of(line, _BY_ANY_VISIT, _BY_SERVICE)
    rows = asked.store.stream(question, line=line.id, **service, **asked.days)
    for _, group in groupby(rows, key=lambda row: row.clock_id):
        days = list(group)
        head = days[0]
        clock = Clock(head.since_on, head.until_on, head.first_on, step, line.grace_days)
        moved = partial(decisions.planned_on, line, head.customer_id)
        for served in occurrences(clock, _rendered(days), asked.last, asked.today, moved):
            # Who was overdue when their grade changed stays so; that day was planned by the grade before.
            if served.nominal_on >= max(asked.first, head.since_on):
                yield _planned(decisions, line, head, served, days)


def _never_visited(asked: Asked, decisions: Decisions, plan: list[Line], line: Line) -> Iterator[Planned]:
    """Customers without a clock: whom nobody visited since they came onto the plan, nor before."""
    for row in asked.store.stream(_WAITING, grade=line.grade, last=asked.last.isoformat()):
        begins = first_day(plan, line, row.first_on, row.phase)
        clock = Clock(row.since_on, None, begins, line.interval, line.grace_days)
        moved = partial(decisions.planned_on, line, row.customer_id)
        for served in occurrences(clock, (), asked.last, asked.today, moved):
            if served.nominal_on >= max(asked.first, row.since_on):
                yield _planned(decisions, line, row, served, ())


def _rendered(rows: Sequence[_Rendered | _Celebrating]) -> list[date]:
    return [row.visited_on for row in rows if row.visited_on]


def _planned(
    decisions: Decisions,
    line: Line,
    who: _Rendered | _Waiting | _Celebrating,
    served: Served,
    rows: Sequence[_Rendered | _Celebrating],
) -> Planned:
    state = decisions.state(line, who.customer_id, served.nominal_on, served.state)
    # Since when the shop's own data says so is not known.
    state = "suppressed" if who.do_not_contact else state
    by = next((row.staff for row in rows if row.visited_on == served.served_on and row.staff), None)
    is_served = state in ("on time", "late")
    return Planned(
        line, who.customer_id, who.name, who.owner_id, served.nominal_on, state, by if is_served else None
    )


def _birthdays(asked: Asked, decisions: Decisions, line: Line, own: Mapping[int, set[int]]) -> Iterator[Planned]:
    question, service = _visits_of(line, _BIRTHDAYS_BY_ANY_VISIT, _BIRTHDAYS_BY_SERVICE)
    leap_day_on_1_march = bool(asked.policy.leap_day_on_1_march)
    for yearly in yearly_days_between(asked.first, asked.last, leap_day_on_1_march=leap_day_on_1_march):
        yield from _on_day(asked, decisions, line, own, yearly, question, **service)
    question, service = _visits_of(line, _LUNAR_BY_ANY_VISIT, _LUNAR_BY_SERVICE)
    for kept in birthdays_between(asked.first, asked.last):
        yield from _on_day(asked, decisions, line, own, kept, question, leap_month=kept.leap_month, **service)


def _on_day(
    asked: Asked,
    decisions: Decisions,
    line: Line,
    own: Mapping[int, set[int]],
    yearly: YearlyDay | LunarBirthday,
    question: Question[_Celebrating],
    **more: int,
) -> Iterator[Planned]:
    falls_on = yearly.falls_on
    moved = decisions.planned_on(line, 0, falls_on)
    begins = min(falls_on, moved) - timedelta(days=line.lead_days)
    lapses = max(falls_on, moved) + timedelta(days=line.grace_days)
    rows = asked.store.ask(
        question,
        month=yearly.month,
        day=yearly.day,
        grade=line.grade,
        own=line.customer_id,
        falls_on=falls_on.isoformat(),
        from_day=begins.isoformat(),
        until_day=lapses.isoformat(),
        **more,
    )
    for customer_id, group in groupby(rows, key=lambda row: row.customer_id):
        if line.customer_id is None and line.service_id in own.get(customer_id, ()):
            continue
        days = list(group)
        served = tied_to_a_day(_rendered(days), falls_on, begins, lapses, asked.today)
        yield _planned(decisions, line, days[0], served, days)


def _visits_of(
    line: Line, any_visit: Question[RowT], by_service: Question[RowT]
) -> tuple[Question[RowT], dict[str, int]]:
    if line.settled_by == "any visit":
        return any_visit, {}
    return by_service, {"service": line.service_id}
