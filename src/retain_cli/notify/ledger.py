"""The ledger of digests: claim one, send it, mark what became of it.

A claim is committed before anything is sent and marked after, so that two runs never send the same digest, and a
run that was killed leaves a claim that says so. Sending is at least once: a digest cut off while it was being
sent is sent again under the same key, by which a receiver tells a repetition.
"""

from datetime import date, datetime, timedelta
from enum import Enum
from hashlib import sha256
from typing import NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.store import Store

LEASE = timedelta(minutes=10)
"""Longer than any channel is waited for."""

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)


class Slot(NamedTuple):
    """What is told once: the digest of a day for a member of staff through a channel."""

    day: date
    staff: str | None
    channel: str

    def key(self, shop: str) -> str:
        """The name of this one digest among all of all shops; the same for every attempt, and after a restore."""
        words = "\n".join((shop, self.day.isoformat(), self.staff or "", self.channel))
        return sha256(words.encode()).hexdigest()[:32]

    def where(self) -> dict[str, str]:
        """Its row, as the parameters of a question."""
        return {"day": self.day.isoformat(), "staff": self.staff or "", "channel": self.channel}


class Standing(Enum):
    """What stands in the way of sending a digest now."""

    FREE = "free"
    SENT = "sent"
    WAITING = "waiting"
    """It failed a moment ago; the wait between attempts is not over."""
    ELSEWHERE = "elsewhere"
    """Another run sends it at this moment, on another machine or where no lock can tell."""


class Row(NamedTuple):
    """A digest as the ledger has it."""

    state: str
    attempts: int
    claimed_by: str
    lease_until_at: str | None
    retry_at: str | None
    error: str | None


class Entry(NamedTuple):
    """The newest digest of a channel."""

    channel: str
    staff: str
    digest_on: date
    state: str
    attempts: int
    customers: int
    lease_until_at: str | None
    retry_at: str | None
    sent_at: str | None
    error: str | None


class LastTold(NamedTuple):
    """The last day whose digest arrived."""

    told_on: date | None


class _Count(NamedTuple):
    value: int


_ROW = Question(
    """
    select state, attempts, claimed_by, lease_until_at, retry_at, error from notice
    where staff = :staff and channel = :channel and digest_on = :day
    """,
    Row,
)
_LAST_TOLD = Question(
    """
    select max(digest_on) from notice
    where staff = :staff and channel = :channel and state = 'sent' and digest_on < :day
    """,
    LastTold,
)
_UNSENT = Question(
    """
    select count(*) from notice
    where staff = :staff and channel = :channel and digest_on < :day and state in ('sending', 'failed')
    """,
    _Count,
)
_NEWEST = Question(
    """
    select channel, staff, digest_on, state, attempts, customers, lease_until_at, retry_at, sent_at, error
    from notice as newest
    where digest_on = (
        select max(digest_on) from notice where notice.staff = newest.staff and notice.channel = newest.channel)
    order by channel, staff
    """,
    Entry,
)


def row(store: Store, slot: Slot) -> Row | None:
    """What the ledger has of a digest."""
    return store.first(_ROW, **slot.where())


def last_told(store: Store, slot: Slot) -> date | None:
    """The last day before this one whose digest arrived through the same channel."""
    found = store.first(_LAST_TOLD, **slot.where())
    return found.told_on if found else None


def left_unsent(store: Store, slot: Slot) -> bool:
    """Whether an earlier day's digest never arrived."""
    found = store.first(_UNSENT, **slot.where())
    return bool(found and found.value)


def newest(store: Store) -> list[Entry]:
    """The newest digest of every channel."""
    return store.ask(_NEWEST)


def standing(store: Store, slot: Slot, now: datetime, machine: str, *, alone: bool) -> Standing:
    """Whether a digest may be sent now; `alone` says that the lock is held, by the only run of this machine."""
    # A clock that was put back a day would tell everything again.
    tomorrow = row(store, slot._replace(day=slot.day + timedelta(days=1)))
    if tomorrow is not None and tomorrow.state == "sent":
        return Standing.SENT
    found = row(store, slot)
    if found is None:
        return Standing.FREE
    if found.state == "sent":
        return Standing.SENT
    if found.state == "sending":
        # Under the lock no other run of this machine is alive: its own claim was left by one that died.
        died = alone and found.claimed_by == machine
        alive = not died and (found.lease_until_at or "") > instant(now)
        return Standing.ELSEWHERE if alive else Standing.FREE
    return Standing.WAITING if (found.retry_at or "") > instant(now) else Standing.FREE


def claim(store: Store, slot: Slot, key: str, customers: int, now: datetime, machine: str) -> None:
    """Write that it is being sent; earlier digests that never arrived are part of it from now on."""
    store.run(
        """
        insert into notice (digest_on, staff, channel, key, state, attempts, customers, claimed_by, lease_until_at)
        values (:day, :staff, :channel, :key, 'sending', 1, :customers, :machine, :lease)
        on conflict (staff, channel, digest_on) do update set state = 'sending', attempts = notice.attempts + 1,
            customers = excluded.customers, claimed_by = excluded.claimed_by,
            lease_until_at = excluded.lease_until_at, retry_at = null
        """,
        slot.where() | {"key": key, "customers": customers, "machine": machine, "lease": instant(now + LEASE)},
    )
    supersede(store, slot)


def supersede(store: Store, slot: Slot) -> None:
    """Earlier digests that never arrived are not sent any more: what waits is on this one."""
    store.run(
        """
        update notice set state = 'superseded', retry_at = null, lease_until_at = null
        where staff = :staff and channel = :channel and digest_on < :day and state in ('sending', 'failed')
        """,
        slot.where(),
    )


def mark_sent(store: Store, slot: Slot, now: datetime) -> None:
    """It arrived."""
    store.run(
        """
        update notice set state = 'sent', sent_at = :now, error = null, lease_until_at = null
        where staff = :staff and channel = :channel and digest_on = :day
        """,
        slot.where() | {"now": instant(now)},
    )


def mark_failed(store: Store, slot: Slot, error: str, now: datetime) -> datetime:
    """It did not arrive; when it may be tried again, each wait four times the last."""
    found = row(store, slot)
    attempts = found.attempts if found else 1
    again: datetime = now + min(_FIRST_WAIT * int(4 ** min(attempts - 1, 10)), _LONGEST_WAIT)
    store.run(
        """
        update notice set state = 'failed', error = :error, retry_at = :again, lease_until_at = null
        where staff = :staff and channel = :channel and digest_on = :day
        """,
        slot.where() | {"error": error, "again": instant(again)},
    )
    return again


def instant(moment: datetime) -> str:
    """An instant in UTC as ISO 8601 writes it, whose order is the order of its letters."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
