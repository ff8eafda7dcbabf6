"""Feedback: what a customer said, what we did about it, and that they heard."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.store.question import Question
from retain_cli.store.store import Store

if TYPE_CHECKING:
    pass

KINDS = ("suggestion", "complaint", "praise")


class Heard(NamedTuple):
    """One thing said, by whom, and what came of it."""

    id: int
    customer_id: int
    external_id: str | None
    name: str
    kind: str
    words: str
    said_on: date
    action: str | None
    owner: str | None
    due_on: date | None
    done_on: date | None
    result: str | None
    told_on: date | None


_HEARD = """
    select feedback.id, customer_id, external_id, name, kind, words, said_on, action, owner, due_on, done_on, result,
        told_on
    from feedback join customer on customer.id = feedback.customer_id
"""
_ONE = Question(_HEARD + " where feedback.id = :number", Heard)
_OPEN = Question(
    _HEARD
    + """
    where done_on is null and kind <> 'praise' order by coalesce(due_on, '9999-12-31'), feedback.id
    """,
    Heard,
)
_ALL = Question(_HEARD + " order by said_on desc, feedback.id desc", Heard)
_OF_CUSTOMER = Question(_HEARD + " where customer_id = :customer order by said_on desc, feedback.id desc", Heard)


def hear(store: Store, customer: int, kind: str, words: str, day: date) -> Heard:
    """Keep what was said."""
    from retain_cli.model.feedback import Feedback

    made: Feedback = Feedback(customer_id=customer, kind=kind, words=words, said_on=day)
    store.save(made)
    assert made.id is not None  # noqa: S101
    return the_feedback(store, made.id)


def plan_action(store: Store, number: int, action: str, owner: str | None, due_on: date | None) -> Heard:
    """What we are going to do about it, who, and by when."""
    found = _undone(store, number)
    if due_on is not None and due_on < found.said_on:
        raise WrongUse(f"{due_on} lies before {found.said_on}, when it was said", "Name a later day.")
    store.run(
        "update feedback set action = ?, owner = ?, due_on = ? where id = ?",
        (action, owner, due_on and due_on.isoformat(), number),
    )
    return the_feedback(store, number)


def done(store: Store, number: int, result: str, day: date) -> Heard:
    """It is done, and what came of it."""
    found = _undone(store, number)
    if day < found.said_on:
        raise WrongUse(f"{day} lies before {found.said_on}, when it was said", "Name a later day.")
    store.run("update feedback set done_on = ?, result = ? where id = ?", (day.isoformat(), result, number))
    return the_feedback(store, number)


def told(store: Store, number: int, day: date) -> Heard:
    """The customer heard what we did."""
    found = the_feedback(store, number)
    if found.done_on is None:
        raise WrongUse(f"nothing is done about feedback {number} yet", f"First: retain feedback done {number}.")
    store.run("update feedback set told_on = ? where id = ?", (day.isoformat(), number))
    return the_feedback(store, number)


def the_feedback(store: Store, number: int) -> Heard:
    """The one of that number; WrongUse where there is none."""
    found = store.first(_ONE, number=number)
    if found is None:
        raise WrongUse(f"there is no feedback {number}", "See: retain feedback list.", code="feedback-unknown")
    return found


def open_feedback(store: Store) -> list[Heard]:
    """What nothing is done about yet, the earliest day first."""
    return store.ask(_OPEN)


def all_feedback(store: Store) -> list[Heard]:
    """Everything that was said, the newest first."""
    return store.ask(_ALL)


def feedback_of(store: Store, customer: int) -> list[Heard]:
    """What one customer said, the newest first."""
    return store.ask(_OF_CUSTOMER, customer=customer)


def _undone(store: Store, number: int) -> Heard:
    found = the_feedback(store, number)
    if found.done_on is not None:
        raise WrongUse(f"feedback {number} was seen to on {found.done_on}", "Note anything new as new feedback.")
    return found
