"""Tickets: a matter from the day it was opened until it is resolved, and rated."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.errors import BadConfiguration, WrongUse
from retain_cli.record.rating import forget_ratings_of_ticket, rate_ticket
from retain_cli.store.policy import Policy, numbers_by_name
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

if TYPE_CHECKING:
    from retain_cli.model.ticket import Ticket


class Matter(NamedTuple):
    """One ticket and whose it is."""

    id: int
    customer_id: int
    external_id: str | None
    name: str
    kind: str
    words: str
    opened_on: date
    promised_on: date
    owner: str | None
    resolved_on: date | None
    resolution: str | None
    rating: int | None
    rated_on: date | None
    follow_up_on: date | None


class Happened(NamedTuple):
    """One entry of a ticket's history."""

    happened_on: date
    what: str
    words: str
    staff: str | None


_TICKETS = """
    select ticket.id, customer_id, external_id, name, kind, words, opened_on, promised_on, owner, resolved_on,
        resolution, rating, rated_on, follow_up_on
    from ticket join customer on customer.id = ticket.customer_id
"""
_ONE = Question(_TICKETS + " where ticket.id = :number", Matter)
_OPEN = Question(_TICKETS + " where resolved_on is null order by promised_on, ticket.id", Matter)
_CLOSED = Question(_TICKETS + " where resolved_on is not null order by resolved_on desc, ticket.id desc", Matter)
_OF_CUSTOMER = Question(_TICKETS + " where customer_id = :customer order by opened_on desc, ticket.id desc", Matter)
_HISTORY = Question(
    "select happened_on, what, words, staff from ticket_event where ticket_id = :number order by happened_on, id",
    Happened,
)
_NEWEST_VISIT = Question("select max(id) from visit", Number)


def promised_by(policy: Policy, kind: str, opened_on: date) -> date:
    """The day by which the policy promises a ticket of that kind; BadConfiguration where it does not say."""
    try:
        return opened_on + timedelta(days=numbers_by_name(policy.ticket_days)[kind])
    except (ValueError, KeyError) as problem:
        raise BadConfiguration(
            f"the rule ticket_days does not say how long a {kind} takes", "Write it like: complaint:2, repair:7."
        ) from problem


def open_ticket(
    store: Store, customer: int, kind: str, words: str, opened_on: date, promised_on: date, owner: str | None
) -> "Ticket":
    """Open a ticket; WrongUse where it is promised for a day before that."""
    from retain_cli.model.ticket import Ticket

    if promised_on < opened_on:
        raise WrongUse(f"{promised_on} lies before {opened_on}, when it was opened", "Name a later day.")
    made = Ticket(
        customer_id=customer, kind=kind, words=words, opened_on=opened_on, promised_on=promised_on, owner=owner
    )
    store.save(made)
    assert made.id is not None  # noqa: S101
    _write(store, made.id, opened_on, "opened", words, owner)
    return made


def note(store: Store, number: int, day: date, words: str, staff: str | None) -> Matter:
    """Something happened with it."""
    found = _since_opened(store, number, day)
    _write(store, found.id, day, "noted", words, staff)
    return found


def change(store: Store, number: int, day: date, *, owner: str | None, promised_on: date | None) -> Matter:
    """Give it to somebody else, or agree on another day."""
    found = _unresolved(store, number, day)
    if owner is not None:
        store.run("update ticket set owner = ? where id = ?", (owner, found.id))
        _write(store, found.id, day, "given", f"to {owner}", owner)
    if promised_on is not None:
        if promised_on < found.opened_on:
            raise WrongUse(f"{promised_on} lies before {found.opened_on}, when it was opened", "Name a later day.")
        store.run("update ticket set promised_on = ? where id = ?", (promised_on.isoformat(), found.id))
        _write(store, found.id, day, "moved", f"from {found.promised_on} to {promised_on}", owner)
    return the_ticket(store, number)


def resolve(store: Store, number: int, day: date, words: str, staff: str | None) -> Matter:
    """It is done."""
    found = _unresolved(store, number, day)
    store.run("update ticket set resolved_on = ?, resolution = ? where id = ?", (day.isoformat(), words, found.id))
    _write(store, found.id, day, "resolved", words, staff)
    return the_ticket(store, number)


def reopen(store: Store, number: int, day: date, words: str) -> Matter:
    """It is not done after all; what was said of it before stays in its history."""
    found = _since_opened(store, number, day)
    if found.resolved_on is None:
        raise WrongUse(f"ticket {number} is open", "There is nothing to take back.", code="ticket-open")
    store.run(
        """
        update ticket set resolved_on = null, resolution = null, rating = null, rated_on = null,
            follow_up_on = null, rated_after = 0
        where id = ?
        """,
        (found.id,),
    )
    forget_ratings_of_ticket(store, found.id)
    _write(store, found.id, day, "reopened", words, None)
    return the_ticket(store, number)


def rate(
    store: Store,
    policy: Policy,
    number: int,
    rating: int,
    day: date,
    words: str,
    answers: Mapping[str, int] | None = None,
) -> Matter:
    """What the customer says of how it was done, and to each question that was asked.

    A low rating is to be spoken about with them.
    """
    found = the_ticket(store, number)
    if found.resolved_on is None:
        raise WrongUse(f"ticket {number} is not resolved", f"First: retain ticket resolve {number}.")
    if day < found.resolved_on:
        raise WrongUse(f"{day} lies before {found.resolved_on}, when it was resolved", "Name a later day.")
    follow_up = day + timedelta(days=policy.low_rating_days) if rating <= policy.low_rating else None
    newest = store.first(_NEWEST_VISIT)
    store.run(
        "update ticket set rating = ?, rated_on = ?, follow_up_on = ?, rated_after = ? where id = ?",
        (
            rating,
            day.isoformat(),
            follow_up and follow_up.isoformat(),
            (newest.value if newest else None) or 0,
            found.id,
        ),
    )
    rate_ticket(store, found.customer_id, found.id, answers or {})
    scores = ", ".join([f"{rating}", *(f"{question} {score}" for question, score in (answers or {}).items())])
    _write(store, found.id, day, "rated", scores + (f": {words}" if words else ""), None)
    return the_ticket(store, number)


def the_ticket(store: Store, number: int) -> Matter:
    """The ticket of that number; WrongUse where there is none."""
    found = store.first(_ONE, number=number)
    if found is None:
        raise WrongUse(f"there is no ticket {number}", "See them with: retain ticket list.", code="ticket-unknown")
    return found


def history(store: Store, number: int) -> list[Happened]:
    """What happened with a ticket, from the first on."""
    return store.ask(_HISTORY, number=number)


def open_tickets(store: Store) -> list[Matter]:
    """Every ticket that waits, the earliest day first."""
    return store.ask(_OPEN)


def resolved_tickets(store: Store) -> list[Matter]:
    """Every ticket that is done, the latest first."""
    return store.ask(_CLOSED)


def tickets_of(store: Store, customer: int) -> list[Matter]:
    """Every ticket of one customer, the newest first."""
    return store.ask(_OF_CUSTOMER, customer=customer)


def _since_opened(store: Store, number: int, day: date) -> Matter:
    found = the_ticket(store, number)
    if day < found.opened_on:
        raise WrongUse(f"{day} lies before {found.opened_on}, when it was opened", "Name a later day.")
    return found


def _unresolved(store: Store, number: int, day: date) -> Matter:
    found = _since_opened(store, number, day)
    if found.resolved_on is not None:
        raise WrongUse(
            f"ticket {number} was resolved on {found.resolved_on}",
            f"To change that, first: retain ticket reopen {number}.",
            code="ticket-resolved",
        )
    return found


def _write(store: Store, ticket: int, day: date, what: str, words: str, staff: str | None) -> None:
    store.run(
        "insert into ticket_event (ticket_id, happened_on, what, words, staff) values (?, ?, ?, ?, ?)",
        (ticket, day.isoformat(), what, words, staff),
    )
