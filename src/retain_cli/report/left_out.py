"""What had been decided about customers: whether an occurrence was skipped, or they were to be left alone then."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.plan.lines import Line
from retain_cli.store.question import Question
from retain_cli.store.store import Store

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


_DECIDED = Question(
    """
    select customer_id, kind, decided_on, until_on, channel, service, due_on, through_on, lifted_on
    from decision where kind <> 'snooze' order by customer_id
    """,
    _Decided,
)


class LeftOut:
    """Every decision there ever was, also those that were taken back, for they held until then."""

    def __init__(self, store: Store, lines: Sequence[Line]) -> None:
        self._of: dict[int, list[_Decided]] = defaultdict(list)
        for one in store.stream(_DECIDED):
            self._of[one.customer_id].append(one)
        self._ways: dict[int, set[str]] = defaultdict(set)
        for line in lines:
            self._ways[line.service_id].add(line.channel)

    def state(self, line: Line, customer: int, do_not_contact: int, nominal_on: date, state: str) -> str:
        """What became of an occurrence: one that was not served may have been skipped or suppressed.

        Whoever is contacted too often at the moment is not left out by that: it only puts a contact off.
        """
        if state not in ("missed", "open"):
            return state
        if do_not_contact:
            return SUPPRESSED
        theirs = self._of.get(customer)
        if not theirs:
            return state
        until = nominal_on + timedelta(days=line.grace_days)
        if any(_skips(one, line, nominal_on) for one in theirs):
            return SKIPPED
        in_force = [one for one in theirs if one.decided_on <= until and not _lifted(one, nominal_on)]
        refused = {one.channel for one in in_force if one.kind == "never" and one.channel}
        alone = any(_leaves_alone(one, nominal_on) for one in in_force)
        return SUPPRESSED if alone or self._ways[line.service_id] <= refused else state


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
