"""They are likely to order soon: half of those with their history who order again do it in these days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

NAME = "likely to order soon"
WEIGHT = 0.6
IF_ROOM = True
GUESSED = True


class _Likely(NamedTuple):
    customer_id: int
    next_from_on: date
    next_to_on: date
    contacted_on: date | None


# Without a model there is no expectation: then only a rhythm of their own makes an order likely. Who bought since
# the prediction was made has ordered, and the next grading looks further.
_LIKELY = """
    select customer_id, next_from, next_to, (
        select max(visited_on) from visit
        where visit.customer_id = prediction.customer_id and outcome <> 'not-reached')
    from prediction
    where next_from between :first and :last and next_to >= :day
        and case when expected_orders is null then exists (
            select 1 from rhythm where rhythm.customer_id = prediction.customer_id and median_days is not null
        ) else expected_orders >= :orders end
        and not exists (
            select 1 from purchase
            where purchase.customer_id = prediction.customer_id and bought_on > predicted_on and amount > 0
        )
"""
_EVERYBODY = Question(_LIKELY, _Likely)
_ONE = Question(_LIKELY + " and customer_id = :customer", _Likely)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Those whose likely days have begun, as long as these last and no longer than the policy shows them.

    A contact within these days settles it. What is expected was found at the last grading, and is only read here.
    """
    question, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    about = {
        "first": (asked.day - timedelta(days=asked.policy.cold_days)).isoformat(),
        "last": asked.last.isoformat(),
        "day": asked.day.isoformat(),
        "orders": asked.policy.likely_percent / 100,
    }
    for row in asked.store.ask(question, **about, **one):
        due_on = row.next_from_on
        if row.contacted_on is None or row.contacted_on < due_on:
            yield Occurrence(
                row.customer_id, NAME, "likely order", due_on, max((asked.day - due_on).days, 0), False, 0,
                "call", 15, 0.0, about=f"the next order is likely until {row.next_to_on}",
            )  # fmt: skip
