"""What decisions and moved days make of a planned occurrence that was not simply served."""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.work_days import WorkWeek
from retain_cli.plan.days_off import work_days
from retain_cli.plan.lines import Line
from retain_cli.report.section import Asked
from retain_cli.store.question import Question


class _Decided(NamedTuple):
    customer_id: int
    kind: str
    service: str | None
    decided_on: date
    due_on: date | None
    through_on: date | None
    until_on: date | None
    lifted_on: date | None


class _Moved(NamedTuple):
    customer_id: int
    plan_line_id: int
    nominal_on: date
    moved_on: date


# A pause that was ended counts until then; anything else that was taken back never was.
_DECIDED = Question(
    """
    select customer_id, kind, service, decided_on, due_on, through_on, until_on, lifted_on from decision
    where (lifted_on is null or kind = 'pause') and kind <> 'snooze' and (kind <> 'never' or channel is null)
    """,
    _Decided,
)
_MOVED = Question(
    """
    select customer_id, plan_line_id, nominal_on, moved_on from moved_day where nominal_on between :first and :last
    """,
    _Moved,
)
_FAR = date.max


class Decisions:
    """Everything that was decided, and the work days, as far as the period of a report goes."""

    def __init__(self, asked: Asked) -> None:
        self._skips: dict[tuple[int, str], list[tuple[date, date]]] = defaultdict(list)
        self._left_alone: dict[int, list[tuple[date, date]]] = defaultdict(list)
        for one in asked.store.ask(_DECIDED):
            if one.kind == "skip" and one.service and one.due_on and one.through_on:
                self._skips[one.customer_id, one.service].append((one.due_on, one.through_on))
            elif one.kind != "skip":
                until = min(one.until_on or _FAR, one.lifted_on or _FAR)
                self._left_alone[one.customer_id].append((one.decided_on, until))
        self._moved = {row[:3]: row.moved_on for row in asked.store.ask(_MOVED, **asked.days)}
        first = date(max(asked.first.year - 1, 1), 1, 1)
        self._week: WorkWeek = work_days(asked.store, asked.policy, first, max(asked.last, asked.today))

    def planned_on(self, line: Line, customer: int, nominal_on: date) -> date:
        """The day an occurrence was moved to, by levelling or by a day off."""
        return self._moved.get((customer, line.id, nominal_on)) or self._week.moved(nominal_on, line.moves)

    def state(self, line: Line, customer: int, nominal_on: date, state: str) -> str:
        """The state in the end: who was skipped or left alone is neither late nor missed.

        Left alone is who was not to be contacted at some time from the nominal day to the end of its grace.
        """
        if state != "on time" and any(
            due_on <= nominal_on <= through_on
            for due_on, through_on in self._skips.get((customer, line.service), ())
        ):
            return "skipped"
        lapses = nominal_on + timedelta(days=line.grace_days)
        if state in ("missed", "open") and any(
            began <= lapses and nominal_on < ended for began, ended in self._left_alone.get(customer, ())
        ):
            return "suppressed"
        return state
