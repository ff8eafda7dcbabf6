"""They have not bought for so long that they have to be won back."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.recurrence import Interval, latest_anchor, nth_day
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

NAME = "win-back"
WEIGHT = 0.3


class _Lost(NamedTuple):
    customer_id: int
    last_on: date
    contacted_on: date | None


_SILENT = """
    select customer_id, last_on, (
        select max(visited_on) from visit
        where visit.customer_id = rhythm.customer_id and outcome <> 'not-reached')
    from rhythm
    where last_on between :first and :last and not exists (
        select 1 from purchase
        where purchase.customer_id = rhythm.customer_id and bought_on > rhythm.last_on and amount > 0
    )
"""
_EVERYBODY = Question(_SILENT, _Lost)
_ONE = Question(_SILENT + " and customer_id = :customer", _Lost)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Those whose silence became that long within the policy's days, and who were not contacted since."""
    if asked.policy.win_back_months < 1:
        return
    step = Interval(months=asked.policy.win_back_months)
    shown = timedelta(days=asked.policy.cold_days)
    question, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    # A month more at the beginning, since months end on different days; which day it is decides the calendar.
    days = {"first": (latest_anchor(step, asked.day - shown) - timedelta(days=31)).isoformat(),
            "last": latest_anchor(step, asked.last).isoformat()}  # fmt: skip
    for row in asked.store.ask(question, **days, **one):
        due_on = nth_day(row.last_on, step, 1)
        if due_on < asked.day - shown or (row.contacted_on is not None and row.contacted_on >= due_on):
            continue
        yield Occurrence(
            row.customer_id, NAME, "win-back", due_on, max((asked.day - due_on).days, 0), False, 0,
            "call", 15, 0.0, about=f"last bought on {row.last_on}",
        )  # fmt: skip
