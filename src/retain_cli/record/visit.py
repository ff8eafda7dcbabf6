"""Logging a contact."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.store.question import Question
from retain_cli.store.store import Store

if TYPE_CHECKING:
    from retain_cli.model.visit import Visit


class KnownService(NamedTuple):
    """A service of the catalogue."""

    id: int
    name: str
    cost: int


_SERVICES = Question("select id, name, cost from service order by id", KnownService)


def named_services(store: Store, names: Sequence[str]) -> list[KnownService]:
    """The services with these names; WrongUse where the catalogue lacks one."""
    known = {service.name: service for service in store.ask(_SERVICES)}
    chosen = {}
    for name in names:
        folded = " ".join(name.casefold().replace("-", " ").split())
        if folded not in known:
            raise WrongUse(
                f"there is no service {name!r}", f"Known are: {', '.join(known)}.", code="service-unknown"
            )
        chosen[folded] = known[folded]
    return list(chosen.values())


def log_visit(
    store: Store,
    customer: int,
    visited_on: date,
    *,
    channel: str,
    outcome: str,
    services: Sequence[KnownService] = (),
    satisfaction: int | None = None,
    note: str | None = None,
    cost: int | None = None,
    currency: str | None = None,
    next_on: date | None = None,
) -> "Visit":
    """Keep one contact; `cost` is in minor units. The plan's clocks are set by `plan.clocks.follow_visits`."""
    from retain_cli.model.visit import Visit, VisitService

    visit = Visit(
        customer_id=customer,
        visited_on=visited_on,
        channel=channel,
        outcome=outcome,
        satisfaction=satisfaction,
        note=note,
        cost=cost,
        currency=None if cost is None else currency,
        next_on=next_on,
    )
    store.save(visit)
    assert visit.id is not None  # noqa: S101
    store.save(*(VisitService(visit_id=visit.id, service_id=service.id) for service in services))
    return visit
