"""Goals: where a figure of the report stood, where it stands, and whether it gets where it should in time.

Everything is worked out from the facts when it is read; a goal keeps neither progress nor state.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from types import ModuleType
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta

from retain_cli.document import FEWEST_FOR_PERCENT, Rate
from retain_cli.model.money import Money
from retain_cli.registry import members
from retain_cli.report import sections as family
from retain_cli.report.scope import Scope
from retain_cli.report.section import Asked, Measure
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store

SCALE = 10_000
"""A share or a number is kept in so many parts of one."""

REACHED, MISSED, ON_TRACK, BEHIND = "reached", "missed", "on track", "behind"
UNKNOWN, WITHOUT_START = "too few to tell", "not reached yet"


class GoalOf(NamedTuple):
    """A goal as it is kept, with the name of whose customers it is about."""

    id: int
    measure: str
    target: int
    unit: str
    currency: str | None
    months: int
    set_on: date
    by_on: date
    owner: str | None
    grade: str | None
    staff_id: int | None
    staff: str | None
    dropped_on: date | None

    @property
    def scope(self) -> Scope:
        """Whose figure it is."""
        return Scope(self.grade, self.staff_id)


class Progress(NamedTuple):
    """Where a goal stands; values are in its own units, None where there are too few cases to tell."""

    goal: GoalOf
    start: int | None
    now: int | None
    value: Any
    """The figure as the report has it."""
    expected: int | None
    """Where it would have to be by now, on a straight line from the start to the target."""
    pace: str


class Known(NamedTuple):
    """A measure of the report and the section that works it out."""

    section: ModuleType
    measure: Measure


_GOALS = Question(
    """
    select goal.id, measure, target, unit, currency, months, set_on, by_on, owner, grade, staff_id, staff.name,
        dropped_on
    from goal left join staff on staff.id = staff_id order by by_on, goal.id
    """,
    GoalOf,
)


def known_measures() -> dict[str, Known]:
    """Every measure of the report by its name, in the order of the report."""
    return {
        name: Known(member, measure)
        for member in sorted(members(family), key=lambda member: member.ORDER)
        for name, measure in member.MEASURES.items()
    }


def goals(store: Store) -> list[GoalOf]:
    """Every goal that was ever set, the first to be reached first."""
    return store.ask(_GOALS)


class Measuring:
    """Works figures out, each section once for a period and a scope."""

    def __init__(self, store: Store, policy: Policy) -> None:
        self._store, self._policy = store, policy
        self._known = known_measures()
        self._found: dict[tuple[str, int, date, Scope], Any] = {}

    def value(self, measure: str, months: int, day: date, scope: Scope) -> Any:
        """The figure of the months that end on `day`, as the report has it."""
        section = self._known[measure].section
        key = (section.__name__, months, day, scope)
        if key not in self._found:
            first = day + timedelta(days=1) - relativedelta(months=months)
            self._found[key] = section.section(Asked(self._store, self._policy, first, day, day, scope)).figures
        return self._found[key].get(measure)

    def progress(self, goal: GoalOf, today: date) -> Progress:
        """Where the goal stands today, or stood on its last day."""
        day = min(today, goal.by_on)
        start = in_units(self.value(goal.measure, goal.months, goal.set_on, goal.scope))
        value = self.value(goal.measure, goal.months, day, goal.scope)
        now = in_units(value)
        expected = None
        if start is not None:
            passed, whole = (day - goal.set_on).days, (goal.by_on - goal.set_on).days
            expected = start + (goal.target - start) * passed // whole
        rises = self._rises(goal, start)
        return Progress(goal, start, now, value, expected, _pace(goal, now, expected, today, rises=rises))

    def history(self, goal: GoalOf, today: date) -> Iterator[tuple[date, Any]]:
        """The figure on the day it was set, every month after it, and on the last day there is."""
        last, nth = min(today, goal.by_on), 0
        while (day := goal.set_on + relativedelta(months=nth)) < last:
            yield day, self.value(goal.measure, goal.months, day, goal.scope)
            nth += 1
        yield last, self.value(goal.measure, goal.months, last, goal.scope)

    def _rises(self, goal: GoalOf, start: int | None) -> bool:
        """Whether it is reached from below; where neither way is better, the target's side of the start says."""
        better = self._known[goal.measure].measure.better
        return better == "more" if better else start is None or goal.target >= start


def in_units(value: Any) -> int | None:
    """A figure in the units a goal is kept in; None where there is none, or it is of fewer than five cases."""
    if isinstance(value, Money):
        return value.minor
    if isinstance(value, Rate):
        if value.denominator < FEWEST_FOR_PERCENT:
            return None
        return round(SCALE * value.numerator / value.denominator)
    if isinstance(value, dict):
        value = value["fraction"]
    return None if value is None else round(SCALE * value)


def unit_of(value: Any) -> str:
    """What a figure is measured in."""
    if isinstance(value, Money):
        return "money"
    return "share" if isinstance(value, Rate | dict) else "number"


def shown(units: int | None, goal: GoalOf) -> Any:
    """Units of a goal as a value for programs: a fraction, a number or `Money`."""
    if units is None or goal.unit == "money":
        return None if units is None else Money(units, goal.currency or "")
    return units / SCALE if goal.unit == "share" or units % SCALE else units // SCALE


def in_words(units: int | None, goal: GoalOf) -> str:
    """Units of a goal as people read them."""
    value = shown(units, goal)
    if value is None:
        return ""
    if goal.unit == "share":
        return f"{value:.1%}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}" if isinstance(value, float) else str(value)


def _pace(goal: GoalOf, now: int | None, expected: int | None, today: date, *, rises: bool) -> str:
    def enough(border: int) -> bool:
        return now is not None and (now >= border if rises else now <= border)

    if now is None:
        return UNKNOWN if today <= goal.by_on else MISSED
    if enough(goal.target):
        return REACHED
    if today > goal.by_on:
        return MISSED
    if expected is None:
        return WITHOUT_START
    return ON_TRACK if enough(expected) else BEHIND
