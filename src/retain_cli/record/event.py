"""Events: whom we invited, what they answered, who came, and what it cost."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.record.even_parts import bear_cost
from retain_cli.record.visit import log_visit
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class EventOf(NamedTuple):
    """One event and how many guests it has, had and missed."""

    id: int
    name: str
    kind: str
    held_on: date
    place: str | None
    cost: int | None
    currency: str
    counted_on: date | None
    invited: int
    yes: int
    maybe: int
    no: int
    came: int


class Guest(NamedTuple):
    """One customer and their invitation."""

    id: int
    customer_id: int
    external_id: str | None
    name: str
    phone: str | None
    invited_on: date | None
    answer: str | None
    answered_on: date | None
    came: int
    visit_id: int | None


_EVENTS = """
    select event.id, event.name, kind, held_on, place, cost, currency, counted_on, count(invited_on),
        count(case when answer = 'yes' then 1 end), count(case when answer = 'maybe' then 1 end),
        count(case when answer = 'no' then 1 end), count(case when came then 1 end)
    from event left join invitation on event_id = event.id
    {where} group by event.id order by held_on desc, event.id desc
"""
_ALL = Question(_EVENTS.format(where=""), EventOf)
_ONE = Question(_EVENTS.format(where="where event.id = :number"), EventOf)
_GUESTS = Question(
    """
    select invitation.id, customer_id, external_id, name, phone, invited_on, answer, answered_on, came, visit_id
    from invitation join customer on customer.id = customer_id
    where event_id = :number order by search_key, customer_id
    """,
    Guest,
)
_OF_CUSTOMER = Question(
    "select id from invitation where event_id = :number and customer_id = :customer",
    Number,
)
_INVITE = """
    insert into invitation (event_id, customer_id, invited_on, came) values (?, ?, ?, false)
    on conflict (event_id, customer_id) do nothing
"""

LISTS: dict[str, Callable[[Guest], bool]] = {
    "invited": lambda guest: guest.invited_on is not None,
    "waiting": lambda guest: guest.answer is None and guest.invited_on is not None,
    "coming": lambda guest: guest.answer == "yes",
    "declined": lambda guest: guest.answer == "no",
    "came": lambda guest: bool(guest.came),
    "missed": lambda guest: not guest.came and guest.answer != "no",
}
"""Guests by what became of their invitation; `missed` is who did not come without having said so."""


def create(
    store: Store, name: str, kind: str, held_on: date, *, place: str | None, cost: int | None, currency: str
) -> EventOf:
    """Keep an event; `cost` in minor units."""
    from retain_cli.model.event import Event

    made: Event = Event(name=name, kind=kind, held_on=held_on, place=place, cost=cost, currency=currency)
    store.save(made)
    assert made.id is not None  # noqa: S101
    return the_event(store, made.id)


def events(store: Store) -> list[EventOf]:
    """Every event, the latest first."""
    return store.ask(_ALL)


def the_event(store: Store, number: int) -> EventOf:
    """The event of that number; WrongUse where there is none."""
    found = store.first(_ONE, number=number)
    if found is None:
        raise WrongUse(f"there is no event {number}", "See them with: retain event list.", code="event-unknown")
    return found


def guests(store: Store, number: int, which: str | None = None) -> list[Guest]:
    """The guests of an event by name, all or those of one of `LISTS`."""
    found = store.ask(_GUESTS, number=number)
    return found if which is None else [guest for guest in found if LISTS[which](guest)]


def invite(store: Store, number: int, customers: Iterable[int], day: date) -> int:
    """Invite these customers, and give how many of them were not invited before."""
    found = the_event(store, number)
    if day > found.held_on:
        raise WrongUse(f"{found.name} was on {found.held_on}", "Nobody can be invited to it any more.")
    there = {guest.customer_id for guest in guests(store, number)}
    new = [customer for customer in customers if customer not in there]
    store.run_many(_INVITE, [(number, customer, day.isoformat()) for customer in new])
    return len(new)


def answered(store: Store, number: int, customer: int, answer: str, day: date) -> None:
    """What an invited customer answered; a later answer takes the place of an earlier one."""
    the_event(store, number)
    invitation = store.first(_OF_CUSTOMER, number=number, customer=customer)
    if invitation is None:
        raise WrongUse(
            "they were not invited", f"Invite them: retain event invite {number} CUSTOMER.", code="not-invited"
        )
    store.run(
        "update invitation set answer = ?, answered_on = ? where id = ?",
        (answer, day.isoformat(), invitation.value),
    )


def came(store: Store, number: int, customers: Sequence[int], day: date) -> list[int]:
    """These customers were there, invited or not: a contact each, which shares the event's cost.

    Gives whose contact is new, for the plan's clocks to follow. Noted on `day`, from which on the rest was missed.
    """
    found = the_event(store, number)
    if day < found.held_on:
        raise WrongUse(f"{found.name} is on {found.held_on}", "Note who came once it was.")
    there = {guest.customer_id for guest in guests(store, number, "came")}
    new = [customer for customer in dict.fromkeys(customers) if customer not in there]
    for customer in new:
        visit = log_visit(
            store, customer, found.held_on, channel="event", outcome="done", note=f"{found.kind}: {found.name}"
        )
        store.run(_INVITE, (number, customer, None))
        store.run(
            "update invitation set came = true, visit_id = ? where event_id = ? and customer_id = ?",
            (visit.id, number, customer),
        )
    store.run("update event set counted_on = ? where id = ? and counted_on is null", (day.isoformat(), number))
    _share_cost(store, number)
    return new


def costs(store: Store, number: int, cost: int) -> EventOf:
    """The event cost that much in all, in minor units."""
    the_event(store, number)
    store.run("update event set cost = ? where id = ?", (cost, number))
    _share_cost(store, number)
    return the_event(store, number)


def _share_cost(store: Store, number: int) -> None:
    """The contact of everybody who came bears its part."""
    found = the_event(store, number)
    bear_cost(store, (guest.visit_id for guest in guests(store, number, "came")), found.cost, found.currency)
