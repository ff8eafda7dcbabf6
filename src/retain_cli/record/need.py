"""Needs: what customers said they may want; a purchase that looks like one is asked about, never assumed."""

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.dates.spoken import spoken_time
from retain_cli.errors import WrongUse
from retain_cli.model.money import minor_units
from retain_cli.store.question import Question
from retain_cli.store.store import Store

if TYPE_CHECKING:
    from retain_cli.model.need import Need


class Wish(NamedTuple):
    """What was said of a need: what, about how much in minor units, and when."""

    what: str
    amount: int | None
    wanted_on: date | None
    wanted_words: str | None


class Needed(NamedTuple):
    """One need and whose it is."""

    id: int
    customer_id: int
    external_id: str | None
    name: str
    what: str
    category: str
    amount: int | None
    currency: str | None
    said_on: date
    wanted_on: date | None
    wanted_words: str | None
    status: str
    closed_on: date | None
    met_by_id: int | None


class MaybeMet(NamedTuple):
    """An open need, and a purchase since it was said that looks like it."""

    need_id: int
    purchase_id: int
    bought_on: date
    product: str
    category: str
    amount: int
    currency: str


class _Bought(NamedTuple):
    customer_id: int
    bought_on: date


_NEEDS = """
    select need.id, need.customer_id, external_id, name, what, category, amount, currency, said_on, wanted_on,
        wanted_words, status, closed_on, met_by_id
    from need join customer on customer.id = need.customer_id
"""
_ONE = Question(_NEEDS + " where need.id = :number", Needed)
_OPEN = Question(_NEEDS + " where status = 'open' order by coalesce(wanted_on, '9999-12-31'), need.id", Needed)
_OF_CUSTOMER = Question(_NEEDS + " where need.customer_id = :customer order by need.id desc", Needed)
_PURCHASE = Question("select customer_id, bought_on from purchase where id = :number", _Bought)
# In the category that was named with the need; without one, where the words of one name the other.
_MAYBE_MET = Question(
    r"""
    select need.id, purchase.id, bought_on, product, purchase.category, purchase.amount, purchase.currency
    from need join purchase on purchase.customer_id = need.customer_id and bought_on >= said_on
    where status = 'open' and purchase.amount > 0 and (
        (need.category <> '' and lower(need.category) = lower(purchase.category))
        or (need.category = '' and (
            (purchase.category <> '' and lower(what) like '%' || lower(purchase.category) || '%')
            or (product <> '' and (lower(what) like '%' || lower(product) || '%'
                or lower(product) like '%' || lower(what) || '%'))))
    )
    order by need.id, bought_on, purchase.id
    """,
    MaybeMet,
)
_AMOUNT = re.compile(r"(?:~|≈|about|around|约)?\s*([0-9][0-9]*(?:\.[0-9]+)?)\s*([kK千万]?)")
_TIMES = {"": 1, "k": 1_000, "千": 1_000, "万": 10_000}


def wish(words: str, said_on: date, currency: str) -> Wish:
    """`new sofa, ~8000, March`: what, about how much, and when, in this order or another, what it is first."""
    first, *parts = [part.strip() for part in re.split("[,，;；]", words)]
    if not first:
        raise WrongUse(f"{words!r} does not say what", "Write it like: new sofa, ~8000, March.")
    what, amount, wanted_on, wanted_words = [first], None, None, None
    for part in parts:
        number = _AMOUNT.fullmatch(part)
        if number and amount is None and (read := _minor(number, currency)) is not None:
            amount = read
            continue
        try:
            day = spoken_time(part, said_on)
        except (ValueError, OverflowError):
            what.append(part)
            continue
        if wanted_on is None:
            wanted_on, wanted_words = day, part
        else:
            what.append(part)
    return Wish(", ".join(filter(None, what)), amount, wanted_on, wanted_words)


def need(
    store: Store,
    customer: int,
    said: Wish,
    said_on: date,
    currency: str,
    *,
    category: str = "",
    visit: int | None = None,
) -> "Need":
    """Keep what a customer may want."""
    from retain_cli.model.need import Need

    made = Need(
        customer_id=customer,
        visit_id=visit,
        what=said.what,
        category=category,
        amount=said.amount,
        currency=None if said.amount is None else currency,
        said_on=said_on,
        wanted_on=said.wanted_on,
        wanted_words=said.wanted_words,
    )
    store.save(made)
    return made


def met(store: Store, number: int, day: date, purchase: int | None) -> Needed:
    """They have it: from us with this purchase, or without one from somewhere."""
    found = _open(store, number)
    if purchase is not None:
        bought = store.first(_PURCHASE, number=purchase)
        if bought is None or bought.customer_id != found.customer_id:
            raise WrongUse(
                f"purchase {purchase} is none of {found.name}'s",
                "See what may fit with: retain need list --maybe-met.",
                code="purchase-unknown",
            )
        day = bought.bought_on
    return _close(store, found, "met", day, purchase)


def gone(store: Store, number: int, day: date) -> Needed:
    """They do not want it any more."""
    return _close(store, _open(store, number), "gone", day, None)


def reopened(store: Store, number: int) -> Needed:
    """It is open again."""
    found = the_need(store, number)
    if found.status == "open":
        raise WrongUse(f"need {number} is open", "There is nothing to take back.", code="need-open")
    return _close(store, found, "open", None, None)


def moved(store: Store, number: int, wanted_on: date, words: str) -> Needed:
    """They named another time."""
    found = _open(store, number)
    store.run(
        "update need set wanted_on = ?, wanted_words = ? where id = ?", (wanted_on.isoformat(), words, found.id)
    )
    return the_need(store, number)


def the_need(store: Store, number: int) -> Needed:
    """The need of that number; WrongUse where there is none."""
    found = store.first(_ONE, number=number)
    if found is None:
        raise WrongUse(f"there is no need {number}", "See them with: retain need list.", code="need-unknown")
    return found


def open_needs(store: Store) -> list[Needed]:
    """Every open need, the earliest time first, those without one last."""
    return store.ask(_OPEN)


def needs_of(store: Store, customer: int) -> list[Needed]:
    """Every need of one customer, the newest first."""
    return store.ask(_OF_CUSTOMER, customer=customer)


def maybe_met(store: Store) -> list[MaybeMet]:
    """Purchases that may have met an open need; a person decides."""
    return store.ask(_MAYBE_MET)


def _open(store: Store, number: int) -> Needed:
    found = the_need(store, number)
    if found.status != "open":
        raise WrongUse(
            f"need {number} is {found.status} since {found.closed_on}",
            f"To change that, first: retain need reopen {number}.",
            code="need-closed",
        )
    return found


def _close(store: Store, found: Needed, status: str, day: date | None, purchase: int | None) -> Needed:
    store.run(
        "update need set status = ?, closed_on = ?, met_by_id = ? where id = ?",
        (status, day and day.isoformat(), purchase, found.id),
    )
    return the_need(store, found.id)


def _minor(number: re.Match[str], currency: str) -> int | None:
    try:
        return minor_units(number[1], currency) * _TIMES[number[2].lower()]
    except ValueError:
        return None
