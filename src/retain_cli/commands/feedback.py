"""`retain feedback`.

A suggestion or complaint gets an action, somebody who sees to it and a day; when it is done, the brief of whoever
said it shows what we did, until they were told.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retain_cli.document import Document
    from retain_cli.record.feedback import Heard

_Number = Annotated[int, typer.Argument(help="The number, as the list shows it.")]
_On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day it happened, if not today.")]


def list_feedback(
    workspace: Workspace,
    of: Annotated[str | None, typer.Option("--of", metavar="CUSTOMER", help="What one customer said.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="What was seen to and praise as well.")] = False,
) -> None:
    """What nothing was done about yet."""
    from retain_cli.record import feedback
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        if of is not None:
            found = feedback.feedback_of(store, find_customer(store, read_policy(store), of).id)
        else:
            found = feedback.all_feedback(store) if everything else feedback.open_feedback(store)
    workspace.show(_document(found))


def add(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
    words: Annotated[str, typer.Argument(help="What they said.")],
    kind: Annotated[
        str, typer.Option("--kind", metavar="WORD", help="suggestion, complaint or praise.")
    ] = "suggestion",
    on: _On = None,
) -> None:
    """Note what a customer said."""
    from retain_cli.commands.parameters import past_day_option, text_option, word_option
    from retain_cli.record import feedback
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    of_kind = word_option(kind, feedback.KINDS, "--kind")
    day, said = past_day_option(on, workspace.today, "--on"), text_option(words, "WORDS")
    with workspace.change() as store:
        found = find_customer(store, read_policy(store), customer)
        kept = feedback.hear(store, found.id, of_kind, said, day)
    workspace.show(_one(kept, f"Heard from {kept.name}: {kept.words} (feedback {kept.id})."))


def plan(
    workspace: Workspace,
    number: _Number,
    action: Annotated[str, typer.Argument(help="What we do about it.")],
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who sees to it.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DAY", help="By when.")] = None,
) -> None:
    """Say what is done about it, by whom and by when."""
    from retain_cli.commands.parameters import day_option, text_option
    from retain_cli.record import feedback
    from retain_cli.record.owner import named_staff

    said = text_option(action, "ACTION")
    due_on = day_option(by, workspace.today, "--by") if by else None
    with workspace.change() as store:
        found = feedback.plan_action(store, number, said, named_staff(store, owner) if owner else None, due_on)
    workspace.show(_one(found, f"Planned for feedback {number}: {found.action}."))


def done(
    workspace: Workspace,
    number: _Number,
    result: Annotated[str, typer.Argument(help="What came of it.")],
    on: _On = None,
) -> None:
    """It is done; the next brief tells the customer so."""
    from retain_cli.commands.parameters import past_day_option, text_option
    from retain_cli.record import feedback

    day, said = past_day_option(on, workspace.today, "--on"), text_option(result, "RESULT")
    with workspace.change() as store:
        found = feedback.done(store, number, said, day)
    workspace.show(_one(found, f"Done: {found.result}. Tell {found.name} next time."))


def told(workspace: Workspace, number: _Number, on: _On = None) -> None:
    """The customer heard what we did."""
    from retain_cli.commands.parameters import past_day_option
    from retain_cli.record import feedback

    day = past_day_option(on, workspace.today, "--on")
    with workspace.change() as store:
        found = feedback.told(store, number, day)
    workspace.show(_one(found, f"{found.name} was told on {found.told_on}."))


ACTIONS = {"list": list_feedback, "add": add, "plan": plan, "done": done, "told": told}


def _one(found: "Heard", sentence: str) -> "Document":
    from retain_cli.commands.parameters import flat, of_customer
    from retain_cli.document import Document, Note

    data = of_customer(found)
    return Document(data, [Note(sentence)], [flat(data)])


def _document(found: "Sequence[Heard]") -> "Document":
    from retain_cli.commands.parameters import flat, flat_header, of_customer
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.record.feedback import Heard

    header = flat_header(Heard._fields)
    if not found:
        return Document([], [Note("No feedback.")], [], header=header)
    data = [of_customer(one) for one in found]
    columns = [
        Column("", "right", wraps=False),
        Column("Said", wraps=False),
        Column("Who"),
        Column("Words"),
        Column("What we do"),
    ]
    rows = [(one.id, one.said_on, one.name, f"{one.kind}: {one.words}", _state(one)) for one in found]
    return Document(data, [Table(columns, rows)], [flat(entry) for entry in data], header=header)


def _state(one: "Heard") -> str:
    if one.done_on:
        return f"done {one.done_on}: {one.result}" + (f", told {one.told_on}" if one.told_on else ", not told yet")
    who = ", ".join(filter(None, (one.owner, f"by {one.due_on}" if one.due_on else None)))
    return f"{one.action}" + (f" ({who})" if who else "") if one.action else "nothing yet"
