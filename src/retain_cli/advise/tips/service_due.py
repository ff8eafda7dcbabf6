"""Service: care for what they own falls due, which is a reason to talk."""

from collections.abc import Iterator

from retain_cli.advise.asked import AskedCustomer, AskedProduct, Tip
from retain_cli.due.listing import whom_to_contact

NAME = "service due"
WEIGHT = 0.9

DAYS_AHEAD = 60


def for_customer(asked: AskedCustomer) -> Iterator[Tip]:
    """The customer's maintenance that is due within DAYS_AHEAD days, with what they own of the most worth."""
    if not asked.owned:
        return
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
