"""Keeping what was decided about contacting a customer, and taking it back."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class About(NamedTuple):
    """What a skip or a snooze is about: one occurrence, and the last nominal day it covers."""

    reason: str
    service: str
    due_on: date
    through_on: date


class Kept(NamedTuple):
    """A decision as it is kept."""

    id: int
    kind: str
    decided_on: date
    until_on: date | None
    channel: str | None
    words: str | None
    reason: str | None
    service: str | None
    due_on: date | None


_IN_FORCE = """
    select id, kind, decided_on, until_on, channel, words, reason, service, due_on from decision
    where customer_id = :customer and lifted_on is null
"""
_ALL = Question(_IN_FORCE + " order by decided_on, id", Kept)
_OF_KIND = Question(_IN_FORCE + " and kind = :kind order by id", Kept)
_LEFT_ALONE = Question("select do_not_contact from customer where id = :customer", Number)
_LIFT = "update decision set lifted_on = ? where id = ?"


def in_force(store: Store, customer: int) -> list[Kept]:
    """Everything decided about a customer and not taken back, the oldest first."""
    return store.ask(_ALL, customer=customer)


def decide(
    store: Store,
    customer: int,
    kind: str,
    today: date,
    *,
    about: Sequence[About] = (),
    until: date | None = None,
    channel: str | None = None,
    words: str | None = None,
) -> list[Kept]:
    """Keep a decision, one row for each thing it is about; an older one of the kind about the same is over."""
    from retain_cli.model.decision import Decision

    things: Sequence[About | None] = about or [None]
    older = store.ask(_OF_KIND, customer=customer, kind=kind) if kind != "skip" else []
    for one in older:
        if any((one.reason, one.service) == ((thing and thing[:2]) or (None, None)) for thing in things) and (
            one.channel == channel
        ):
            store.run(_LIFT, (today.isoformat(), one.id))
    rows = [
        Decision(
            customer_id=customer,
            kind=kind,
            decided_on=today,
            until_on=until,
            channel=channel,
            words=words,
            **(thing._asdict() if thing else {}),
        )
        for thing in things
    ]
    store.save(*rows)
    new = {row.id for row in rows}
    return [one for one in store.ask(_OF_KIND, customer=customer, kind=kind) if one.id in new]


def take_back_last(
    store: Store, customer: int, kind: str, today: date, *, service: str | None = None
) -> list[Kept]:
    """Take back what was last decided of a kind, all of one day; what was taken back."""
    found = [one for one in store.ask(_OF_KIND, customer=customer, kind=kind) if service in (None, one.service)]
    last = max((one.decided_on for one in found), default=today)
    return _lift(store, [one for one in found if one.decided_on == last], today)


def contact_again(store: Store, customer: int, today: date, *, channel: str | None = None) -> list[Kept]:
    """Lift every do-not-contact, or that of one channel; also the one that came with the shop's own data."""
    kinds = ("never",) if channel else ("never", "inactive", "deceased")
    found = [one for one in in_force(store, customer) if one.kind in kinds and channel in (None, one.channel)]
    if channel is None:
        store.run("update customer set do_not_contact = false where id = ?", (customer,))
    return _lift(store, found, today)


def is_left_alone(store: Store, customer: int) -> bool:
    """Whether the shop's own data says that the customer asked not to be contacted."""
    row = store.first(_LEFT_ALONE, customer=customer)
    return bool(row and row.value)


def _lift(store: Store, decisions: list[Kept], today: date) -> list[Kept]:
    for one in decisions:
        store.run(_LIFT, (today.isoformat(), one.id))
    return decisions
