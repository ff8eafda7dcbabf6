"""Who serves the customers, their hours, and who stands in for them.

While somebody is away their customers are on their backup's list; nothing has to be moved there and back.
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.commands.hand_over import hand_over
from retain_cli.commands.staff_show import show
from retain_cli.commands.staff_skill import skill
from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.commands.parameters import Json
    from retain_cli.document import Block, Document
    from retain_cli.plan.staff import Person
    from retain_cli.store.store import Store

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Their name, or a part of it.")]
RoleOption = Annotated[str | None, typer.Option("--role", metavar="WORDS", help="What they are, such as manager.")]
BackupOption = Annotated[
    str | None,
    typer.Option("--backup", metavar="NAME", help="Who serves for them while they are away; - for nobody."),
]
HoursOption = Annotated[
    float | None, typer.Option("--hours", metavar="N", min=0, max=24, help="Hours a day for customers.")
]
WorkDaysOption = Annotated[
    str | None, typer.Option("--work-days", metavar="DAYS", help="mon,tue,fri; - for the shop's own.")
]


def list_(workspace: Workspace) -> None:
    """Show everybody, and who serves for whom today."""
    with workspace.open() as store:
        document = _document(store, workspace.today)
    workspace.show(document)


def add(
    workspace: Workspace,
    name: NameArgument,
    role: RoleOption = None,
    backup: BackupOption = None,
    hours: HoursOption = None,
    work_days: WorkDaysOption = None,
) -> None:
    """Add somebody."""
    from retain_cli.commands.parameters import text_option
    from retain_cli.errors import WrongUse
    from retain_cli.model.name import search_key
    from retain_cli.model.staff import Staff
    from retain_cli.plan.staff import team

    words = " ".join(text_option(name, "NAME").split())
    if not 1 <= len(words) <= 60:
        raise WrongUse("a name has 1 to 60 letters", "Write a shorter one.")
    with workspace.change() as store:
        if any(search_key(person.name) == search_key(words) for person in team(store)):
            raise WrongUse(f"{words} is on the staff already", "Change them with: retain staff set.")
        store.save(Staff(name=words, search_key=search_key(words)))
        _change(store, words, role, backup, hours, work_days)
        level_anew(store, workspace.today)
        document = _document(store, workspace.today)
    workspace.show(document)


def set_(
    workspace: Workspace,
    name: NameArgument,
    role: RoleOption = None,
    backup: BackupOption = None,
    hours: HoursOption = None,
    work_days: WorkDaysOption = None,
) -> None:
    """Change somebody; what is not said stays as it was. Whoever had retired is back."""
    with workspace.change() as store:
        person = named_person(store, name)
        store.run("update staff set retired_on = null where id = ?", (person.id,))
        _change(store, person.name, role, backup, hours, work_days)
        level_anew(store, workspace.today)
        document = _document(store, workspace.today)
    workspace.show(document)


def away(
    workspace: Workspace,
    name: NameArgument,
    first: Annotated[str, typer.Argument(metavar="FROM", help="The first day away, or - to take it back.")],
    until: Annotated[str, typer.Argument(metavar="UNTIL", help="The last day away; - with FROM -.")] = "",
) -> None:
    """Note that somebody is away; what the team cannot do then waits within its grace."""
    from retain_cli.commands.parameters import day_option
    from retain_cli.errors import WrongUse
    from retain_cli.model.staff import Absence
    from retain_cli.plan.staff import who_serves

    alone = ""
    with workspace.change() as store:
        person = named_person(store, name)
        if first == "-":
            store.run(
                "delete from absence where staff_id = ? and until_on >= ?", (person.id, workspace.today.isoformat())
            )
        else:
            from_on = day_option(first, workspace.today, "FROM")
            until_on = day_option(until or first, workspace.today, "UNTIL")
            if until_on < from_on:
                raise WrongUse(f"UNTIL {until_on} is before FROM {from_on}", "Turn them round.")
            store.save(Absence(staff_id=person.id, from_on=from_on, until_on=until_on))
            if who_serves(store, from_on)[person.id].server is None:
                alone = (
                    f"Nobody stands in for {person.name} from {from_on}. To say who does: "
                    f"retain staff set '{person.name}' --backup NAME"
                )
        level_anew(store, workspace.today)
        document = _document(store, workspace.today)
    workspace.show(document)
    if alone:
        workspace.say(alone)


def retire(workspace: Workspace, name: NameArgument) -> None:
    """Note that somebody serves nobody from today on; their backup has their customers until they are assigned."""
    with workspace.change() as store:
        person = named_person(store, name)
        store.run("update staff set retired_on = ? where id = ?", (workspace.today.isoformat(), person.id))
        level_anew(store, workspace.today)
        document = _document(store, workspace.today)
    workspace.show(document)


def assign(
    workspace: Workspace,
    customers: Annotated[
        list[str], typer.Argument(metavar="CUSTOMER...", help="Ids, phones, e-mails, #numbers or parts of names.")
    ],
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who looks after them; - for nobody.")],
) -> None:
    """Say who looks after customers."""
    from retain_cli.document import Document, Note
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    with workspace.change() as store:
        policy = read_policy(store)
        person = None if to == "-" else named_person(store, to)
        found = [find_customer(store, policy, words) for words in customers]
        store.run_many(
            "update customer set owner_id = ? where id = ?",
            [(person.id if person else None, one.id) for one in found],
        )
        level_anew(store, workspace.today)
    owner = person.name if person else None
    data = [
        {"customer": {"id": one.id, "external_id": one.external_id, "name": one.name}, "owner": owner}
        for one in found
    ]
    records = [{"customer": one.external_id, "name": one.name, "owner": owner} for one in found]
    names = ", ".join(one.name for one in found)
    said = f"{owner} looks after {names}." if owner else f"Nobody in particular looks after {names}."
    workspace.show(Document(data, [Note(said)], records))


_CHANGED = ("role", "backup_id", "minutes_per_day", "work_days")
_CHANGE = """
    update staff
    set role = :role, backup_id = :backup_id, minutes_per_day = :minutes_per_day, work_days = :work_days
    where id = :id
"""
_HEADER = ("name", "role", "backup", "hours", "work_days", "customers", "served_by", "away", "retired_on")
"""The columns of the CSV form."""
ACTIONS = {
    "list": list_, "add": add, "set": set_, "away": away, "retire": retire, "assign": assign,
    "hand-over": hand_over, "show": show, "skill": skill,
}  # fmt: skip


def named_person(store: "Store", words: str) -> "Person":
    """Whoever of the staff is called so, or by a part of it; WrongUse where that is nobody or several."""
    from retain_cli.errors import WrongUse
    from retain_cli.plan.staff import team
    from retain_cli.record.owner import named_staff

    name = named_staff(store, words)
    for person in team(store):
        if person.name == name:
            return person
    raise WrongUse(
        f"nobody of the staff is called {words!r}", "Add them with: retain staff add.", code="staff-unknown"
    )


def _change(
    store: "Store", name: str, role: str | None, backup: str | None, hours: float | None, work_days: str | None
) -> None:
    from retain_cli.commands.parameters import text_option
    from retain_cli.dates.work_days import WorkWeek
    from retain_cli.errors import WrongUse

    person = named_person(store, name)
    cells: dict[str, Any] = {name: getattr(person, name) for name in _CHANGED}
    if role is not None:
        cells["role"] = text_option(role, "--role")[:60] or None
    if backup is not None:
        other = None if backup == "-" else named_person(store, backup)
        if other is not None and other.id == person.id:
            raise WrongUse(f"{person.name} cannot stand in for themselves", "Name somebody else.")
        cells["backup_id"] = other.id if other else None
    if hours is not None:
        cells["minutes_per_day"] = round(hours * 60)
    if work_days is not None:
        try:
            cells["work_days"] = None if work_days == "-" else (WorkWeek(work_days) and work_days)
        except ValueError:
            raise WrongUse(f"--work-days {work_days!r} are no weekdays", "Write them like mon,tue,fri.") from None
    store.run(_CHANGE, {**cells, "id": person.id})


def level_anew(store: "Store", day: "date") -> None:
    """Share the weeks ahead out anew, after the team changed."""
    from retain_cli.plan.days_off import remember_days_off
    from retain_cli.plan.levelling import level_everyone
    from retain_cli.store.policy import read_policy

    policy = read_policy(store)
    remember_days_off(store, policy, day)
    level_everyone(store, policy, day)


def people(store: "Store", day: "date") -> "list[Json]":
    """Everybody as they are answered, with who serves for them on the day and when they are away."""
    from datetime import timedelta

    from retain_cli.plan.staff import absences, customers_of, team, who_serves

    everybody, duties, owned = team(store), who_serves(store, day), customers_of(store)
    names = {person.id: person.name for person in everybody}
    away = absences(store, day, day + timedelta(days=366))
    return [
        {
            "name": person.name,
            "role": person.role,
            "backup": names.get(person.backup_id or 0),
            "hours": round(person.minutes_per_day / 60, 2),
            "work_days": person.work_days,
            "customers": owned.get(person.id, 0),
            "served_by": duties[person.id].server,
            "away": [{"from": one.from_on, "until": one.until_on} for one in away if one.staff_id == person.id],
            "retired_on": person.retired_on,
        }
        for person in everybody
    ]


def _document(store: "Store", day: "date") -> "Document":
    from retain_cli.document import Column, Document, Note, Table

    data = people(store, day)
    records = [entry | {"away": [f"{one['from']}/{one['until']}" for one in entry["away"]]} for entry in data]
    if not data:
        hint = "Nobody is named yet. Begin with: retain staff add NAME."
        return Document(data, [Note(hint)], records, header=_HEADER)
    columns = [
        Column("Name"), Column("Role"), Column("Hours", "right"), Column("Customers", "right"), Column("Backup"),
        Column("Away"), Column("Served by today"),
    ]  # fmt: skip
    rows = [
        (
            entry["name"],
            "retired" if entry["retired_on"] else entry["role"] or "",
            entry["hours"],
            entry["customers"],
            entry["backup"] or "",
            [f"{one['from']} to {one['until']}" for one in entry["away"]],
            entry["served_by"] or "nobody",
        )
        for entry in data
    ]
    blocks: list[Block] = [Table(columns, rows)]
    return Document(data, blocks, records, header=_HEADER)
