"""Letters on their way to customers: claimed, sent, marked, one customer after the other.

Each gets a campaign at most once. A claim is committed before anything is sent and marked after; a run that dies in
between leaves a claim, and whoever is claimed is not sent to again unless a person says so.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from retain_cli.errors import DatabaseLocked
from retain_cli.notify.delivery import TRIES_TO_MARK, Open
from retain_cli.notify.letters import Letter, letters
from retain_cli.notify.message import Message, Safe
from retain_cli.notify.sending import NotSent, sender
from retain_cli.notify.to_customers import WayToCustomers
from retain_cli.plan.clocks import follow_visits
from retain_cli.record import campaign as campaigns
from retain_cli.record.campaign import Contact
from retain_cli.store.policy import read_policy, shop_id
from retain_cli.store.store import Store

GIVES_UP_AFTER = 5
"""So many failures on end are the channel's, and not the customers'."""


class Sent(NamedTuple):
    """What became of one customer: `sent`, `failed`, `unsure`, or `left-out`."""

    customer_id: int
    external_id: str | None
    name: str
    result: str
    why: str | None = None


class Sending(NamedTuple):
    """What became of everybody who was tried, and how many were not because the channel failed."""

    outcomes: list[Sent]
    not_tried: int

    def count_of(self, result: str) -> int:
        """How many had this result."""
        return sum(one.result == result for one in self.outcomes)


def waiting(contacts: Sequence[Contact], *, unsure: bool = False) -> list[Contact]:
    """Those who did not get it yet, whoever failed before last; with `unsure` also those who may have got it."""
    states = ["chosen", "failed", *(["sending"] if unsure else [])]
    return sorted((one for one in contacts if one.state in states), key=lambda one: states.index(one.state))


def deliver(
    contacts: Sequence[Contact],
    number: int,
    way: WayToCustomers,
    change: Open,
    day: date,
    *,
    safe: Safe,
    told: Callable[[Sent], None] = lambda _: None,
) -> Sending:
    """Send a campaign to these customers of its list; call it under the lock.

    Whether somebody may be addressed is asked again in the moment they are claimed.
    """
    outcomes: list[Sent] = []
    failures = 0
    for at, contact in enumerate(contacts):
        if failures >= GIVES_UP_AFTER:
            return Sending(outcomes, len(contacts) - at)
        outcome = _deliver(contact, number, way, change, day, safe)
        if outcome is None:
            continue
        failures = failures + 1 if outcome.result == "failed" else 0 if outcome.result == "sent" else failures
        outcomes.append(outcome)
        told(outcome)
    return Sending(outcomes, 0)


def exit_code(sending: Sending) -> int:
    """0 where everybody who could be was reached, 3 where some were, 69 where nobody was."""
    if not (sending.count_of("failed") or sending.count_of("unsure") or sending.not_tried):
        return 0
    return 3 if sending.count_of("sent") else 69


def _deliver(
    contact: Contact, number: int, way: WayToCustomers, change: Open, day: date, safe: Safe
) -> Sent | None:
    who = contact.customer_id, contact.external_id, contact.name
    with change() as store:
        claimed = _claim(store, contact, number, way, day, safe)
    if claimed is None:
        return None
    if isinstance(claimed, str):
        return Sent(*who, "left-out", claimed)
    error, unsure = _send(claimed, way)
    if not unsure:
        _mark(change, contact.customer_id, number, day, error)
    return Sent(*who, "sent" if error is None else "unsure" if unsure else "failed", error)


class _Claimed(NamedTuple):
    letter: Letter
    key: str


def _claim(
    store: Store, contact: Contact, number: int, way: WayToCustomers, day: date, safe: Safe
) -> _Claimed | str | None:
    """What is to be sent, or why they are left out, or None where they are not on the list or had it by now."""
    now = campaigns.the_contact(store, number, contact.customer_id)
    if now is None or now.state != contact.state:
        return None
    campaign = campaigns.the_campaign(store, number)
    found = letters(store, read_policy(store), day, campaign, [now], way.needs, safe=safe)
    if found.left_out:
        return found.left_out[0].why
    campaigns.claim(store, number, contact.customer_id)
    words = "\n".join((shop_id(store), "campaign", str(number), str(contact.customer_id)))
    return _Claimed(found.letters[0], sha256(words.encode()).hexdigest()[:32])


def _send(claimed: _Claimed, way: WayToCustomers) -> tuple[str | None, bool]:
    """Why it did not arrive, and whether it may have; None where it did."""
    letter = claimed.letter
    to = {"phone": letter.phone, "email": letter.email}
    told = {"to": {"id": letter.customer_id, "external_id": letter.external_id, "name": letter.name, **to}}
    words = {name: value or "" for name, value in to.items()}
    try:
        send = sender(way.to(to))
        send(Message(letter.subject, letter.text, told, 1, words), claimed.key)
    except NotSent as problem:
        return str(problem), problem.may_have_arrived
    return None, False


def _mark(change: Open, customer: int, number: int, day: date, error: str | None) -> None:
    for _ in range(TRIES_TO_MARK - 1):
        # A long import may hold the database; giving up would leave it unknown whether they got it.
        with suppress(DatabaseLocked):
            return _marked(change, customer, number, day, error)
    return _marked(change, customer, number, day, error)


def _marked(change: Open, customer: int, number: int, day: date, error: str | None) -> None:
    with change() as store:
        if error is not None:
            campaigns.mark_failed(store, number, customer, error)
        elif campaigns.mark_sent(store, number, customer, day):
            follow_visits(store, customer)
