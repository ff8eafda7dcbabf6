"""`retain goal`.

A goal is any measure of the report with a value to reach by a day; `retain goal measures` names them all. Where it
stands is worked out whenever it is asked, from the months up to that day.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.commands.parameters import Json
    from retain_cli.document import Block, Document
    from retain_cli.report.goals import GoalOf, Measuring, Progress
    from retain_cli.store.policy import Policy


def list_goals(
    workspace: Workspace,
    history: Annotated[bool, typer.Option("--history", help="The figure of every month since it was set.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Those that were dropped, too.")] = False,
) -> None:
    """Every goal: where it began, where it stands, and whether it is on track."""
    from retain_cli.report.goals import Measuring, goals
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        measuring = Measuring(store, read_policy(store))
        found = [goal for goal in goals(store) if everything or goal.dropped_on is None]
        answer = _document(found, measuring, workspace, history=history)
    workspace.show(answer)


def set_goal(
    workspace: Workspace,
    measure: Annotated[str, typer.Argument(metavar="MEASURE", help="As retain goal measures names it.")],
    target: Annotated[str, typer.Argument(metavar="VALUE", help="35% for a share, else a number or an amount.")],
    by: Annotated[str, typer.Option("--by", metavar="DAY", help="The day by which it is to be reached.")],
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who answers for it.")] = None,
    grade: Annotated[
        str | None, typer.Option("--grade", metavar="A|B|C|none", help="Only customers of that grade.")
    ] = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar="NAME", help="Only customers of theirs.")] = None,
    months: Annotated[
        int, typer.Option("--months", metavar="N", min=1, max=120, help="Measured over so many months.")
    ] = 12,
) -> None:
    """Set a goal; one for the same measure of the same customers takes the place of an earlier one."""
    from retain_cli.commands.parameters import day_option, grade_option, word_option
    from retain_cli.errors import WrongUse
    from retain_cli.record import goal as record
    from retain_cli.record.owner import named_staff, staff_number
    from retain_cli.report.goals import Measuring, goals, known_measures
    from retain_cli.report.scope import Scope
    from retain_cli.store.policy import read_policy

    name = word_option(measure, list(known_measures()), "MEASURE")
    by_on = day_option(by, workspace.today, "--by")
    if by_on <= workspace.today:
        raise WrongUse(f"--by {by_on} is not to come", "Name a later day.")
    with workspace.change() as store:
        policy = read_policy(store)
        scope = Scope(grade and grade_option(grade, "--grade"), staff_number(store, staff) if staff else None)
        measuring = Measuring(store, policy)
        unit, wanted = _target(measuring.value(name, months, workspace.today, scope), target, policy)
        aim = record.Aim(
            name,
            wanted,
            unit,
            policy.currency if unit == "money" else None,
            months,
            by_on,
            named_staff(store, owner) if owner else None,
            *scope,
        )
        number = record.set_goal(store, aim, workspace.today)
        made = [goal for goal in goals(store) if goal.id == number]
        answer = _document(made, measuring, workspace)
    workspace.show(answer)


def drop(workspace: Workspace, number: Annotated[int, typer.Argument(help="As the list shows it.")]) -> None:
    """Give a goal up; it stays known."""
    from retain_cli.document import Document, Note
    from retain_cli.record import goal as record

    with workspace.change() as store:
        record.drop_goal(store, number, workspace.today)
    workspace.show(Document({"id": number, "dropped_on": workspace.today}, [Note(f"Goal {number} is dropped.")]))


def measures(workspace: Workspace) -> None:
    """Every measure a goal can be set for, and what it means."""
    from retain_cli.document import Column, Document, Table
    from retain_cli.report.goals import known_measures

    data = [
        {"measure": name, "meaning": known.measure.meaning, "better": known.measure.better or None}
        for name, known in known_measures().items()
    ]
    columns = [Column("Measure", wraps=False), Column("Means"), Column("Better")]
    workspace.show(Document(data, [Table(columns, [list(one.values()) for one in data])]))


_HEADER = (
    "id", "measure", "grade", "staff", "owner", "months", "set_on", "by_on",
    "start", "start_currency", "now", "now_currency", "expected", "expected_currency", "target", "target_currency",
    "value", "value_currency", "value_numerator", "value_denominator",
    "value_fraction", "value_part", "value_part_currency", "value_whole", "value_whole_currency",
    "pace", "dropped_on",
)  # fmt: skip
"""The columns of the CSV form: a measure is an amount, a rate, a share of an amount, or a number."""

ACTIONS = {"list": list_goals, "set": set_goal, "drop": drop, "measures": measures}


def _target(now: object, written: str, policy: "Policy") -> tuple[str, int]:
    """The unit of a figure, and the target in that unit."""
    from decimal import Decimal, InvalidOperation

    from retain_cli.commands.parameters import money_option
    from retain_cli.errors import WrongUse
    from retain_cli.report.goals import SCALE, unit_of

    unit, words = unit_of(now), written.strip().replace(",", "")
    if unit == "money":
        return unit, money_option(words, policy.currency, "VALUE")
    share = words.endswith("%")
    try:
        number = Decimal(words.removesuffix("%").strip()) * (SCALE // 100 if share else SCALE)
        target = int(number)
    except (InvalidOperation, ValueError, OverflowError):
        raise WrongUse(f"VALUE {written!r} is not a number", "Write 35% for a share, else a number.") from None
    if share != (unit == "share"):
        said = "is a share" if unit == "share" else "is a number and no share"
        raise WrongUse(
            f"the measure {said}, and {written!r} is not",
            "Write it like " + ("35%." if unit == "share" else "4.5."),
        )
    if number != target or not 0 <= target <= (SCALE if share else SCALE**3):
        raise WrongUse(
            f"VALUE {written!r} is out of reach", "Name one from 0% to 100%." if share else "Name a smaller one."
        )
    return unit, target


def _document(
    found: "list[GoalOf]", measuring: "Measuring", workspace: Workspace, *, history: bool = False
) -> "Document":
    from retain_cli.document import Chart, Column, Document, Note, Series, Table
    from retain_cli.report.goals import in_units, in_words

    if not found:
        note = Note("No goal is set. Begin with: retain goal set repeat-rate 35% --by 2027-06-30.")
        return Document([], [note], [], header=_HEADER)
    data: list[Json] = []
    rows = []
    charts: list[Block] = []
    for goal in found:
        day = min(workspace.today, goal.dropped_on or workspace.today)
        one = measuring.progress(goal, day)
        entry = _entry(goal, one)
        told = [in_words(units, goal) for units in (one.start, one.now, goal.target)]
        rows.append([goal.id, _name(goal), goal.by_on, *told, entry["pace"], goal.owner])
        if history:
            points = list(measuring.history(goal, day))
            entry["history"] = [{"on": on, "value": value} for on, value in points]
            charts.append(
                Chart(
                    "lines",
                    _name(goal),
                    f"{_name(goal)} since {goal.set_on}, against {in_words(goal.target, goal)}.",
                    [on.isoformat() for on, _ in points],
                    [
                        Series(
                            goal.measure,
                            [value["fraction"] if isinstance(value, dict) else value for _, value in points],
                        )
                    ],
                )
                if any(in_units(value) is not None for _, value in points)
                else Note(f"{_name(goal)}: nothing to draw yet.")
            )
        data.append(entry)
    columns = [
        Column("", "right", wraps=False),
        Column("Goal", wraps=False),
        Column("By", wraps=False),
        *(Column(title, "right") for title in ("Start", "Now", "Target")),
        Column("Pace"),
        Column("Owner"),
    ]
    records = [{key: value for key, value in entry.items() if key != "history"} for entry in data]
    return Document(data, [Table(columns, rows), *charts], records, header=_HEADER)


def _name(goal: "GoalOf") -> str:
    of = [f"of {goal.grade}"] if goal.grade else []
    return " ".join([goal.measure, *of, *([f"of {goal.staff}"] if goal.staff else [])])


def _entry(goal: "GoalOf", one: "Progress") -> "Json":
    from retain_cli.report.goals import shown

    return {
        "id": goal.id,
        "measure": goal.measure,
        "grade": goal.grade,
        "staff": goal.staff,
        "owner": goal.owner,
        "months": goal.months,
        "set_on": goal.set_on,
        "by_on": goal.by_on,
        "start": shown(one.start, goal),
        "now": shown(one.now, goal),
        "expected": shown(one.expected, goal),
        "target": shown(goal.target, goal),
        "value": one.value,
        "pace": "dropped" if goal.dropped_on else one.pace,
        "dropped_on": goal.dropped_on,
    }
