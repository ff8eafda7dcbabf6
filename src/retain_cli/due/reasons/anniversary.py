"""A day of their own is coming up: a wedding day, the day of a contract."""

from collections.abc import Iterator
from datetime import date

from retain_cli.dates.lunar import birthdays_between
from retain_cli.dates.weekday_rule import rules_on
from retain_cli.dates.yearly import yearly_days_between
from retain_cli.due import tied
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.plan.lines import Line
from retain_cli.store.question import Number, Question

NAME = "anniversary"
WEIGHT = 0.6

_ASKED = f"""
    select customer.id, customer_day.name
    from customer_day join customer on customer.id = customer_day.customer_id
        left join enrolment on enrolment.customer_id = customer.id
    where {{when}} and (:of = '' or customer_day.name = :of) and {tied.ON_THE_LINE} and {tied.NOT_SETTLED}
"""
_SOLAR = Question(_ASKED.format(when="month = :month and day = :day and calendar = 'solar'"), tied.Celebrating)
_LUNAR = Question(
    _ASKED.format(when="month = :month and day = :day and calendar = 'lunar' and leap_month = :leap_month"),
    tied.Celebrating,
)
_BY_RULE = Question(_ASKED.format(when="rule = :rule"), tied.Celebrating)
_ANY = Question("select 1 from customer_day limit 1", Number)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Anniversaries within their lead and grace that nothing settled; after the grace they lapse."""
    lines = [line for line in asked.plan if line.anchor == "anniversary"]
    if lines and asked.store.first(_ANY):
        for line in lines:
            yield from _of_line(asked, line)


def _of_line(asked: Asked, line: Line) -> Iterator[Occurrence]:
    first, last = tied.window(asked, line)
    on_1_march = bool(asked.policy.leap_day_on_1_march)
    days = list(yearly_days_between(first, last, leap_day_on_1_march=on_1_march))
    found: list[tuple[date, Question[tied.Celebrating], dict[str, object]]] = []
    found += [(day.falls_on, _SOLAR, {"month": day.month, "day": day.day}) for day in days]
    found += [
        (kept.falls_on, _LUNAR, {"month": kept.month, "day": kept.day, "leap_month": kept.leap_month})
        for kept in birthdays_between(first, last)
    ]
    found += [
        (falls_on, _BY_RULE, {"rule": rule.key})
        for falls_on in dict.fromkeys(day.falls_on for day in days)
        for rule in rules_on(falls_on)
    ]
    for falls_on, question, about in found:
        told = tied.parameters(asked, line, falls_on) | {"of": line.anchor_of}
        for row in asked.store.ask(question, **about, **told):
            if kept_on := tied.occurrence(asked, line, NAME, row.customer_id, falls_on, row.about):
                yield kept_on
