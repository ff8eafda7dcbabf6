"""Visits, with the services they rendered."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.exporting.asked import AS_KEPT, Asked, Record, identity
from retain_cli.model.money import Money
from retain_cli.store.question import Question

COLUMNS = (
    "external_id", "phone", "email", "visited_on", "channel", "outcome", "service", "satisfaction", "note", "cost",
    "minutes", "next_on", "staff",
)  # fmt: skip
KEPT = ("id", "customer_id", "currency", "followed_on", "occasion_id", "batch_id")
_CALLED = {AS_KEPT + column: column for column in KEPT}


class _Visit(NamedTuple):
    id: int
    external_id: str | None
    phone: str | None
    email: str | None
    visited_on: date
    channel: str
    outcome: str
    satisfaction: int | None
    note: str | None
    cost: int | None
    currency: str | None
    minutes: int | None
    next_on: date | None
    staff: str | None
    customer_id: int
    followed_on: date | None
    occasion_id: int | None
    batch_id: int | None
    service: str | None


# A row for every service of a visit; the rows of a visit follow each other.
_VISITS = Question(
    """
    select visit.id, external_id, phone, email, visited_on, visit.channel, outcome, satisfaction, visit.note,
        visit.cost, currency, visit.minutes, next_on, visit.staff,
        customer_id, followed_on, occasion_id, visit.batch_id, service.name
    from visit join customer on customer.id = visit.customer_id
        left join visit_service on visit_service.visit_id = visit.id
        left join service on service.id = visit_service.service_id
    where source = :source
    order by visit.id, service.name
    """,
    _Visit,
)


def rows(asked: Asked) -> Iterator[Record]:
    """One row for each visit, in the order they were logged; its services stand in one cell."""
    waiting: _Visit | None = None
    services: list[str] = []
    for one in asked.store.stream(_VISITS, source=asked.source):
        if waiting is not None and one.id != waiting.id:
            yield _record(waiting, services)
            services = []
        waiting = one
        if one.service:
            services.append(one.service)
    if waiting is not None:
        yield _record(waiting, services)


def _record(one: _Visit, services: list[str]) -> Record:
    cost = None if one.cost is None else Money(one.cost, one.currency or "")
    return {
        **identity(one.external_id, one.phone, one.email),
        "visited_on": one.visited_on,
        "channel": one.channel,
        "outcome": one.outcome,
        "service": "; ".join(services) or None,
        "satisfaction": one.satisfaction,
        "note": one.note,
        "cost": None if cost is None else f"{cost.plain()} {cost.currency}".strip(),
        "minutes": one.minutes,
        "next_on": one.next_on,
        "staff": one.staff,
        **{called: getattr(one, column) for called, column in _CALLED.items()},
    }
