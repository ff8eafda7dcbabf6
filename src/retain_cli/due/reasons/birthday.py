"""Their birthday is coming up, or is today."""

from collections.abc import Iterator

from retain_cli.dates.lunar import birthdays_between
from retain_cli.dates.yearly import yearly_days_between
from retain_cli.due import tied
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.plan.lines import Line
from retain_cli.store.question import Question

NAME = "birthday"
WEIGHT = 0.8

_ASKED = f"""
    select customer.id, '' from customer left join enrolment on enrolment.customer_id = customer.id
    where birth_month = :month and birth_day = :day and {{calendar}} and {tied.ON_THE_LINE} and {tied.NOT_SETTLED}
"""
_SOLAR = Question(_ASKED.format(calendar="coalesce(birth_calendar, 'solar') = 'solar'"), tied.Celebrating)
_LUNAR = Question(
    _ASKED.format(calendar="birth_calendar = 'lunar' and coalesce(birth_leap_month, false) = :leap_month"),
    tied.Celebrating,
)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Birthdays within their lead and grace that nothing settled; after the grace a wish lapses."""
    for line in asked.plan:
        if line.anchor == "birthday":
            yield from _of_line(asked, line)


def _of_line(asked: Asked, line: Line) -> Iterator[Occurrence]:
    first, last = tied.window(asked, line)
    on_1_march = bool(asked.policy.leap_day_on_1_march)
    found = [
        (yearly.falls_on, _SOLAR, {"month": yearly.month, "day": yearly.day})
        for yearly in yearly_days_between(first, last, leap_day_on_1_march=on_1_march)
    ] + [
        (kept.falls_on, _LUNAR, {"month": kept.month, "day": kept.day, "leap_month": kept.leap_month})
        for kept in birthdays_between(first, last)
    ]
    for falls_on, question, day in found:
        for row in asked.store.ask(question, **day, **tied.parameters(asked, line, falls_on)):
            if kept_on := tied.occurrence(asked, line, NAME, row.customer_id, falls_on):
                yield kept_on
