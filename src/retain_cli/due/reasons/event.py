"""They came to an event and are to be thanked, or had meant to come and were missed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

NAME = "event"
WEIGHT = 0.5

_NEXT_DAY = timedelta(days=1)


class _Guest(NamedTuple):
    customer_id: int
    name: str
    held_on: date
    came: int
    contacted_on: date | None


# An event without a note of who came has missed nobody. The cross join keeps the few events of the days first.
_GUESTS = """
    select invitation.customer_id, event.name, held_on, came, (
        select max(visited_on) from visit
        where visit.customer_id = invitation.customer_id and outcome <> 'not-reached')
    from event cross join invitation
    where event.held_on between :first and :last and counted_on is not null and invitation.event_id = event.id
        and (came or answer in ('yes', 'maybe'))
"""
_EVERYBODY = Question(_GUESTS, _Guest)
_ONE = Question(_GUESTS + " and invitation.customer_id = :customer", _Guest)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Guests of the events of the policy's days, from the day after it, who were not contacted since.

    After these days it lapses, as a wish does: nobody is thanked for an evening of last year.
    """
    question, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    days = {
        "first": (asked.day - timedelta(days=asked.policy.event_days)).isoformat(),
        "last": (asked.last - _NEXT_DAY).isoformat(),
    }
    for row in asked.store.ask(question, **days, **one):
        due_on = row.held_on + _NEXT_DAY
        if row.contacted_on is None or row.contacted_on < due_on:
            service = "thank for coming" if row.came else "sorry we missed you"
            yield Occurrence(
                row.customer_id, NAME, service, due_on, max((asked.day - due_on).days, 0), False, 0,
                "message", 5, 0.0, about=row.name,
            )  # fmt: skip
