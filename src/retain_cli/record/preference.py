"""What is known of a customer: how to reach them, what they like, own, and were offered elsewhere."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.store.question import Question
from retain_cli.store.store import Store

if TYPE_CHECKING:
    pass

KINDS = ("channel", "time", "likes", "dislikes", "owns", "competitor")


class Known(NamedTuple):
    """One thing known, and of whom."""

    id: int
    customer_id: int
    external_id: str | None
    name: str
    kind: str
    words: str
    said_on: date
    until_on: date | None


_KNOWN = """
    select preference.id, customer_id, external_id, name, kind, words, said_on, until_on
    from preference join customer on customer.id = preference.customer_id
"""
_ONE = Question(_KNOWN + " where preference.id = :number", Known)
_OF_CUSTOMER = Question(
    _KNOWN
    + " where customer_id = :customer and (until_on is null or until_on > :day) order by kind, preference.id",
    Known,
)
_ALL = Question(_KNOWN + " where (until_on is null or until_on > :day) order by kind, preference.id", Known)


def note(store: Store, customer: int, kind: str, words: str, day: date) -> Known:
    """Keep what is known; a channel or a time replaces the one before."""
    from retain_cli.model.preference import Preference

    if kind in ("channel", "time"):
        store.run(
            "update preference set until_on = ? where customer_id = ? and kind = ? and until_on is null",
            (day.isoformat(), customer, kind),
        )
    made: Preference = Preference(customer_id=customer, kind=kind, words=words, said_on=day)
    store.save(made)
    assert made.id is not None  # noqa: S101
    return the_preference(store, made.id)


def drop(store: Store, number: int, day: date) -> Known:
    """It is so no more; that it was is kept."""
    found = the_preference(store, number)
    if found.until_on is not None:
        raise WrongUse(f"preference {number} is over since {found.until_on}", "There is nothing to drop.")
    store.run("update preference set until_on = ? where id = ?", (day.isoformat(), number))
    return the_preference(store, number)


def the_preference(store: Store, number: int) -> Known:
    """The one of that number; WrongUse where there is none."""
    found = store.first(_ONE, number=number)
    if found is None:
        raise WrongUse(
            f"there is no preference {number}", "See them with: retain preference list.", code="preference-unknown"
        )
    return found


def preferences(store: Store, day: date, customer: int | None = None) -> list[Known]:
    """What is known of one customer, or of everybody, on a day."""
    if customer is None:
        return store.ask(_ALL, day=day.isoformat())
    return store.ask(_OF_CUSTOMER, customer=customer, day=day.isoformat())
