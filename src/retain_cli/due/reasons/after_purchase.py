"""They bought lately: time to thank them, or to ask how it serves them."""

from collections.abc import Iterator
from datetime import date, timedelta

from retain_cli.dates.recurrence import latest_anchor, nth_day
from retain_cli.due import tied
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.plan.lines import Line
from retain_cli.store.question import Question

NAME = "after a purchase"
WEIGHT = 0.6

_BOUGHT = Question(
    f"""
    select distinct customer.id, product
    from purchase join customer on customer.id = purchase.customer_id
        left join enrolment on enrolment.customer_id = customer.id
    where bought_on = :bought_on and (:of = '' or category = :of) and purchase.amount > 0
        and {tied.ON_THE_LINE} and {tied.NOT_SETTLED}
    order by customer.id, purchase.amount desc
    """,
    tied.Celebrating,
)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """So long after a purchase, once; what nobody did in its grace lapses."""
    for line in asked.plan:
        if line.anchor == "purchase" and line.every == "once":
            yield from _of_line(asked, line)


def _of_line(asked: Asked, line: Line) -> Iterator[Occurrence]:
    first, last = tied.window(asked, line)
    first = max(first, line.since_on or first)
    if first > last:
        return
    step = line.first_interval
    bought_on = latest_anchor(step, first - timedelta(days=1)) + timedelta(days=1)
    until = latest_anchor(step, last)
    listed = set()
    while bought_on <= until:
        nominal_on = nth_day(bought_on, step, 1)
        told = tied.parameters(asked, line, nominal_on, _settled_from(line, bought_on, nominal_on))
        for row in asked.store.ask(_BOUGHT, bought_on=bought_on.isoformat(), of=line.anchor_of, **told):
            # Several purchases within the grace are one thank-you: the first of them.
            if row.customer_id not in listed and (
                found := tied.occurrence(asked, line, NAME, row.customer_id, nominal_on, row.about)
            ):
                listed.add(row.customer_id)
                yield found
        bought_on += timedelta(days=1)


def _settled_from(line: Line, bought_on: date, nominal_on: date) -> date:
    """Whoever was there on the day of the purchase sold something: that is no thank-you unless it says so."""
    after_the_sale = bought_on + timedelta(days=line.settled_by == "any visit")
    return max(after_the_sale, nominal_on - timedelta(days=line.settled_early))
