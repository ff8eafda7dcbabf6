"""Who brought whom; converted by the first purchase of whoever was brought, found when it is read."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

if TYPE_CHECKING:
    pass


class Brought(NamedTuple):
    """One customer brought another; `revenue` is what the other bought since, in minor units of one currency."""

    id: int
    customer_id: int
    external_id: str | None
    name: str
    brought_id: int
    brought_external_id: str | None
    brought_name: str
    said_on: date
    converted_on: date | None
    revenue: int
    rewarded_on: date | None


# A customer who was merged with the one who brought them is brought by nobody.
_BROUGHT = """
    select referral.id, referral.customer_id, who.external_id, who.name, referred.customer_id, other.external_id,
        other.name, said_on,
        (select min(bought_on) from purchase where purchase.customer_id = other.id and amount > 0),
        (select coalesce(sum(amount), 0) from purchase
            where purchase.customer_id = other.id and currency = :currency),
        rewarded_on
    from referral join referred on referred.referral_id = referral.id
        join customer as who on who.id = referral.customer_id
        join customer as other on other.id = referred.customer_id
    where referral.customer_id <> referred.customer_id
"""
_ALL = Question(_BROUGHT + " order by who.search_key, who.id, referral.id", Brought)
_ONE = Question(_BROUGHT + " and referral.id = :number", Brought)
_OF = Question(_BROUGHT + " and referral.customer_id = :customer order by referral.id", Brought)
_BY = Question(_BROUGHT + " and referred.customer_id = :customer order by referral.id", Brought)
_WHO_BROUGHT = Question(
    """
    select referral.customer_id from referred join referral on referral.id = referral_id
    where referred.customer_id = :customer and referral.customer_id <> referred.customer_id
    """,
    Number,
)


def refer(store: Store, customer: int, brought: int, day: date, currency: str, words: str = "") -> Brought:
    """Keep that one customer brought another; WrongUse where that cannot be."""
    from retain_cli.model.referral import Referral, Referred

    if customer == brought:
        raise WrongUse("nobody brings themselves", "Name two customers.", code="referral-circle")
    if store.first(_WHO_BROUGHT, customer=brought):
        raise WrongUse("somebody brought them already", "See: retain referrals.", code="referral-known")
    if brought in _ancestors(store, customer):
        raise WrongUse("they were brought by whom they are said to bring", "See: retain referrals --tree.",
                       code="referral-circle")  # fmt: skip
    made: Referral = Referral(customer_id=customer, said_on=day, words=words)
    store.save(made)
    assert made.id is not None  # noqa: S101
    store.save(Referred(customer_id=brought, referral_id=made.id))
    found = store.first(_ONE, number=made.id, currency=currency)
    assert found is not None  # noqa: S101
    return found


def take_back(store: Store, brought: int, currency: str) -> Brought:
    """They were not brought by anybody; WrongUse where nobody is known to have, or a reward was given for it."""
    found = who_brought(store, brought, currency)
    if found is None:
        raise WrongUse("nobody is known to have brought them", "See: retain referrals.", code="referral-unknown")
    if found.rewarded_on is not None:
        raise WrongUse(
            f"{found.name} was rewarded for it on {found.rewarded_on}", "The points are in their ledger."
        )
    store.run("delete from referred where referral_id = ?", (found.id,))
    store.run("delete from referral where id = ?", (found.id,))
    return found


def rewarded(store: Store, number: int, day: date) -> None:
    """Note that whoever brought them has the reward."""
    store.run("update referral set rewarded_on = ? where id = ?", (day.isoformat(), number))


def referrals(store: Store, currency: str) -> list[Brought]:
    """Everybody who was brought, by who brought them."""
    return store.ask(_ALL, currency=currency)


def brought_by(store: Store, customer: int, currency: str) -> list[Brought]:
    """Whom a customer brought."""
    return store.ask(_OF, customer=customer, currency=currency)


def who_brought(store: Store, customer: int, currency: str) -> Brought | None:
    """How a customer was brought, or None where nobody is known to have."""
    return store.first(_BY, customer=customer, currency=currency)


def _ancestors(store: Store, customer: int) -> set[int]:
    """Who brought them, who brought those, and so on."""
    found: set[int] = set()
    now = store.first(_WHO_BROUGHT, customer=customer)
    while now is not None and now.value is not None and now.value not in found:
        found.add(now.value)
        now = store.first(_WHO_BROUGHT, customer=now.value)
    return found
