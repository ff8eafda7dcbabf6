"""What was to be reached by when, and whether it is on track."""

from typing import Any

from retain_cli.document import Column, Note, Table
from retain_cli.report.goals import Measuring, goals, in_words, shown
from retain_cli.report.section import Asked, Measure, Section

TITLE = "Goals"
ORDER = 12
MEASURES: dict[str, Measure] = {}
MEANINGS = {
    "Start, now": "The figure of the goal's months up to the day it was set, and up to the last day of the report.",
    "on track": "At least as far as on a straight line from the start to the target; else it is behind.",
    "not reached yet": "There was no figure on the day it was set, and so there is no line to be on.",
    "reached": "The target is met on the day it is looked at; after its last day the goal is reached or missed.",
}


def section(asked: Asked) -> Section:
    """Every goal that is not dropped, as of the last day of the period."""
    measuring = Measuring(asked.store, asked.policy)
    day = min(asked.last, asked.today)
    found = [
        measuring.progress(goal, day)
        for goal in goals(asked.store)
        if goal.dropped_on is None and goal.set_on <= day
    ]
    entries: list[dict[str, Any]] = [
        {
            "id": one.goal.id,
            "measure": one.goal.measure,
            "grade": one.goal.grade,
            "staff": one.goal.staff,
            "owner": one.goal.owner,
            "by_on": one.goal.by_on,
            "start": shown(one.start, one.goal),
            "now": shown(one.now, one.goal),
            "target": shown(one.goal.target, one.goal),
            "value": one.value,
            "expected": shown(one.expected, one.goal),
            "pace": one.pace,
        }
        for one in found
    ]
    if not found:
        return Section(
            {"goals": []}, [Note("No goal is set: retain goal set repeat-rate 35% --by 2027-06-30.")], []
        )
    columns = [
        Column("Goal", wraps=False),
        Column("By", wraps=False),
        *(Column(title, "right") for title in ("Start", "Now", "Target")),
        Column("Pace"),
        Column("Owner"),
    ]
    rows = [
        [
            " ".join(filter(None, (one.goal.measure, one.goal.grade, one.goal.staff))),
            one.goal.by_on,
            *(in_words(units, one.goal) for units in (one.start, one.now, one.goal.target)),
            one.pace,
            one.goal.owner,
        ]
        for one in found
    ]
    return Section({"goals": entries}, [Table(columns, rows)], entries)
