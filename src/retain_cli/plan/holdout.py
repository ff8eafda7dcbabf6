"""Leaving a random share of C customers out of the routine touches, to see what these are good for.

Everybody who was a C on the first day is in the trial: some held out, by lot within tenths of what they bought, the
rest cared for as ever and compared with. Only one trial runs at a time; an ended one keeps its members.
"""

import random
from datetime import date
from typing import NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.store import Store

GRADE = "C"
ROUTINE = (
    "return visit",
    "holiday",
    "after a purchase",
    "going cold",
    "win-back",
    "likely to order soon",
    "drifting away",
)
"""The reasons held-out customers are left out of: never service, complaints or what was agreed."""
BIRTHDAY = "birthday"

_STRATA = 10


class Holdout(NamedTuple):
    """One trial."""

    id: int
    started_on: date
    ended_on: date | None
    percent: int
    seed: int
    birthdays: int
    customers: int
    held_out: int


class _Member(NamedTuple):
    customer_id: int


_TRIALS = """
    select id, started_on, ended_on, percent, seed, birthdays, customers, held_out from holdout
"""
_RUNNING = Question(_TRIALS + " where ended_on is null order by id desc limit 1", Holdout)
_LAST = Question(_TRIALS + " order by id desc limit 1", Holdout)
_CANDIDATES = Question(
    "select customer_id from enrolment where grade = :grade order by amount desc, customer_id", _Member
)
_HELD = Question("select customer_id from holdout_member where holdout_id = :holdout and held = 1", _Member)
_WRITE = """
    insert into holdout (started_on, percent, seed, birthdays, customers, held_out)
    values (:day, :percent, :seed, :birthdays, :customers, :held)
"""


def running(store: Store) -> Holdout | None:
    """The trial that runs, if any does."""
    return store.first(_RUNNING)


def last_trial(store: Store) -> Holdout | None:
    """The trial that began last, whether it runs or has ended."""
    return store.first(_LAST)


def left_out(store: Store) -> tuple[frozenset[int], tuple[str, ...]]:
    """Whom the running trial leaves out, and of which reasons."""
    trial = running(store)
    if trial is None:
        return frozenset(), ()
    held = frozenset(row.customer_id for row in store.stream(_HELD, holdout=trial.id))
    return held, (*ROUTINE, BIRTHDAY) if trial.birthdays else ROUTINE


def begin(store: Store, percent: int, seed: int, day: date, *, birthdays: bool = False) -> Holdout | None:
    """Draw the lots among those who are C now; None where nobody is."""
    candidates = [row.customer_id for row in store.stream(_CANDIDATES, grade=GRADE)]
    if not candidates:
        return None
    held = draw(candidates, percent, seed)
    made = store.run(
        _WRITE,
        {
            "day": day.isoformat(),
            "percent": percent,
            "seed": seed,
            "birthdays": int(birthdays),
            "customers": len(candidates),
            "held": len(held),
        },
    ).lastrowid
    store.run_many(
        "insert into holdout_member (holdout_id, customer_id, held) values (?, ?, ?)",
        ((made, customer, int(customer in held)) for customer in sorted(candidates)),
    )
    return running(store)


def draw(candidates: list[int], percent: int, seed: int) -> set[int]:
    """By lot, `percent` of a hundred of each tenth of the candidates, who stand in the order of what they bought.

    What rounding leaves over in one tenth is carried to the next, from a beginning that is drawn too: so everybody
    has the same chance, and the whole is less than one customer off.
    """
    lots = random.Random(seed)  # noqa: S311
    begins = lots.random()
    held: set[int] = set()
    for number in range(_STRATA):
        first, last = (len(candidates) * part // _STRATA for part in (number, number + 1))
        wanted = int(last * percent / 100 + begins) - len(held)
        held.update(lots.sample(candidates[first:last], min(wanted, last - first)))
    return held


def end(store: Store, day: date) -> Holdout | None:
    """End the running trial; None where none runs."""
    trial = running(store)
    if trial is not None:
        store.run("update holdout set ended_on = ? where id = ?", (day.isoformat(), trial.id))
        trial = trial._replace(ended_on=day)
    return trial
