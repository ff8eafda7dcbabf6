"""Grades are not older than what they are for."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.doctor.finding import Asked, Finding
from retain_cli.store.question import Question

ORDER = 4
ENDS_IT = False

_DAYS = 45
"""Half a month more than the month after which an A is visited again."""


class _Graded(NamedTuple):
    graded_on: date | None
    bought: int


_GRADED = Question(
    "select (select max(graded_on) from grading), (select count(*) from (select 1 from purchase limit 1) as some)",
    _Graded,
)


def look(asked: Asked) -> Iterator[Finding]:
    """A shop with purchases that was never graded, or not for long."""
    graded_on, bought = asked.store.ask(_GRADED)[0]
    if graded_on is None:
        if bought:
            yield Finding("nobody was graded yet, so that nobody is due", "Grade everybody: retain classify")
    elif (asked.today - graded_on).days > _DAYS:
        yield Finding(
            f"the grades are those of {graded_on}, {(asked.today - graded_on).days} days ago",
            "Grade everybody again: retain classify",
        )
