"""Digests on their way: claimed, sent, marked, channel by channel."""

import platform
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime
from typing import NamedTuple

from retain_cli.errors import DatabaseLocked
from retain_cli.notify import ledger
from retain_cli.notify.channels import Channel, for_the_team
from retain_cli.notify.digest import Digest, digest
from retain_cli.notify.ledger import Slot, Standing
from retain_cli.notify.message import Message, Safe, message
from retain_cli.notify.sending import NotSent, Send, sender
from retain_cli.plan.staff import team
from retain_cli.store.policy import Policy, shop_id
from retain_cli.store.store import Store

Open = Callable[[], AbstractContextManager[Store]]
"""The store for writing; leaving the block commits."""
Now = Callable[[], datetime]
"""The instant it is, in UTC."""


TRIES_TO_MARK = 12
"""Each waits for the database as long as any command does: two minutes in all."""


class Parcel(NamedTuple):
    """One digest for one channel, and whether it arrived already."""

    channel: Channel
    slot: Slot
    key: str
    digest: Digest
    message: Message
    is_sent: bool
    leaves_unsent: bool
    """Whether an earlier day's digest never arrived."""


class Outcome(NamedTuple):
    """What became of a digest: `sent`, `told` before, `failed`, or `waiting` for its next attempt."""

    channel: Channel
    result: str
    customers: int
    error: str | None = None
    retry_at: str | None = None


def parcels(
    store: Store, policy: Policy, channels: Sequence[Channel], day: date, *, limit: int | None, safe: Safe
) -> list[Parcel]:
    """Today's digest for every channel; where nothing is due it says nothing.

    BadConfiguration where a channel is for somebody who is not in the team.
    """
    channels = for_the_team(channels, team(store))
    made: dict[tuple[str | None, date | None], Digest] = {}
    shop = shop_id(store)
    found = []
    for channel in channels:
        slot = Slot(day, channel.staff, channel.name)
        told_on = ledger.last_told(store, slot)
        wanted = channel.staff, told_on
        if wanted not in made:
            made[wanted] = digest(
                store, policy, day, told_on=told_on, limit=limit, staff=channel.staff, staff_id=channel.staff_id
            )
        told = message(made[wanted], include_names=channel.include_names, safe=safe)
        known = ledger.row(store, slot)
        is_sent = known is not None and known.state == "sent"
        unsent = ledger.left_unsent(store, slot)
        found.append(Parcel(channel, slot, slot.key(shop), made[wanted], told, is_sent, unsent))
    return found


def told_before(parcels: Sequence[Parcel]) -> list[Outcome]:
    """The outcomes where nothing is left to send."""
    return [Outcome(one.channel, "told", one.message.customers) for one in parcels if one.digest.says_something]


def deliver(parcels: Sequence[Parcel], change: Open, now: Now, *, alone: bool) -> list[Outcome]:
    """Send every digest that was not sent yet; call it under the lock, and say whether that is really held.

    One that says nothing is not sent, and what was left unsent of earlier days is settled with it.
    """
    return [found for parcel in parcels if (found := _deliver(parcel, change, now, alone)) is not None]


def _deliver(parcel: Parcel, change: Open, now: Now, alone: bool) -> Outcome | None:
    if not parcel.digest.says_something:
        if parcel.leaves_unsent:
            with change() as store:
                ledger.supersede(store, parcel.slot)
        return None
    customers = parcel.message.customers
    send, broken = _sender(parcel.channel)
    with change() as store:
        stands = ledger.standing(store, parcel.slot, now(), platform.node(), alone=alone)
        if stands is not Standing.FREE:
            known = ledger.row(store, parcel.slot)
            if stands is Standing.SENT or known is None:
                return Outcome(parcel.channel, "told", customers)
            error = known.error if stands is Standing.WAITING else "another run is sending it"
            return Outcome(parcel.channel, "waiting", customers, error, known.retry_at)
        ledger.claim(store, parcel.slot, parcel.key, customers, now(), platform.node())
    error = broken if send is None else _sent(send, parcel.message, parcel.key)
    for _ in range(TRIES_TO_MARK - 1):
        # A long import may hold the database; giving up would send again what has arrived.
        with suppress(DatabaseLocked):
            return _marked(parcel, error, change, now)
    return _marked(parcel, error, change, now)


def _marked(parcel: Parcel, error: str | None, change: Open, now: Now) -> Outcome:
    customers = parcel.message.customers
    with change() as store:
        if error is None:
            ledger.mark_sent(store, parcel.slot, now())
            return Outcome(parcel.channel, "sent", customers)
        again = ledger.mark_failed(store, parcel.slot, error, now())
    return Outcome(parcel.channel, "failed", customers, error, ledger.instant(again))


def _sender(channel: Channel) -> tuple[Send | None, str]:
    """What sends through the channel, or why nothing can."""
    try:
        return sender(channel), ""
    except NotSent as problem:
        return None, str(problem)


def _sent(send: Send, told: Message, key: str) -> str | None:
    """Send it; why it did not arrive, or None where it did."""
    try:
        send(told, key)
    except NotSent as problem:
        return str(problem)
    return None


def try_out(channels: Sequence[Channel], told: Message, key: str) -> list[Outcome]:
    """Send one message through every channel, without a word in the ledger."""
    outcomes = []
    for channel in channels:
        send, broken = _sender(channel)
        error = broken if send is None else _sent(send, told, key)
        outcomes.append(Outcome(channel, "sent" if error is None else "failed", 0, error))
    return outcomes


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """0 where everybody was told, 3 where some were, 69 where nobody was."""
    told = sum(outcome.result in ("sent", "told") for outcome in outcomes)
    if told == len(outcomes):
        return 0
    return 3 if told else 69
