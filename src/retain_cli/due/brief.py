"""The page to read on the doorstep: everything that helps with one customer today."""

from datetime import date
from typing import NamedTuple

from retain_cli.due import suppression
from retain_cli.due.decisions import decided, refused
from retain_cli.due.listing import what_is_due
from retain_cli.due.occurrence import Occurrence
from retain_cli.record import benefit, history, ticket
from retain_cli.record.customers import Listed, customer
from retain_cli.record.feedback import Heard, feedback_of
from retain_cli.record.need import Needed, needs_of
from retain_cli.record.preference import Known, preferences
from retain_cli.record.promise import Promised, promises_to
from retain_cli.record.terms import terms_of_customer
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question, Text
from retain_cli.store.store import Store

CONTACTS_SHOWN = 3
PURCHASES_SHOWN = 5
DAYS_OF_BIRTHDAY_SHOWN = 30


class Satisfaction(NamedTuple):
    """How satisfied they were: the mean of so many scores, and the last."""

    mean: float
    scores: int
    last: int


class Brief(NamedTuple):
    """One customer on one day."""

    who: Listed
    about: history.About
    due: list[Occurrence]
    contacts: list[history.Contact]
    services: dict[int, list[str]]
    purchases: list[history.Bought]
    needs: list[Needed]
    promises: list[Promised]
    tickets: list[ticket.Matter]
    satisfaction: Satisfaction | None
    points: benefit.Balance
    coupons: list[benefit.CouponOf]
    gifts: list[benefit.GiftOf]
    preferences: list[Known]
    did: list[Heard]
    """What they said, we did, and they have not heard of yet."""
    offers: list[str]
    terms: list[str]
    """What everybody of their grade is entitled to."""
    left_alone: str | None
    """Why they are not to be contacted at all, as the lists say it."""
    refuses: list[str]
    """The channels they do not want to be contacted by."""


_LEFT_ALONE = Question(f"select {suppression.LEFT_OUT} from customer where customer.id = :customer", Text)


def brief(store: Store, policy: Policy, day: date, number: int) -> Brief:
    """What is known of the customer, as far as it matters today."""
    contacts = history.contacts(store, number)
    needs = [one for one in needs_of(store, number) if one.status == "open"]
    left_alone = store.first(_LEFT_ALONE, customer=number, **suppression.parameters(policy, day))
    coupons = [one for one in benefit.coupons(store, number) if benefit.can_be_used(one, day)]
    return Brief(
        customer(store, policy, number),
        history.about(store, number),
        what_is_due(store, policy, day, number),
        contacts[:CONTACTS_SHOWN],
        history.services_by_contact(store, number),
        history.purchases(store, number)[:PURCHASES_SHOWN],
        needs,
        [one for one in promises_to(store, number) if one.status == "open"],
        [one for one in ticket.tickets_of(store, number) if one.resolved_on is None],
        _satisfaction(contacts),
        benefit.balance(store, policy, number, day),
        coupons,
        [one for one in benefit.gifts(store, number) if one.given_on is None],
        preferences(store, day, number),
        [one for one in feedback_of(store, number) if one.done_on is not None and one.told_on is None],
        what_to_offer(needs, coupons),
        [one.words for one in terms_of_customer(store, number, day)],
        left_alone.value if left_alone else None,
        sorted(refused(decided(store, [number]).get(number, ()))),
    )


def what_to_offer(needs: list[Needed], coupons: list[benefit.CouponOf]) -> list[str]:
    """What they said they need, and what of theirs they can use for it."""
    said = [f"they may want: {one.what}" + (f" ({one.wanted_words})" if one.wanted_words else "") for one in needs]
    return said + [f"coupon {one.id}" + (f", until {one.expires_on}" if one.expires_on else "") for one in coupons]


def _satisfaction(contacts: list[history.Contact]) -> Satisfaction | None:
    scores = [one.satisfaction for one in contacts if one.satisfaction is not None]
    return Satisfaction(sum(scores) / len(scores), len(scores), scores[0]) if scores else None
