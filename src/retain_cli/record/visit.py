"""Logging a contact, and correcting what was logged; the original is kept."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.record.rating import rate_visit, ratings_of_visit
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


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


class Logged(NamedTuple):
    """One contact as it is kept."""

    id: int
    customer_id: int
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
    occasion_id: int | None


class Original(NamedTuple):
    """What a visit said before a correction: the cells that were changed, as JSON."""

    visit_id: int
    corrected_on: date
    said: str


class _Name(NamedTuple):
    name: str


_VISIT = Question(
    """
    select id, customer_id, visited_on, channel, outcome, satisfaction, note, cost, currency, minutes, next_on,
        staff, occasion_id
    from visit where id = :number
    """,
    Logged,
)
_NEWEST = Question("select max(id) from visit where customer_id = :customer", Number)
_RENDERED = Question(
    """
    select name from visit_service join service on service.id = service_id
    where visit_id = :number order by service.id
    """,
    _Name,
)
_ORIGINALS = Question(
    "select visit_id, corrected_on, said from visit_original where customer_id = :customer order by id", Original
)


def log_visit(
    store: Store,
    customer: int,
    visited_on: date,
    *,
    channel: str,
    outcome: str,
    services: Sequence[KnownService] = (),
    satisfaction: int | None = None,
    ratings: Mapping[str, int] | None = None,
    note: str | None = None,
    cost: int | None = None,
    currency: str | None = None,
    minutes: int | None = None,
    next_on: date | None = None,
    staff: str | None = None,
    occasion: int | None = None,
) -> Logged:
    """Keep one contact; `cost` is in minor units. The plan's clocks are set by `plan.clocks.follow_visits`.

    `occasion` is the first visit of the same occasion, where it had several customers.
    """
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
        minutes=minutes,
        next_on=next_on,
        staff=staff,
        occasion_id=occasion,
    )
    store.save(visit)
    assert visit.id is not None  # noqa: S101
    store.save(*(VisitService(visit_id=visit.id, service_id=service.id) for service in services))
    rate_visit(store, customer, visit.id, ratings or {})
    return the_visit(store, customer, visit.id)


def correct_visit(
    store: Store,
    customer: int,
    number: int,
    today: date,
    changes: Mapping[str, object],
    services: Sequence[KnownService] | None = None,
    ratings: Mapping[str, int] | None = None,
) -> Logged:
    """Change what a visit says, by column, and keep what it said before.

    `services` replace those it had, and each of `ratings` the answer to that question.
    """
    from retain_cli.model.visit import VisitOriginal

    before = the_visit(store, customer, number)
    had, answered = rendered_by(store, number), ratings_of_visit(store, number)
    said: dict[str, Any] = {
        name: value for name, value in before._asdict().items() if name in changes and value != changes[name]
    }
    changed = {name: changes[name] for name in said}
    now = None if services is None else [service.name for service in services]
    if now is not None and sorted(now) != sorted(had):
        said["services"] = had
    answers = {question: score for question, score in (ratings or {}).items() if answered.get(question) != score}
    if answers:
        said["ratings"] = [{"question": question, "score": answered.get(question)} for question in answers]
    if not said:
        raise WrongUse(f"visit {number} says so already", "Name what was otherwise.", code="nothing-to-correct")
    if changed:
        cells = [value.isoformat() if isinstance(value, date) else value for value in changed.values()]
        store.run(f"update visit set {', '.join(f'{name} = ?' for name in changed)} where id = ?", [*cells, number])
    if "services" in said:
        store.run("delete from visit_service where visit_id = ?", (number,))
        store.run_many(
            "insert into visit_service (visit_id, service_id) values (?, ?)",
            [(number, service.id) for service in services or ()],
        )
    rate_visit(store, customer, number, answers)
    words = json.dumps(said, ensure_ascii=False, default=str)
    store.save(VisitOriginal(visit_id=number, customer_id=customer, corrected_on=today, said=words))
    return the_visit(store, customer, number)


def the_visit(store: Store, customer: int, number: int) -> Logged:
    """The visit of that number; WrongUse where it is none of the customer's."""
    found = store.first(_VISIT, number=number)
    if found is None or found.customer_id != customer:
        raise WrongUse(
            f"visit {number} is none of theirs", "See their visits with: retain show.", code="visit-unknown"
        )
    return found


def newest_visit(store: Store, customer: int) -> int:
    """The number of a customer's visit that was logged last; 0 where there is none."""
    found = store.first(_NEWEST, customer=customer)
    return (found.value if found else None) or 0


def rendered_by(store: Store, number: int) -> list[str]:
    """The services a visit rendered."""
    return [row.name for row in store.ask(_RENDERED, number=number)]


def originals(store: Store, customer: int) -> dict[int, list[Original]]:
    """What a customer's visits said before they were corrected, the oldest first, by visit."""
    found: dict[int, list[Original]] = {}
    for original in store.ask(_ORIGINALS, customer=customer):
        found.setdefault(original.visit_id, []).append(original)
    return found
