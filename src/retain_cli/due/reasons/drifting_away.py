"""They are drifting away: the days of their next order went by without one, and they may be a customer no more."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

NAME = "drifting away"
WEIGHT = 0.5
IF_ROOM = True
GUESSED = True

_NEXT_DAY = timedelta(days=1)


class _Drifting(NamedTuple):
    customer_id: int
    next_to_on: date
    p_alive: float
    low: float
    high: float
    contacted_on: date | None


# Whoever bought on one day alone never had a habit to drift from.
_DRIFTING = """
    select customer_id, next_to, p_alive, p_alive_low, p_alive_high, (
        select max(visited_on) from visit
        where visit.customer_id = prediction.customer_id and outcome <> 'not-reached')
    from prediction
    where next_to between :first and :last and p_alive <= :alive
        and exists (
            select 1 from rhythm where rhythm.customer_id = prediction.customer_id and purchase_days > 1
        )
        and not exists (
            select 1 from purchase
            where purchase.customer_id = prediction.customer_id and bought_on > predicted_on and amount > 0
        )
"""
_EVERYBODY = Question(_DRIFTING, _Drifting)
_ONE = Question(_DRIFTING + " and customer_id = :customer", _Drifting)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Those whose likely days ended within the policy's days, and who were not contacted since.

    The chance is that of the last grading. Without a model there is none, and only going cold speaks of them.
    """
    question, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    about = {
        "first": (asked.day - timedelta(days=asked.policy.cold_days) - _NEXT_DAY).isoformat(),
        "last": (asked.last - _NEXT_DAY).isoformat(),
        "alive": asked.policy.drifting_percent / 100,
    }
    for row in asked.store.ask(question, **about, **one):
        due_on = row.next_to_on + _NEXT_DAY
        if row.contacted_on is None or row.contacted_on < due_on:
            chance = f"{row.p_alive:.0%} ({100 * row.low:.0f}–{100 * row.high:.0f})"
            yield Occurrence(
                row.customer_id, NAME, "drifting away", due_on, max((asked.day - due_on).days, 0), False, 0,
                "call", 15, 0.0, about=f"still buying: {chance}, was likely to order until {row.next_to_on}",
            )  # fmt: skip
