"""They said they may want something about now."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

NAME = "need ripening"
WEIGHT = 0.7

_DAYS_THAT_COUNT_AS_LONG = 60


class _Wanted(NamedTuple):
    customer_id: int
    what: str
    wanted_on: date
    contacted_on: date | None


_RIPE = """
    select customer_id, what, wanted_on, (
        select max(visited_on) from visit
        where visit.customer_id = need.customer_id and outcome <> 'not-reached' and visited_on > said_on)
    from need where status = 'open' and wanted_on is not null and wanted_on <= :last
"""
_EVERYBODY = Question(_RIPE, _Wanted)
_ONE = Question(_RIPE + " and customer_id = :customer", _Wanted)


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Open needs whose time comes within the policy's lead; a contact since then has spoken of them."""
    question, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    lead = timedelta(days=asked.policy.need_lead_days)
    for row in asked.store.ask(question, last=(asked.last + lead).isoformat(), **one):
        if row.contacted_on is not None and row.contacted_on >= row.wanted_on - lead:
            continue
        days_late = max((asked.day - row.wanted_on).days, 0)
        yield Occurrence(
            row.customer_id,
            NAME,
            "need",
            row.wanted_on,
            days_late,
            days_late > 0,
            0,
            "call",
            15,
            min(days_late / _DAYS_THAT_COUNT_AS_LONG, 1.0),
            about=row.what,
        )
