"""Points, coupons and gifts: granted, used, expired.

The last day on which points or a coupon can be used is their `expires_on`; on the day after it they are gone.
"""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.dates.recurrence import Interval, nth_day
from retain_cli.errors import WrongUse
from retain_cli.store.policy import Policy, numbers_by_name
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

if TYPE_CHECKING:
    pass


_SEE = "See: retain benefit balance CUSTOMER."


class Balance(NamedTuple):
    """A customer's points on a day: what can be used, and what was ever earned, used and lost."""

    points: int
    earned: int
    used: int
    expired: int
    level: str | None


class Grant(NamedTuple):
    """Points that were granted, and what is left of them."""

    id: int
    happened_on: date
    points: int
    expires_on: date | None
    words: str
    left: int


class CouponOf(NamedTuple):
    """One coupon and whose it is; exactly one of amount and percent is there."""

    id: int
    customer_id: int
    granted_on: date
    amount: int | None
    percent: int | None
    min_spend: int
    currency: str
    expires_on: date | None
    used_on: date | None
    saved: int | None
    words: str


class GiftOf(NamedTuple):
    """One gift, from the idea to the day it was given."""

    id: int
    customer_id: int
    what: str
    thought_of_on: date
    for_on: date | None
    bought_on: date | None
    cost: int | None
    currency: str | None
    given_on: date | None


# What was used of a grant counts from the day it was used, so that a balance of the past stays what it was.
_GRANTS = Question(
    """
    select id, happened_on, points, expires_on, words, points + coalesce((
        select sum(used.points) from points_entry as used
        where used.grant_id = points_entry.id and used.happened_on <= :day), 0)
    from points_entry where customer_id = :customer and grant_id is null and happened_on <= :day
    order by coalesce(expires_on, '9999-12-31'), happened_on, id
    """,
    Grant,
)
_LATER_USE = Question(
    "select count(*) from points_entry where customer_id = :customer and points < 0 and happened_on > :day", Number
)
_COUPON = """
    select id, customer_id, granted_on, amount, percent, min_spend, currency, expires_on, used_on, saved, words
    from coupon
"""
_ONE_COUPON = Question(_COUPON + " where id = :number", CouponOf)
_COUPONS = Question(
    _COUPON + " where customer_id = :customer order by coalesce(expires_on, '9999-12-31'), id", CouponOf
)
_GIFT = """
    select id, customer_id, what, thought_of_on, for_on, bought_on, cost, currency, given_on from gift
"""
_ONE_GIFT = Question(_GIFT + " where id = :number", GiftOf)
_GIFTS = Question(_GIFT + " where customer_id = :customer order by id", GiftOf)
_INSERT = """
    insert into points_entry (customer_id, happened_on, points, expires_on, grant_id, words)
    values (?, ?, ?, ?, ?, ?)
"""


def grant_points(
    store: Store, policy: Policy, customer: int, points: int, day: date, expires_on: date | None, words: str
) -> date | None:
    """Add points; the last day to use them is the policy's where none is named. Gives that day."""
    if points < 1:
        raise WrongUse(f"{points} points cannot be granted", "Grant one or more.")
    if expires_on is None and policy.points_months:
        expires_on = nth_day(day, Interval(months=policy.points_months), 1)
    if expires_on is not None and expires_on < day:
        raise WrongUse(f"{expires_on} lies before {day}, when they are granted", "Name a later day.")
    store.run(_INSERT, (customer, day.isoformat(), points, expires_on and expires_on.isoformat(), None, words))
    return expires_on


def use_points(store: Store, customer: int, points: int, day: date, words: str) -> None:
    """Take points from the grants that expire first; WrongUse where there are not as many."""
    if points < 1:
        raise WrongUse(f"{points} points cannot be used", "Use one or more.")
    later = store.first(_LATER_USE, customer=customer, day=day.isoformat())
    if later and later.value:
        raise WrongUse(f"points were used after {day} already", "Note uses in the order they happened.")
    usable = [grant for grant in grants(store, customer, day) if grant.left and _usable(grant, day)]
    there = sum(grant.left for grant in usable)
    if points > there:
        raise WrongUse(f"there are {there:,} points to use, not {points:,}", "Use fewer.", code="points-short")
    wanted = points
    for grant in usable:
        taken = min(grant.left, wanted)
        if taken:
            store.run(_INSERT, (customer, day.isoformat(), -taken, None, grant.id, words))
        wanted -= taken


def grants(store: Store, customer: int, day: date) -> list[Grant]:
    """Everything granted by `day`, and what was left of it then, the first to expire first."""
    return store.ask(_GRANTS, customer=customer, day=day.isoformat())


def balance(store: Store, policy: Policy, customer: int, day: date) -> Balance:
    """A customer's points on a day."""
    granted = grants(store, customer, day)
    earned = sum(grant.points for grant in granted)
    left = sum(grant.left for grant in granted if _usable(grant, day))
    lost = sum(grant.left for grant in granted if not _usable(grant, day))
    return Balance(left, earned, earned - left - lost, lost, level(policy, earned))


def level(policy: Policy, earned: int) -> str | None:
    """The level that so many points ever earned have reached; spending them takes none away."""
    reached = [(points, name) for name, points in numbers_by_name(policy.point_levels).items() if points <= earned]
    return max(reached)[1] if reached else None


def grant_coupon(
    store: Store,
    customer: int,
    day: date,
    *,
    amount: int | None,
    percent: int | None,
    min_spend: int,
    currency: str,
    expires_on: date | None,
    words: str,
) -> CouponOf:
    """Grant a coupon of an amount or of a percentage."""
    from retain_cli.model.benefit import Coupon

    if (amount is None) == (percent is None):
        raise WrongUse("a coupon is an amount or a percentage", "Say --amount or --percent.")
    if amount == 0:
        raise WrongUse("a coupon of nothing is none", "Name an amount.")
    if expires_on is not None and expires_on < day:
        raise WrongUse(f"{expires_on} lies before {day}, when it is granted", "Name a later day.")
    coupon = Coupon(
        customer_id=customer,
        granted_on=day,
        amount=amount,
        percent=percent,
        min_spend=min_spend,
        currency=currency,
        expires_on=expires_on,
        words=words,
    )
    store.save(coupon)
    assert coupon.id is not None  # noqa: S101
    return the_coupon(store, customer, coupon.id)


def use_coupon(store: Store, customer: int, number: int, spend: int, day: date) -> CouponOf:
    """Use a coupon for a purchase of `spend` minor units; it saves no more than that, rounded down."""
    found = the_coupon(store, customer, number)
    if found.used_on is not None:
        raise WrongUse(f"coupon {number} was used on {found.used_on}", "It counts once.", code="coupon-used")
    if day < found.granted_on:
        raise WrongUse(f"coupon {number} was granted on {found.granted_on}", "It cannot be used before.")
    if found.expires_on is not None and day > found.expires_on:
        raise WrongUse(f"coupon {number} expired on {found.expires_on}", "Grant another.", code="coupon-expired")
    if spend < found.min_spend:
        raise WrongUse(f"coupon {number} needs a larger purchase", _SEE, code="spend-short")
    saved = min(found.amount, spend) if found.amount is not None else spend * (found.percent or 0) // 100
    store.run("update coupon set used_on = ?, saved = ? where id = ?", (day.isoformat(), saved, number))
    return the_coupon(store, customer, number)


def the_coupon(store: Store, customer: int, number: int) -> CouponOf:
    """The coupon of that number; WrongUse where it is none of the customer's."""
    found = store.first(_ONE_COUPON, number=number)
    if found is None or found.customer_id != customer:
        raise WrongUse(f"coupon {number} is none of theirs", _SEE, code="coupon-unknown")
    return found


def coupons(store: Store, customer: int) -> list[CouponOf]:
    """Every coupon of a customer, the first to expire first."""
    return store.ask(_COUPONS, customer=customer)


def can_be_used(coupon: CouponOf, day: date) -> bool:
    """Whether a coupon still counts on a day."""
    return coupon.used_on is None and (coupon.expires_on is None or day <= coupon.expires_on)


def think_of(store: Store, customer: int, what: str, day: date, for_on: date | None) -> GiftOf:
    """An idea for a gift, and the day it is meant for."""
    return _gift(store, customer, what, day, for_on=for_on)


def buy(store: Store, customer: int, number: int, day: date, cost: int | None, currency: str) -> GiftOf:
    """The gift is bought."""
    found = the_gift(store, customer, number)
    if found.bought_on is not None or found.given_on is not None:
        raise WrongUse(f"gift {number} is bought already", _SEE, code="gift-bought")
    store.run(
        "update gift set bought_on = ?, cost = ?, currency = ? where id = ?",
        (day.isoformat(), cost, None if cost is None else currency, number),
    )
    return the_gift(store, customer, number)


def hand_over(store: Store, customer: int, number: int, day: date) -> GiftOf:
    """The gift is given."""
    found = the_gift(store, customer, number)
    if found.given_on is not None:
        raise WrongUse(f"gift {number} was given on {found.given_on}", "It is given once.", code="gift-given")
    store.run("update gift set given_on = ? where id = ?", (day.isoformat(), number))
    return the_gift(store, customer, number)


def give(store: Store, customer: int, what: str, day: date, *, visit: int | None = None) -> GiftOf:
    """A gift that was given without having been noted before."""
    return _gift(store, customer, what, day, given_on=day, visit=visit)


def gifts(store: Store, customer: int) -> list[GiftOf]:
    """Every gift of a customer, in the order they were thought of."""
    return store.ask(_GIFTS, customer=customer)


def the_gift(store: Store, customer: int, number: int) -> GiftOf:
    """The gift of that number; WrongUse where it is none of the customer's."""
    found = store.first(_ONE_GIFT, number=number)
    if found is None or found.customer_id != customer:
        raise WrongUse(f"gift {number} is none of theirs", _SEE, code="gift-unknown")
    return found


def _gift(
    store: Store,
    customer: int,
    what: str,
    day: date,
    *,
    for_on: date | None = None,
    given_on: date | None = None,
    visit: int | None = None,
) -> GiftOf:
    from retain_cli.model.benefit import Gift

    made: Gift = Gift(
        customer_id=customer, visit_id=visit, what=what, thought_of_on=day, for_on=for_on, given_on=given_on
    )
    store.save(made)
    assert made.id is not None  # noqa: S101
    return the_gift(store, customer, made.id)


def _usable(grant: Grant, day: date) -> bool:
    return grant.expires_on is None or day <= grant.expires_on
