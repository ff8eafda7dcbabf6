"""`retain staff skill`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retain_cli.commands.parameters import Json
    from retain_cli.document import Table
    from retain_cli.record.skill import Skill

_WRITE = 'Write: retain staff skill add NAME "floor sanding", or: skill remove NAME "floor sanding".'


def skill(
    workspace: Workspace,
    what: Annotated[str, typer.Argument(metavar="list|add|remove", help="What to do; list if not said.")] = "list",
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Whose; all of them in a list.")] = None,
    words: Annotated[str | None, typer.Argument(metavar="SKILL", help="What they can do.")] = None,
    trained_on: Annotated[
        str | None, typer.Option("--trained-on", metavar="DAY", help="The day they were trained.")
    ] = None,
    renew_by: Annotated[
        str | None,
        typer.Option("--renew-by", metavar="DAY", help="The last day on which that training counts."),
    ] = None,
) -> None:
    """What they can do, when they were trained, and when that has to be renewed."""
    from retain_cli.commands.parameters import day_option, past_day_option, text_option, word_option
    from retain_cli.commands.staff import named_person
    from retain_cli.document import Document, Note
    from retain_cli.errors import WrongUse
    from retain_cli.record import skill as skills

    today = workspace.today
    action = word_option(what, ("list", "add", "remove"), "skill")
    if action != "add" and (trained_on or renew_by):
        raise WrongUse("--trained-on and --renew-by belong to add", _WRITE)
    if action == "list":
        if words is not None:
            raise WrongUse("a list takes a name at most", _WRITE)
        with workspace.open() as store:
            whose = named_person(store, name) if name is not None else None
            found = skills.skills(store) if whose is None else skills.skills_of(store, whose.id)
        nobody = Note('No skills are noted. Begin with: retain staff skill add NAME "floor sanding".')
        block = skill_table(found, today) if found else nobody
    else:
        if name is None or words is None:
            raise WrongUse("that is not whole", _WRITE)
        ability = " ".join(text_option(words, "SKILL").split())
        if len(ability) > skills.LONGEST:
            raise WrongUse(f"a skill has 1 to {skills.LONGEST} letters", "Write a shorter one.")
        trained = past_day_option(trained_on, today, "--trained-on") if trained_on else None
        renewed = day_option(renew_by, today, "--renew-by") if renew_by else None
        with workspace.change() as store:
            whose = named_person(store, name)
            if action == "add":
                skills.add_skill(store, whose.id, ability, trained, renewed)
            else:
                skills.remove_skill(store, whose.id, ability)
            found = skills.skills_of(store, whose.id)
        block = skill_table(found, today) if found else Note(f"{whose.name} has no more skills that are noted.")
    data = [{"name": one.name, **as_entry(one, today)} for one in found]
    header = ("name", "skill", "trained_on", "renew_by_on", "renewal")
    workspace.show(Document(data, [block], data, header=header))


def as_entry(one: "Skill", day: "date") -> "Json":
    """A skill for programs."""
    from retain_cli.record.skill import renewal

    days = {"trained_on": one.trained_on, "renew_by_on": one.renew_by_on}
    return {"skill": one.skill, **days, "renewal": renewal(one, day)}


def skill_table(found: "Sequence[Skill]", day: "date", *, names: bool = True) -> "Table":
    """Skills for people, with whose they are unless that is said already."""
    from retain_cli.document import Column, Table

    columns = [Column("Name")] if names else []
    columns += [Column("Skill"), Column("Trained", wraps=False), Column("Renew by", wraps=False), Column("")]
    rows = [
        (*([one.name] if names else []), one.skill, one.trained_on, one.renew_by_on, _when_to_renew(one, day))
        for one in found
    ]
    return Table(columns, rows)


def _when_to_renew(one: "Skill", day: "date") -> str:
    from retain_cli.record.skill import renewal
    from retain_cli.wording import count_of

    state = renewal(one, day)
    if state is None or one.renew_by_on is None:
        return ""
    days = (one.renew_by_on - day).days
    if state == "past":
        return f"ran out {count_of(-days, 'day')} ago"
    return f"{count_of(days, 'day')} left" if days else "today is the last day"
