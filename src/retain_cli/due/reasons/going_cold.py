"""They bought in a rhythm of their own, and are silent for much longer."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Number, Question

NAME = "going cold"
WEIGHT = 0.5


class _Silent(NamedTuple):
    customer_id: int
    last_on: date
    contacted_on: date | None


# Every gap there is, each found by one step into the index.
_GAPS = Question(
    """
    with recursive gap (days) as (
        select min(median_days) from rhythm where median_days is not null
        union all
        select (select min(median_days) from rhythm where median_days > gap.days)
        from gap where gap.days is not null
    )
    select days from gap where days is not null
    """,
    Number,
)
_GAP_OF_ONE = Question(
    "select distinct median_days from rhythm where customer_id = :customer and median_days is not null", Number
)
# Who bought since the rhythm was found is not silent.
_SILENT = """
    select customer_id, last_on, (
        select max(visited_on) from visit
        where visit.customer_id = rhythm.customer_id and outcome <> 'not-reached')
    from rhythm
    where median_days = :gap and last_on between :first and :last and not exists (
        select 1 from purchase
        where purchase.customer_id = rhythm.customer_id and bought_on > rhythm.last_on and amount > 0
    )
"""
_EVERYBODY = Question(_SILENT, _Silent)
_ONE = Question(_SILENT + " and customer_id = :customer", _Silent)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Those who went cold within the policy's days and were not contacted since.

    After these days it lapses, as a wish does: else the first list of an old base would have everybody who ever
    left, and the plan goes on calling on them anyway.
    """
    one = {} if asked.customer is None else {"customer": asked.customer}
    gaps, silent = (_GAPS, _EVERYBODY) if asked.customer is None else (_GAP_OF_ONE, _ONE)
    shown = timedelta(days=asked.policy.cold_days)
    for gap in asked.store.ask(gaps, **one):
        assert gap.value is not None  # noqa: S101
        # The first day on which the silence is longer than so many times their rhythm.
        cold_after = timedelta(days=gap.value * asked.policy.cold_percent // 100 + 1)
        days = {
            "first": (asked.day - cold_after - shown).isoformat(),
            "last": (asked.last - cold_after).isoformat(),
        }
        for row in asked.store.ask(silent, gap=gap.value, **days, **one):
            due_on = row.last_on + cold_after
            if row.contacted_on is None or row.contacted_on < due_on:
                yield Occurrence(
                    row.customer_id, NAME, "going cold", due_on, max((asked.day - due_on).days, 0), False, 0,
                    "call", 15, 0.0, about=f"bought about every {gap.value} days, last on {row.last_on}",
                )  # fmt: skip
