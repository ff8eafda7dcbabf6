"""What decisions and moved days make of an occurrence: skipped, left alone then, or planned for another day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.work_days import WorkWeek
from retain_cli.plan.days_off import work_days
from retain_cli.plan.lines import Line
from retain_cli.report.section import Asked
from retain_cli.store.question import Question

SKIPPED = "skipped"
SUPPRESSED = "suppressed"


class _Decided(NamedTuple):
    customer_id: int
    kind: str
    decided_on: date
    until_on: date | None
    channel: str | None
    service: str | None
    due_on: date | None
    through_on: date | None
    lifted_on: date | None


class _Moved(NamedTuple):
    customer_id: int
    plan_line_id: int
    nominal_on: date
    moved_on: date


_DECIDED = Question(
    """
    select customer_id, kind, decided_on, until_on, channel, service, due_on, through_on, lifted_on
    from decision where kind <> 'snooze' order by customer_id
    """,
    _Decided,
)
_MOVED = Question(
    """
    select customer_id, plan_line_id, nominal_on, moved_on from moved_day where nominal_on between :first and :last
    """,
    _Moved,
)


class LeftOut:
    """Every decision there ever was, for also one that was taken back held until then; and every moved day."""

    def __init__(self, asked: Asked, lines: Sequence[Line]) -> None:
        self._of: dict[int, list[_Decided]] = defaultdict(list)
        for one in asked.store.stream(_DECIDED):
            self._of[one.customer_id].append(one)
        self._ways: dict[int, set[str]] = defaultdict(set)
        for line in lines:
            self._ways[line.service_id].add(line.channel)
        self._moved = {row[:3]: row.moved_on for row in asked.store.ask(_MOVED, **asked.days)}
        first = date(max(asked.first.year - 1, 1), 1, 1)
        self._week: WorkWeek = work_days(asked.store, asked.policy, first, max(asked.last, asked.today))
        self._off: dict[tuple[date, str], date] = {}

    def planned_on(self, line: Line, customer: int, nominal_on: date) -> date:
        """The day an occurrence was moved to, by levelling or by a day off."""
        levelled = self._moved.get((customer, line.id, nominal_on)) if self._moved else None
        if levelled:
            return levelled
        key = nominal_on, line.moves
        moved = self._off.get(key)
        if moved is None:
            moved = self._off[key] = self._week.moved(nominal_on, line.moves)
        return moved

    def state(self, line: Line, customer: int, do_not_contact: int, nominal_on: date, state: str) -> str:
        """What became of an occurrence: one that was not served on time may have been skipped or suppressed.

        Left alone is who was not to be contacted at some time from the nominal day to the end of its grace; since
        when the shop's own data says so is not known. Whoever is contacted too often at the moment is not left out
        by that: it only puts a contact off.
        """
        theirs = self._of.get(customer, ())
        if state == "on time" or not (theirs or do_not_contact):
            return state
        if any(_skips(one, line, nominal_on) for one in theirs):
            return SKIPPED
        if state == "late":
            return state
        if do_not_contact:
            return SUPPRESSED
        until = nominal_on + timedelta(days=line.grace_days)
        in_force = [one for one in theirs if one.decided_on <= until and not _lifted(one, nominal_on)]
        refused = {one.channel for one in in_force if one.kind == "never" and one.channel}
        alone = any(_leaves_alone(one, nominal_on) for one in in_force)
        return SUPPRESSED if alone or (refused and self._ways[line.service_id] <= refused) else state


def _lifted(one: _Decided, day: date) -> bool:
    return one.lifted_on is not None and one.lifted_on <= day


def _skips(one: _Decided, line: Line, nominal_on: date) -> bool:
    if one.kind != "skip" or one.lifted_on is not None or one.service != line.service or one.due_on is None:
        return False
    return one.due_on <= nominal_on <= (one.through_on or one.due_on)


def _leaves_alone(one: _Decided, nominal_on: date) -> bool:
    if one.kind == "pause":
        return one.until_on is not None and nominal_on < one.until_on
    return one.kind in ("deceased", "inactive") or (one.kind == "never" and one.channel is None)
