"""A holiday is coming up on which they get a greeting or a gift."""

from collections.abc import Iterator

from retain_cli.due import tied
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.plan.days_off import holiday_days
from retain_cli.store.question import Question

NAME = "holiday"
WEIGHT = 0.4

_ASKED = f"""
    select customer.id, '' from {{customers}}
    where {{grade}} {tied.ON_THE_LINE} and {tied.NOT_SETTLED}
"""
_ENROLLED = "enrolment join customer on customer.id = enrolment.customer_id"
_OF_GRADE = Question(_ASKED.format(customers=_ENROLLED, grade="enrolment.grade = :grade and"), tied.Celebrating)
_OF_ONE_OR_NONE = Question(
    _ASKED.format(customers="customer left join enrolment on enrolment.customer_id = customer.id", grade=""),
    tied.Celebrating,
)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Holidays within their lead and grace whose greeting or gift nothing settled; after the grace it lapses."""
    for line in asked.plan:
        if line.anchor != "holiday":
            continue
        first, last = tied.window(asked, line)
        question = _OF_GRADE if line.grade in ("A", "B", "C") else _OF_ONE_OR_NONE
        for falls_on in holiday_days(asked.store, asked.policy, line.anchor_of, first, last):
            for row in asked.store.ask(question, **tied.parameters(asked, line, falls_on)):
                about = line.anchor_of.partition(":")[2] or line.anchor_of
                if found := tied.occurrence(asked, line, NAME, row.customer_id, falls_on, about):
                    yield found
