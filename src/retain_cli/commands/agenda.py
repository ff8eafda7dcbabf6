"""`retain agenda`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.commands.served_by import ServedBy
    from retain_cli.document import Block, Document
    from retain_cli.due.load import DayLoad
    from retain_cli.plan.feasible import Feasible
    from retain_cli.store.policy import Policy

_CHECK_HEADER = (
    "staff", "customers", "touches_per_week", "hours_per_week", "cost_per_week", "cost_per_week_currency",
    "capacity_hours", "shortfall_hours",
)  # fmt: skip
"""The columns of the CSV form of `retain plan check`."""
_WIDTH = 30
_USUAL_DAYS = 30


def agenda(
    workspace: Workspace,
    days: Annotated[
        int | None, typer.Option("--days", metavar="N", min=1, max=366, help="So many days from today; else 30.")
    ] = None,
    staff: Annotated[
        str | None,
        typer.Option("--staff", metavar="NAME", help="The days of one of the team; nobody for whom nobody serves."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="value", help="Whose the week would be, went it by what is at stake."),
    ] = None,
) -> None:
    """How much the days ahead hold, as if everything were done on its day.

    The bar is the customers of the day; its part beyond what the team can see, or one of the team where that is
    asked, is drawn lighter.

    With -f ics each day is an entry of a calendar, with everybody to see on it, the best first.
    """
    from retain_cli.errors import WrongUse
    from retain_cli.store.policy import read_policy, shop_id

    if by is not None and by != "value":
        raise WrongUse(f"--by {by!r} is not known", "Write --by value, or leave it out.")
    if by and days is not None:
        raise WrongUse("--by value is about an average week", "Leave --days out.")
    if by and staff is not None:
        raise WrongUse("--by value has a line for each of the team", "Leave --staff out.")
    if by:
        from retain_cli.commands.time_by_value import time_by_value_document
        from retain_cli.predict.time_by_value import time_by_value

        with workspace.open() as store:
            found = time_by_value(store, read_policy(store), workspace.today)
        workspace.show(time_by_value_document(found))
        return
    from retain_cli.commands.served_by import served_by
    from retain_cli.due.load import days_ahead, load_of_days
    from retain_cli.due.rounds import rounds

    with workspace.open() as store:
        policy = read_policy(store)
        asked = served_by(store, workspace.today, staff) if staff is not None else None
        ahead = days_ahead(
            store, policy, workspace.today, days or _USUAL_DAYS, None if asked is None else asked.number
        )
        whose = shop_id(store) + ("" if asked is None else f" {asked.number}")
        calendar = rounds(store, ahead, whose) if workspace.format == "ics" else []
    document = agenda_document(load_of_days(ahead), policy, asked)
    workspace.show(document._replace(calendar=calendar))


def agenda_document(loads: "list[DayLoad]", policy: "Policy", asked: "ServedBy | None" = None) -> "Document":
    """The days ahead as an answer: those of whoever is asked for, or else the team's."""
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.model.money import Money

    data = [
        {
            "day": load.day,
            "work_day": load.works,
            "customers": load.customers,
            "services": load.services,
            "minutes": load.minutes,
            "cost": Money(load.cost, policy.currency),
            "capacity": load.capacity,
        }
        for load in loads
    ]
    most = max(max(load.customers, load.capacity) for load in loads) or 1
    columns = [
        Column("Day", wraps=False), Column("", wraps=False), Column("Customers", "right"),
        Column("Room for", "right"), Column("Hours", "right"),
    ]  # fmt: skip
    rows = [
        (
            f"{load.day:%a} {load.day}",
            _bar(load, most),
            load.customers or "",
            load.capacity if load.works else "off",
            f"{load.minutes / 60:.1f}" if load.minutes else "",
        )
        for load in loads
    ]
    blocks: list[Block] = [
        Table(columns, rows, f"{len(loads)} days from {loads[0].day}" + (f", {asked.name}" if asked else ""))
    ]
    over = sum(load.customers > load.capacity for load in loads)
    if over:
        blocks.append(Note(f"More than there is room for on {over} of {len(loads)} days. See: retain plan check."))
    blocks += map(Note, asked.said if asked else ())
    return Document(data, blocks)


def _bar(load: "DayLoad", most: int) -> str:
    full, over = min(load.customers, load.capacity), max(load.customers - load.capacity, 0)
    drawn = -(-full * _WIDTH // most)
    return "█" * drawn + "░" * (-(-(full + over) * _WIDTH // most) - drawn)


def check_document(found: "Feasible", policy: "Policy") -> "Document":
    """What `retain plan check` answers."""
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.model.money import Money

    people = [
        {
            "staff": person.name,
            "customers": person.customers,
            "touches_per_week": round(person.asked.touches, 1),
            "hours_per_week": round(person.asked.minutes / 60, 1),
            "cost_per_week": Money(round(person.asked.cost), policy.currency),
            "capacity_hours": None if person.capacity_minutes is None else round(person.capacity_minutes / 60, 1),
            "shortfall_hours": round(person.shortfall_minutes / 60, 1),
        }
        for person in found.people
    ]
    cadence = [one._asdict() for one in found.cadence]
    data = {
        "weeks": found.weeks, "fits": found.fits, "staff": people, "cadence": cadence, "would_fit": found.would_fit,
    }  # fmt: skip
    columns = [
        Column("Staff"), Column("Customers", "right"), Column("Services a week", "right"),
        Column("Hours", "right"), Column("Cost", "right"), Column("Has hours", "right"),
        Column("Short of", "right"),
    ]  # fmt: skip
    rows = [tuple("" if cell is None else cell for cell in one.values()) for one in people]
    blocks: list[Block] = [Table(columns, rows, f"An average week of the plan, over {found.weeks} weeks")]
    if not any(person.capacity_minutes is not None for person in found.people):
        blocks.append(Note("Nobody's hours are known. Name who is there: retain staff add."))
    elif found.fits:
        blocks.append(Note("It can be done."))
    elif not found.cadence:
        blocks.append(Note("There are hours enough, but not where the customers are: retain staff assign."))
    else:
        said = "; ".join(
            f"{one.grade} {one.service} every {one.fits_at} and not {one.every}" for one in found.cadence
        )
        blocks.append(Note(f"It would fit with: {said}." if found.would_fit else f"Not even with: {said}."))
    return Document(data, blocks, people, header=_CHECK_HEADER)
