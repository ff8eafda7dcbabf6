"""What was planned for a day of the calendar, or so long after a purchase; missed once its grace is over.

Which customers had a grade's line on a day is asked as of that day, so that a later change of grade does not
rewrite what was planned.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.lunar import birthdays_between
from retain_cli.dates.recurrence import latest_anchor, nth_day
from retain_cli.dates.weekday_rule import rules_on
from retain_cli.dates.work_days import WorkWeek
from retain_cli.dates.yearly import yearly_days_between
from retain_cli.due.tied import SETTLING
from retain_cli.plan.days_off import holiday_days, work_days
from retain_cli.plan.lines import Line
from retain_cli.report.scope import About
from retain_cli.report.section import Asked


class Tied(NamedTuple):
    """One occurrence: on time, missed or open; and who rendered it, where that was noted."""

    customer_id: int
    name: str
    owner_id: int | None
    do_not_contact: int
    nominal_on: date
    state: str
    served_by: str | None


class _Found(NamedTuple):
    customer_id: int
    name: str
    owner_id: int | None
    do_not_contact: int
    served_by: str | None
    """Who came first; empty where nobody noted it, and None where nobody came."""


_HAD_THE_LINE = """(
    customer.id = :own or :own is null and not exists (
        select 1 from plan_line as own
        where own.customer_id = customer.id and own.service_id = :service and own.removed_on is null
    ) and (
        exists (
            select 1 from enrolment
            where enrolment.customer_id = customer.id and enrolment.grade = :grade and since_on <= :falls_on
        ) or exists (
            select 1 from past_enrolment as past
            where past.customer_id = customer.id and past.grade = :grade
                and past.since_on <= :falls_on and past.until_on > :falls_on
        ) or :grade = 'none' and not exists (
            select 1 from enrolment where enrolment.customer_id = customer.id and since_on <= :falls_on
        ) and not exists (
            select 1 from past_enrolment as past
            where past.customer_id = customer.id and past.since_on <= :falls_on and past.until_on > :falls_on
        )
    )
)"""
_ASKED = (
    "select customer.id, customer.name, owner_id, do_not_contact,"
    f" (select coalesce(staff, '') {SETTLING} order by visited_on, visit.id limit 1)"
    " from {who} where {when} and "
    f"{_HAD_THE_LINE} and {{{{among customer.id}}}}"
)
_OWN_DAY = "customer_day join customer on customer.id = customer_day.customer_id"
_NAMED = "(:name = '' or customer_day.name = :name)"
_SOLAR = "month = :month and day = :day and calendar = 'solar'"
_LUNAR = "month = :month and day = :day and calendar = 'lunar' and leap_month = :leap_month"
_BIRTHDAYS = (
    About(
        _ASKED.format(
            who="customer",
            when="birth_month = :month and birth_day = :day and coalesce(birth_calendar, 'solar') = 'solar'",
        ),
        _Found,
    ),
    About(
        _ASKED.format(
            who="customer",
            when="birth_month = :month and birth_day = :day and birth_calendar = 'lunar'"
            " and coalesce(birth_leap_month, false) = :leap_month",
        ),
        _Found,
    ),
)
_ANNIVERSARIES = (
    About(_ASKED.format(who=_OWN_DAY, when=f"{_SOLAR} and {_NAMED}"), _Found),
    About(_ASKED.format(who=_OWN_DAY, when=f"{_LUNAR} and {_NAMED}"), _Found),
)
_BY_RULE = About(_ASKED.format(who=_OWN_DAY, when=f"rule = :rule and {_NAMED}"), _Found)
_HOLIDAY = About(_ASKED.format(who="customer", when="1 = 1"), _Found)
_BOUGHT = About(
    _ASKED.format(
        who="""(
            select distinct customer_id from purchase
            where bought_on = :bought_on and amount > 0 and (:name = '' or category = :name)
        ) as bought join customer on customer.id = bought.customer_id""",
        when="1 = 1",
    ),
    _Found,
)


class _On(NamedTuple):
    """A question about everybody whose day falls on one, with its parameters."""

    falls_on: date
    question: About[_Found]
    parameters: dict[str, object]
    settled_from: date | None = None


def tied_occurrences(asked: Asked, line: Line) -> Iterator[Tied]:
    """The occurrences of a line with a day of the calendar in the period, and after the line was planned."""
    first = max(asked.first, line.since_on or asked.first)
    last = min(asked.last, line.removed_on - timedelta(days=1)) if line.removed_on else asked.last
    if first > last:
        return
    week = work_days(asked.store, asked.policy, first, last + timedelta(days=31))
    covered: dict[int, date] = {}
    for one in _days(asked, line, first, last):
        begins, lapses = _window(line, week, one.falls_on)
        rows = asked.ask(
            one.question,
            **one.parameters,
            own=line.customer_id,
            grade=line.grade,
            service=line.service_id,
            settled_by=line.settled_by,
            falls_on=one.falls_on.isoformat(),
            settled_from=(one.settled_from or begins).isoformat(),
            settled_until=lapses.isoformat(),
        )
        for row in rows:
            if line.anchor == "purchase":
                # Several purchases within the grace are one thank-you: the first of them.
                if one.falls_on <= covered.get(row.customer_id, date.min):
                    continue
                covered[row.customer_id] = lapses
            missing = "open" if asked.today <= lapses else "missed"
            state = missing if row.served_by is None else "on time"
            yield Tied(*row[:4], one.falls_on, state, row.served_by or None)


def _window(line: Line, week: WorkWeek, nominal_on: date) -> tuple[date, date]:
    """From its lead on, or the earlier day it was moved to, a visit settles it, until its grace is over."""
    planned_on = week.moved(nominal_on, line.moves)
    begins = min(nominal_on, planned_on) - timedelta(days=line.lead_days)
    return begins, max(nominal_on, planned_on) + timedelta(days=line.grace_days)


def _days(asked: Asked, line: Line, first: date, last: date) -> Iterator[_On]:
    match line.anchor:
        case "birthday":
            yield from _yearly(asked, first, last, _BIRTHDAYS, {})
        case "anniversary":
            yield from _yearly(asked, first, last, _ANNIVERSARIES, {"name": line.anchor_of})
            day = first
            while day <= last:
                for rule in rules_on(day):
                    yield _On(day, _BY_RULE, {"rule": rule.key, "name": line.anchor_of})
                day += timedelta(days=1)
        case "holiday":
            for day in holiday_days(asked.store, asked.policy, line.anchor_of, first, last):
                yield _On(day, _HOLIDAY, {})
        case "purchase":
            yield from _after_purchases(line, first, last)


def _yearly(
    asked: Asked, first: date, last: date, questions: tuple[About[_Found], About[_Found]], named: dict[str, object]
) -> Iterator[_On]:
    on_1_march = bool(asked.policy.leap_day_on_1_march)
    for yearly in yearly_days_between(first, last, leap_day_on_1_march=on_1_march):
        yield _On(yearly.falls_on, questions[0], {"month": yearly.month, "day": yearly.day, **named})
    for kept in birthdays_between(first, last):
        told = {"month": kept.month, "day": kept.day, "leap_month": kept.leap_month, **named}
        yield _On(kept.falls_on, questions[1], told)


def _after_purchases(line: Line, first: date, last: date) -> Iterator[_On]:
    """Whoever was there on the day of the purchase sold something: that is no thank-you unless it says so."""
    step = line.first_interval
    bought_on = latest_anchor(step, first - timedelta(days=1)) + timedelta(days=1)
    until = latest_anchor(step, last)
    while bought_on <= until:
        nominal_on = nth_day(bought_on, step, 1)
        after_the_sale = bought_on + timedelta(days=line.settled_by == "any visit")
        settled_from = max(after_the_sale, nominal_on - timedelta(days=line.settled_early))
        yield _On(nominal_on, _BOUGHT, {"bought_on": bought_on.isoformat(), "name": line.anchor_of}, settled_from)
        bought_on += timedelta(days=1)
