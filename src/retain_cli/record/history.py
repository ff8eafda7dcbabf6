"""Everything known of one customer."""

from datetime import date
from typing import NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.store import Store


class About(NamedTuple):
    """What is known beside what is listed."""

    address: str | None
    birth_month: int | None
    birth_day: int | None
    birth_year: int | None
    birth_calendar: str | None
    birth_leap_month: int | None
    do_not_contact: int
    note: str | None
    created_on: date
    grade_since_on: date | None


class Bought(NamedTuple):
    """One order line."""

    bought_on: date
    order_number: str
    product: str
    category: str
    quantity: float
    amount: int
    currency: str


class Contact(NamedTuple):
    """One contact."""

    id: int
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


class Rendered(NamedTuple):
    """A service that a contact rendered."""

    visit_id: int
    service: str


_ABOUT = Question(
    """
    select address, birth_month, birth_day, birth_year, birth_calendar, birth_leap_month, do_not_contact, note,
        created_on, since_on
    from customer left join enrolment on customer_id = id where id = :customer
    """,
    About,
)
_PURCHASES = Question(
    """
    select bought_on, order_number, product, category, quantity, amount, currency
    from purchase where customer_id = :customer order by bought_on desc, id desc
    """,
    Bought,
)
_VISITS = Question(
    """
    select id, visited_on, channel, outcome, satisfaction, note, cost, currency, minutes, next_on, staff
    from visit where customer_id = :customer order by visited_on desc, id desc
    """,
    Contact,
)
_RENDERED = Question(
    """
    select visit_id, service.name
    from visit_service join service on service.id = service_id join visit on visit.id = visit_id
    where customer_id = :customer order by service.id
    """,
    Rendered,
)


def about(store: Store, customer: int) -> About:
    """Who they are."""
    found = store.first(_ABOUT, customer=customer)
    assert found is not None  # noqa: S101
    return found


def purchases(store: Store, customer: int) -> list[Bought]:
    """What they bought, the newest first."""
    return store.ask(_PURCHASES, customer=customer)


def contacts(store: Store, customer: int) -> list[Contact]:
    """When they were contacted, the newest first."""
    return store.ask(_VISITS, customer=customer)


def services_by_contact(store: Store, customer: int) -> dict[int, list[str]]:
    """The services each contact rendered."""
    found: dict[int, list[str]] = {}
    for row in store.ask(_RENDERED, customer=customer):
        found.setdefault(row.visit_id, []).append(row.service)
    return found
