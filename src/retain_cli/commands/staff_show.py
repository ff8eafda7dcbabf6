"""`retain staff show`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.commands.parameters import Json
    from retain_cli.document import Block
    from retain_cli.record.skill import Skill

_VISITS, _TICKETS = "their visits", "their tickets"


def show(
    workspace: Workspace,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Their name, or a part of it.")],
) -> None:
    """Everything known of one person: skills, training to renew, and how customers rate them."""
    from retain_cli.commands.staff import named_person, people
    from retain_cli.commands.staff_skill import as_entry
    from retain_cli.document import Document
    from retain_cli.model.scores import tally
    from retain_cli.record.rating import ratings_of_staff
    from retain_cli.record.skill import skills_of

    with workspace.open() as store:
        person = named_person(store, name)
        entry = next(one for one in people(store, workspace.today) if one["name"] == person.name)
        skills = skills_of(store, person.id)
        rated = ratings_of_staff(store, person.name)
    data = entry | {
        "skills": [as_entry(one, workspace.today) for one in skills],
        "satisfaction": tally(rated.visits),
        "tickets": tally(rated.tickets),
        "questions": [{"question": question, **tally(times)} for question, times in rated.questions.items()],
    }
    asked = [(_VISITS, data["satisfaction"]), (_TICKETS, data["tickets"])]
    asked += [(one["question"], one) for one in data["questions"]]
    records = [{"name": person.name, "about": about, **told} for about, told in asked]
    records = [{key: cell for key, cell in one.items() if key != "question"} for one in records]
    workspace.show(Document(data, _blocks(data, skills, asked, workspace), records))


def _blocks(
    data: "Json", skills: "list[Skill]", asked: "list[tuple[str, Json]]", workspace: Workspace
) -> "list[Block]":
    from retain_cli.commands.staff_skill import skill_table
    from retain_cli.document import Column, Figures, Note, Table
    from retain_cli.model.scores import SCORES, are_few

    away = ", ".join(f"{one['from']} to {one['until']}" for one in data["away"])
    pairs = [
        ("Role", data["role"]),
        ("Hours", data["hours"]),
        ("Work days", data["work_days"]),
        ("Customers", data["customers"]),
        ("Backup", data["backup"]),
        ("Away", away),
        ("Served by", f"{data['served_by'] or 'nobody'} today" if data["served_by"] != data["name"] else ""),
        ("Retired", data["retired_on"]),
    ]
    blocks: list[Block] = [Figures([pair for pair in pairs if pair[1] not in (None, "")], data["name"])]
    if skills:
        blocks.append(skill_table(skills, workspace.today, names=False))
    rows = [(about, told) for about, told in asked if told["scores"]]
    if not rows:
        return [*blocks, Note("No customer has rated them yet.")]
    columns = [Column("Rated"), Column("Mean", "right"), Column("Scores", "right")]
    columns += [Column(str(score), "right") for score in SCORES]
    cells = [(about, f"{told['mean']:.2f}", told["scores"], *told["spread"].values()) for about, told in rows]
    blocks.append(Table(columns, cells, "What customers say, from 1 to 5"))
    if few := [about for about, told in rows if are_few(told["scores"])]:
        blocks.append(Note(f"Fewer than five scores, so the mean says little: {', '.join(few)}."))
    return blocks
