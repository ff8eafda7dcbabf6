"""Naming one of the staff: who was there, who keeps a promise, who sees to a ticket."""

from typing import NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.model.name import search_key
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class _Known(NamedTuple):
    id: int
    name: str
    search_key: str


_STAFF = Question("select id, name, search_key from staff order by search_key", _Known)


_OWNER = Question(
    """
    select staff.id, staff.name, staff.search_key
    from customer join staff on staff.id = customer.owner_id where customer.id = :customer
    """,
    _Known,
)


def owner_of(store: Store, customer: int) -> tuple[int, str] | None:
    """The number and the name of who looks after a customer, or None where nobody does."""
    found = store.first(_OWNER, customer=customer)
    return (found.id, found.name) if found else None


def named_staff(store: Store, words: str) -> str:
    """Their name as it is kept; in a shop that keeps no staff, as it was written.

    WrongUse where nobody of the staff is called so, or a part of the name fits several.
    """
    known = store.ask(_STAFF)
    found = _found(known, words)
    return found.name if found else " ".join(words.split())


def staff_number(store: Store, words: str) -> int:
    """The number of one of the staff; WrongUse where nobody, or more than one, is called so."""
    found = _found(store.ask(_STAFF), words)
    if found is None:
        raise WrongUse(
            "nobody of the staff is named yet", "Begin with: retain staff add NAME.", code="staff-unknown"
        )
    return found.id


def _found(known: list[_Known], words: str) -> _Known | None:
    """The one who is meant; None where no staff is kept."""
    key = search_key(words)
    whole = [one for one in known if one.search_key == key]
    part = whole or [one for one in known if key and key in one.search_key]
    if len(part) == 1:
        return part[0]
    if part:
        raise WrongUse(
            f"{words!r} fits {' and '.join(one.name for one in part)}",
            "Write the whole name.",
            code="staff-ambiguous",
        )
    if known or not key:
        names = ", ".join(one.name for one in known)
        raise WrongUse(f"nobody of the staff is called {words!r}", f"Known are: {names}.", code="staff-unknown")
    return None
