"""Occurrences of services that are counted from the last time they were rendered."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from retain_cli.dates.recurrence import latest_anchor, nth_day
from retain_cli.due.occurrence import Asked, Occurrence, Series, in_series
from retain_cli.plan.lines import Line, first_day
from retain_cli.store.question import Question


class _Running(NamedTuple):
    customer_id: int
    counted_from: str


class _Beginning(NamedTuple):
    customer_id: int
    first: str
    last: str | None


class _Waiting(NamedTuple):
    customer_id: int
    first: str
    phase: int


# Each is one range over an index of its own; the days to compare with come from the calendar in Python. Days stay
# text here: there are many customers and few days.
_COUNTED_FROM_LAST = """
    select customer_id, last_on from clock
    where plan_line_id = :line and until_on is null and last_on >= since_on and last_on <= :day
"""
_COUNTED_FROM_FIRST = """
    select customer_id, first_on, last_on from clock
    where plan_line_id = :line and until_on is null and (last_on is null or last_on < since_on) and first_on <= :day
"""
_NEVER_VISITED = """
    select customer_id, first_on, phase from enrolment where grade = :grade and waits = 1 and first_on <= :day
"""
_ONE = " and customer_id = :customer"
_BY_LAST = Question(_COUNTED_FROM_LAST, _Running)
_BY_LAST_ONE = Question(_COUNTED_FROM_LAST + _ONE, _Running)
_BY_FIRST = Question(_COUNTED_FROM_FIRST, _Beginning)
_BY_FIRST_ONE = Question(_COUNTED_FROM_FIRST + _ONE, _Beginning)
_WAITING = Question(_NEVER_VISITED, _Waiting)
_WAITING_ONE = Question(_NEVER_VISITED + _ONE, _Waiting)


WITH_A_REASON_OF_THEIR_OWN = ("return visit", "maintenance", "senior visit", "overhaul")


def reached(asked: Asked, service: str | None, reason: str) -> Iterator[Occurrence]:
    """The occurrences of a service whose day has come, on every plan line that has it.

    Without a service, those of every service that no reason is named after.
    """
    for line in asked.plan:
        asked_for = line.service not in WITH_A_REASON_OF_THEIR_OWN if service is None else line.service == service
        if asked_for and line.runs:
            yield from _of_line(asked, line, reason)


def _of_line(asked: Asked, line: Line, reason: str) -> Iterator[Occurrence]:
    """The first day not served of each customer on the line.

    Thousands may be counted from the same day, and are alike but for who it is: worked out once for each day.
    """
    step, store = line.interval, asked.store
    until = asked.week.latest_nominal(asked.last + timedelta(days=line.lead_days), line.moves)
    everyone = asked.customer is None
    one = {} if asked.customer is None else {"customer": asked.customer}
    from_last = _Alike(asked, line, reason, until, nth=1)
    for customer, last in store.stream(
        _BY_LAST if everyone else _BY_LAST_ONE, line=line.id, day=latest_anchor(step, until).isoformat(), **one
    ):
        yield Occurrence(customer, *from_last[last])
    from_first = _Alike(asked, line, reason, until, nth=0)
    by_first = _BY_FIRST if everyone else _BY_FIRST_ONE
    for customer, first, last_before in store.stream(by_first, line=line.id, day=until.isoformat(), **one):
        if last_before is None or (after_last := from_last.first_day(last_before)) <= date.fromisoformat(first):
            yield Occurrence(customer, *from_first[first])
        elif after_last <= until:
            yield Occurrence(customer, *from_last[last_before])
    # Whoever waits has neither a plan of their own nor a clock that began with a purchase.
    if line.customer_id is not None or line.anchor != "last-done":
        return
    begins: dict[tuple[str, int], str] = {}
    last_shown = until.isoformat()
    never_visited = _WAITING if everyone else _WAITING_ONE
    for customer, first, phase in store.stream(never_visited, grade=line.grade, day=until.isoformat(), **one):
        begin = begins.get((first, phase))
        if begin is None:
            begin = first_day(asked.plan, line, date.fromisoformat(first), phase).isoformat()
            begins[first, phase] = begin
        if begin <= last_shown:
            yield Occurrence(customer, *from_first[begin])


class _Alike(dict[str, tuple[Any, ...]]):
    """Everything of an occurrence but the customer, by the day it is counted from."""

    def __init__(self, asked: Asked, line: Line, reason: str, until: date, nth: int) -> None:
        """`nth` is 1 where the day counted from was served, 0 where it is itself the first that is not."""
        super().__init__()
        self._asked, self._line, self._until, self._nth = asked, line, until, nth
        self._plain = Occurrence(0, reason, line.service, until, 0, False, 0, line.channel, line.minutes, 0.0)
        self._plain = self._plain._replace(plan_line_id=line.id)

    def first_day(self, counted_from: str) -> date:
        """The first day that is not served."""
        return nth_day(date.fromisoformat(counted_from), self._line.interval, self._nth)

    def __missing__(self, counted_from: str) -> tuple[Any, ...]:
        line, week = self._line, self._asked.week
        counted = date.fromisoformat(counted_from)
        series = Series(counted, line.interval, self._until, line.grace_days, week, line.moves)
        found = in_series(self._plain, series, self.first_day(counted_from), self._asked.day)
        self[counted_from] = found[1:]
        return self[counted_from]
