"""Services offered: accepted, declined and why, or not reached."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.store.question import Question
from retain_cli.store.store import Store

if TYPE_CHECKING:
    pass

ANSWERS = ("accepted", "declined", "not-reached")


class Offered(NamedTuple):
    """One service offered to one customer, and the answer."""

    id: int
    customer_id: int
    external_id: str | None
    name: str
    service: str
    offered_on: date
    answer: str
    because: str | None
    staff: str | None


_OFFERS = """
    select offer.id, offer.customer_id, external_id, customer.name, service.name, offered_on, answer, because, staff
    from offer join customer on customer.id = offer.customer_id join service on service.id = offer.service_id
"""
_ONE = Question(_OFFERS + " where offer.id = :number", Offered)
_OF_CUSTOMER = Question(
    _OFFERS + " where offer.customer_id = :customer order by offered_on desc, offer.id desc", Offered
)
_NEWEST = Question(
    _OFFERS
    + """
    where not exists (
        select 1 from offer as later
        where later.customer_id = offer.customer_id and later.service_id = offer.service_id
            and (later.offered_on > offer.offered_on
                or (later.offered_on = offer.offered_on and later.id > offer.id))
    )
    order by service.id, answer, customer.search_key
    """,
    Offered,
)


def offer(
    store: Store, customer: int, service: int, day: date, answer: str, because: str | None, staff: str | None
) -> Offered:
    """Keep the answer to an offer; a reason belongs to a no alone."""
    from retain_cli.model.offer import Offer

    if because is not None and answer != "declined":
        raise WrongUse("a reason belongs to a service that was declined", "Leave --reason away.")
    made: Offer = Offer(
        customer_id=customer, service_id=service, offered_on=day, answer=answer, because=because, staff=staff
    )
    store.save(made)
    found = store.first(_ONE, number=made.id)
    assert found is not None  # noqa: S101
    return found


def offers_to(store: Store, customer: int) -> list[Offered]:
    """Every offer to one customer, the newest first."""
    return store.ask(_OF_CUSTOMER, customer=customer)


def answers_now(store: Store) -> Sequence[Offered]:
    """The last answer of every customer to every service they were offered."""
    return store.ask(_NEWEST)
