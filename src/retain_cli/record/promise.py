"""Promises: what we said we would do, and whether we did."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.store.question import Question
from retain_cli.store.store import Store

if TYPE_CHECKING:
    from retain_cli.model.promise import Promise


class Promised(NamedTuple):
    """One promise and whom it was given."""

    id: int
    customer_id: int
    external_id: str | None
    name: str
    words: str
    made_on: date
    due_on: date
    owner: str | None
    status: str
    closed_on: date | None
    made_good: str | None


_PROMISES = """
    select promise.id, customer_id, external_id, name, words, made_on, due_on, owner, status, closed_on, made_good
    from promise join customer on customer.id = promise.customer_id
"""
_ONE = Question(_PROMISES + " where promise.id = :number", Promised)
_OPEN = Question(_PROMISES + " where status = 'open' order by due_on, promise.id", Promised)
_CLOSED = Question(_PROMISES + " where status <> 'open' order by due_on desc, promise.id desc", Promised)
_OF_CUSTOMER = Question(_PROMISES + " where customer_id = :customer order by due_on, promise.id", Promised)


def promise(
    store: Store,
    customer: int,
    words: str,
    made_on: date,
    due_on: date,
    *,
    owner: str | None = None,
    visit: int | None = None,
) -> "Promise":
    """Keep what was promised; WrongUse where its day lies before it was given."""
    from retain_cli.model.promise import Promise

    if due_on < made_on:
        raise WrongUse(f"{due_on} lies before the promise of {made_on}", "Name a later day.")
    made = Promise(customer_id=customer, visit_id=visit, words=words, made_on=made_on, due_on=due_on, owner=owner)
    store.save(made)
    return made


def kept(store: Store, number: int, day: date, made_good: str | None = None) -> Promised:
    """It was done on `day`: kept, or late where that is after its day."""
    found = _open(store, number, day)
    return _close(store, found, "kept" if day <= found.due_on else "late", day, made_good)


def broken(store: Store, number: int, day: date, made_good: str | None = None) -> Promised:
    """It was not done and will not be."""
    return _close(store, _open(store, number, day), "broken", day, made_good)


def reopened(store: Store, number: int) -> Promised:
    """It is open again, as if it had never been closed."""
    found = the_promise(store, number)
    if found.status == "open":
        raise WrongUse(f"promise {number} is open", "There is nothing to take back.", code="promise-open")
    store.run("update promise set status = 'open', closed_on = null, made_good = null where id = ?", (number,))
    return the_promise(store, number)


def moved(store: Store, number: int, due_on: date) -> Promised:
    """Another day was agreed with the customer."""
    found = _open(store, number, due_on)
    store.run("update promise set due_on = ? where id = ?", (due_on.isoformat(), found.id))
    return the_promise(store, number)


def the_promise(store: Store, number: int) -> Promised:
    """The promise of that number; WrongUse where there is none."""
    found = store.first(_ONE, number=number)
    if found is None:
        raise WrongUse(
            f"there is no promise {number}", "See them with: retain promise list.", code="promise-unknown"
        )
    return found


def open_promises(store: Store) -> list[Promised]:
    """Every promise that waits, the earliest first."""
    return store.ask(_OPEN)


def closed_promises(store: Store) -> list[Promised]:
    """Every promise that was kept, late or broken, the latest first."""
    return store.ask(_CLOSED)


def promises_to(store: Store, customer: int) -> list[Promised]:
    """Every promise one customer was given, the earliest first."""
    return store.ask(_OF_CUSTOMER, customer=customer)


def _open(store: Store, number: int, day: date) -> Promised:
    found = the_promise(store, number)
    if found.status != "open":
        raise WrongUse(
            f"promise {number} was {found.status} on {found.closed_on}",
            f"To change that, first: retain promise reopen {number}.",
            code="promise-closed",
        )
    if day < found.made_on:
        raise WrongUse(f"{day} lies before the promise of {found.made_on}", "Name a later day.")
    return found


def _close(store: Store, found: Promised, status: str, day: date, made_good: str | None) -> Promised:
    store.run(
        "update promise set status = ?, closed_on = ?, made_good = ? where id = ?",
        (status, day.isoformat(), made_good, found.id),
    )
    return the_promise(store, found.id)
