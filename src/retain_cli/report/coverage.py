"""Every planned occurrence of a period, with the customer and what became of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from retain_cli.dates.lunar import LunarBirthday, birthdays_between
from retain_cli.dates.recurrence import interval
from retain_cli.dates.yearly import YearlyDay, yearly_days_between
from retain_cli.plan.lines import Line, first_day, read_plan
from retain_cli.report.section import Asked
from retain_cli.report.served import Clock, occurrences, yearly_state
from retain_cli.store.question import Question, RowT


class Planned(NamedTuple):
    """One occurrence of one customer; `suppressed` where the customer asked not to be contacted."""

    line: Line
    customer_id: int
    customer: str
    nominal_on: date
    state: str


class _Rendered(NamedTuple):
    clock_id: int
    customer_id: int
    name: str
    do_not_contact: int
    since_on: date
    until_on: date | None
    first_on: date
    visited_on: date | None


class _Waiting(NamedTuple):
    customer_id: int
    name: str
    do_not_contact: int
    since_on: date
    first_on: date
    phase: int


class _Celebrating(NamedTuple):
    customer_id: int
    name: str
    do_not_contact: int
    visited_on: date | None


# A row for every day the service was rendered to a customer on the line, or one without a day.
_CLOCKS = """
    select clock.id, clock.customer_id, customer.name, do_not_contact, since_on, until_on, first_on, visited_on
    from clock
        join customer on customer.id = clock.customer_id
        left join {visits} on done.customer_id = clock.customer_id
    where plan_line_id = :line and since_on <= :last and (until_on is null or until_on > :first)
    order by clock.id, visited_on
"""
_ANY_VISIT = "(select customer_id, visited_on from visit where outcome <> 'not-reached') as done"
_OF_SERVICE = """(
    select customer_id, visited_on from visit join visit_service on visit_service.visit_id = visit.id
    where service_id = :service and outcome <> 'not-reached'
) as done"""
_BY_ANY_VISIT = Question(_CLOCKS.format(visits=_ANY_VISIT), _Rendered)
_BY_SERVICE = Question(_CLOCKS.format(visits=_OF_SERVICE), _Rendered)
_WAITING = Question(
    """
    select customer.id, name, do_not_contact, since_on, first_on, phase
    from enrolment join customer on customer.id = enrolment.customer_id
    where waits = 1 and grade = :grade and first_on <= :last
    """,
    _Waiting,
)
# By the grade they had on the day, so that a later change of grade does not rewrite what was planned.
_BIRTHDAYS = """
    select customer.id, customer.name, do_not_contact, visited_on
    from customer left join {visits} on done.customer_id = customer.id
        and visited_on between :from_day and :until_day
    where birth_month = :month and birth_day = :day and {calendar} and (
        exists (
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
    plan = read_plan(asked.store)
    for line in plan:
        if line.anchor == "birthday":
            yield from _birthdays(asked, line)
        elif line.runs:
            yield from _clocks(asked, line)
            if line.anchor == "last-done" and line.customer_id is None:
                yield from _never_visited(asked, plan, line)


def _clocks(asked: Asked, line: Line) -> Iterator[Planned]:
    step = interval(line.every)
    question, service = _visits_of(line, _BY_ANY_VISIT, _BY_SERVICE)
    rows = asked.store.stream(question, line=line.id, **service, **asked.days)
    for _, group in groupby(rows, key=lambda row: row.clock_id):
        days = list(group)
        head = days[0]
        clock = Clock(head.since_on, head.until_on, head.first_on, step, line.grace_days)
        rendered = [row.visited_on for row in days if row.visited_on]
        for served in occurrences(clock, rendered, asked.last, asked.today):
            if served.nominal_on >= asked.first:
                state = "suppressed" if head.do_not_contact else served.state
                yield Planned(line, head.customer_id, head.name, served.nominal_on, state)


def _never_visited(asked: Asked, plan: list[Line], line: Line) -> Iterator[Planned]:
    """Customers without a clock: whom nobody visited since they came onto the plan, nor before."""
    for row in asked.store.stream(_WAITING, grade=line.grade, last=asked.last.isoformat()):
        begins = first_day(plan, line, row.first_on, row.phase)
        clock = Clock(row.since_on, None, begins, line.interval, line.grace_days)
        for served in occurrences(clock, (), asked.last, asked.today):
            if served.nominal_on >= asked.first:
                state = "suppressed" if row.do_not_contact else served.state
                yield Planned(line, row.customer_id, row.name, served.nominal_on, state)


def _birthdays(asked: Asked, line: Line) -> Iterator[Planned]:
    question, service = _visits_of(line, _BIRTHDAYS_BY_ANY_VISIT, _BIRTHDAYS_BY_SERVICE)
    leap_day_on_1_march = bool(asked.policy.leap_day_on_1_march)
    for yearly in yearly_days_between(asked.first, asked.last, leap_day_on_1_march=leap_day_on_1_march):
        yield from _on_day(asked, line, yearly, question, **service)
    question, service = _visits_of(line, _LUNAR_BY_ANY_VISIT, _LUNAR_BY_SERVICE)
    for kept in birthdays_between(asked.first, asked.last):
        yield from _on_day(asked, line, kept, question, leap_month=kept.leap_month, **service)


def _on_day(
    asked: Asked, line: Line, yearly: YearlyDay | LunarBirthday, question: Question[_Celebrating], **more: int
) -> Iterator[Planned]:
    rows = asked.store.ask(
        question,
        month=yearly.month,
        day=yearly.day,
        grade=line.grade,
        falls_on=yearly.falls_on.isoformat(),
        from_day=(yearly.falls_on - timedelta(days=line.lead_days)).isoformat(),
        until_day=(yearly.falls_on + timedelta(days=line.grace_days)).isoformat(),
        **more,
    )
    for customer_id, group in groupby(rows, key=lambda row: row.customer_id):
        days = list(group)
        rendered = [row.visited_on for row in days if row.visited_on]
        state = yearly_state(rendered, yearly.falls_on, line.lead_days, line.grace_days, asked.today)
        state = "suppressed" if days[0].do_not_contact else state
        yield Planned(line, customer_id, days[0].name, yearly.falls_on, state)


def _visits_of(
    line: Line, any_visit: Question[RowT], by_service: Question[RowT]
) -> tuple[Question[RowT], dict[str, int]]:
    if line.settled_by == "any visit":
        return any_visit, {}
    return by_service, {"service": line.service_id}
