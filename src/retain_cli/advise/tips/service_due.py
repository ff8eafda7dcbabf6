"""Service: care for what they own falls due, which is a reason to talk."""

from collections.abc import Iterator

from retain_cli.advise.asked import AskedCustomer, AskedProduct, Tip
from retain_cli.store.question import Number, Question

NAME = "service due"
WEIGHT = 0.9

DAYS_AHEAD = 60

_PLANNED = Question(
    """
    select count(*) from plan_line join service on service.id = plan_line.service_id
    where service.name = 'maintenance' and removed_on is null and every <> 'never' and (
        plan_line.customer_id = :customer
        or grade = (select enrolment.grade from enrolment where enrolment.customer_id = :customer)
        or exists (select 1 from clock where clock.plan_line_id = plan_line.id and clock.customer_id = :customer)
    )
    """,
    Number,
)


def for_customer(asked: AskedCustomer) -> Iterator[Tip]:
    """The customer's maintenance that is due within DAYS_AHEAD days, with what they own of the most worth."""
    planned = asked.store.first(_PLANNED, customer=asked.customer)
    # The list of the day knows every reason and every day off: most customers have no maintenance to ask it about.
    if not asked.owned or not planned or not planned.value:
        return
    from retain_cli.due.listing import whom_to_contact

    dearest = max(asked.owned, key=lambda one: one.amount)
    due = whom_to_contact(asked.store, asked.policy, asked.day, ahead=DAYS_AHEAD, customer=asked.customer)
    for occurrence in (occurrence for line in due.lines for occurrence in line.occurrences):
        if occurrence.reason == "maintenance":
            late = f", {occurrence.days_late} days late" if occurrence.days_late > 0 else ""
            because = (
                f"{occurrence.service.capitalize()} falls due on {occurrence.due_on}{late}; "
                f"they own {dearest.product} of {dearest.days[-1]}."
            )
            yield Tip(asked.customer, occurrence.service, because, 0.9, occurrence.due_on)


def for_product(asked: AskedProduct) -> Iterator[Tip]:
    """Nobody: a service is no product."""
    yield from ()
