"""Their birthday is coming up, or is today."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.lunar import LunarBirthday, birthdays_between
from retain_cli.dates.yearly import YearlyDay, yearly_days_between
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.plan.lines import Line
from retain_cli.store.question import Question

NAME = "birthday"
WEIGHT = 0.8


class _Celebrating(NamedTuple):
    customer_id: int
    do_not_contact: int


_ASKED = """
    select customer.id, do_not_contact from customer join enrolment on enrolment.customer_id = customer.id
    where birth_month = :month and birth_day = :day and {calendar}
        and grade = :grade and customer.id between :from_id and :to_id
        and not exists (
            select 1 from visit
            where visit.customer_id = customer.id and visited_on between :settled_from and :settled_until
                and outcome <> 'not-reached'
                and (:settled_by = 'any visit' or exists (
                    select 1 from visit_service
                    where visit_service.visit_id = visit.id and visit_service.service_id = :service))
        )
"""
_SOLAR = Question(_ASKED.format(calendar="coalesce(birth_calendar, 'solar') = 'solar'"), _Celebrating)
_LUNAR = Question(
    _ASKED.format(calendar="birth_calendar = 'lunar' and coalesce(birth_leap_month, false) = :leap_month"),
    _Celebrating,
)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Birthdays within their lead and grace that nothing settled; after the grace a wish lapses."""
    for line in asked.plan:
        if line.anchor == "birthday":
            yield from _of_line(asked, line)


def _of_line(asked: Asked, line: Line) -> Iterator[Occurrence]:
    first = asked.day - timedelta(days=line.grace_days)
    last = asked.last + timedelta(days=line.lead_days)
    on_1_march = bool(asked.policy.leap_day_on_1_march)
    for yearly in yearly_days_between(first, last, leap_day_on_1_march=on_1_march):
        yield from _on_day(asked, line, yearly, _SOLAR)
    for kept in birthdays_between(first, last):
        yield from _on_day(asked, line, kept, _LUNAR, leap_month=kept.leap_month)


def _on_day(
    asked: Asked, line: Line, yearly: YearlyDay | LunarBirthday, question: Question[_Celebrating], **more: bool
) -> Iterator[Occurrence]:
    rows = asked.store.ask(
        question,
        month=yearly.month,
        day=yearly.day,
        **more,
        grade=line.grade,
        settled_from=(yearly.falls_on - timedelta(days=line.lead_days)).isoformat(),
        settled_until=(yearly.falls_on + timedelta(days=line.grace_days)).isoformat(),
        settled_by=line.settled_by,
        service=line.service_id,
        **asked.only(),
    )
    for row in rows:
        yield _occurrence(row, yearly.falls_on, line, asked.day)


def _occurrence(row: _Celebrating, due_on: date, line: Line, day: date) -> Occurrence:
    return Occurrence(
        row.customer_id,
        NAME,
        line.service,
        due_on,
        max((day - due_on).days, 0),
        False,
        0,
        line.channel,
        line.minutes,
        0.0,
        bool(row.do_not_contact),
    )
