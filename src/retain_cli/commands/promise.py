"""`retain promise`.

A promise is kept, late or broken; late is what was kept after its day. `retain due` names whoever waits for one.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retain_cli.commands.parameters import Json
    from retain_cli.document import Document
    from retain_cli.record.promise import Promised

_Number = Annotated[int, typer.Argument(help="The promise's number, as the list shows it.")]
_MadeGood = Annotated[
    str | None, typer.Option("--made-good", metavar="WORDS", help="What was done to make it good.")
]
_On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day it happened, if not today.")]


def list_promises(
    workspace: Workspace,
    of: Annotated[
        str | None, typer.Option("--of", metavar="CUSTOMER", help="Those one customer was given, closed ones too.")
    ] = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Only those of one person.")] = None,
    closed: Annotated[bool, typer.Option("--closed", help="Those that were kept, late or broken.")] = False,
) -> None:
    """The promises that wait, the earliest first."""
    from retain_cli.record import promise as promises
    from retain_cli.record.find import find_customer
    from retain_cli.record.owner import named_staff
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        if of is not None:
            found = promises.promises_to(store, find_customer(store, read_policy(store), of).id)
        else:
            found = promises.closed_promises(store) if closed else promises.open_promises(store)
        if owner is not None:
            name = named_staff(store, owner)
            found = [one for one in found if one.owner == name]
    workspace.show(_document(found, workspace))


def add(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
    words: Annotated[str, typer.Argument(help="What was promised, such as: quote by fri.")],
    by: Annotated[
        str | None, typer.Option("--by", metavar="DAY", help="By when, if the words do not say it.")
    ] = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who keeps it.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day it was given, if not today.")
    ] = None,
) -> None:
    """Note what was promised to whom, and by when."""
    from retain_cli.commands.parameters import past_day_option, promise_option
    from retain_cli.record import promise as promises
    from retain_cli.record.find import find_customer
    from retain_cli.record.owner import named_staff
    from retain_cli.store.policy import read_policy

    made_on = past_day_option(on, workspace.today, "--on")
    said = promise_option(words, made_on, "WORDS", by)
    with workspace.change() as store:
        found = find_customer(store, read_policy(store), customer)
        keeper = named_staff(store, owner) if owner else None
        made = promises.promise(store, found.id, said.words, made_on, said.by, owner=keeper)
        assert made.id is not None  # noqa: S101
        kept = promises.the_promise(store, made.id)
    workspace.show(_one(kept, f"Promised {kept.name} by {kept.due_on}: {kept.words} (promise {kept.id})."))


def keep(workspace: Workspace, number: _Number, on: _On = None, made_good: _MadeGood = None) -> None:
    """It is done: kept, or late after its day."""
    from retain_cli.commands.parameters import past_day_option, text_option
    from retain_cli.record import promise as promises

    day = past_day_option(on, workspace.today, "--on")
    words = text_option(made_good, "--made-good") if made_good else None
    with workspace.change() as store:
        found = promises.kept(store, number, day, words)
    said = "Kept" if found.status == "kept" else f"Late, it was due on {found.due_on}"
    workspace.show(_one(found, f"{said}: {found.words}, to {found.name}."))


def break_(workspace: Workspace, number: _Number, on: _On = None, made_good: _MadeGood = None) -> None:
    """It was not done and will not be."""
    from retain_cli.commands.parameters import past_day_option, text_option
    from retain_cli.record import promise as promises

    day = past_day_option(on, workspace.today, "--on")
    words = text_option(made_good, "--made-good") if made_good else None
    with workspace.change() as store:
        found = promises.broken(store, number, day, words)
    workspace.show(_one(found, f"Broken: {found.words}, to {found.name}."))


def move(
    workspace: Workspace,
    number: _Number,
    by: Annotated[str, typer.Option("--by", metavar="DAY", help="The day that was agreed instead.")],
) -> None:
    """Another day was agreed with the customer."""
    from retain_cli.commands.parameters import day_option
    from retain_cli.record import promise as promises

    day = day_option(by, workspace.today, "--by")
    with workspace.change() as store:
        found = promises.moved(store, number, day)
    workspace.show(_one(found, f"Moved to {found.due_on}: {found.words}, to {found.name}."))


def reopen(workspace: Workspace, number: _Number) -> None:
    """Take a closing back."""
    from retain_cli.record import promise as promises

    with workspace.change() as store:
        found = promises.reopened(store, number)
    workspace.show(_one(found, f"Open again, due on {found.due_on}: {found.words}, to {found.name}."))


ACTIONS = {"list": list_promises, "add": add, "keep": keep, "break": break_, "move": move, "reopen": reopen}


def _one(found: "Promised", sentence: str) -> "Document":
    from retain_cli.commands.parameters import flat, of_customer
    from retain_cli.document import Document, Note

    data = of_customer(found)
    return Document(data, [Note(sentence)], [flat(data)])


def _document(found: "Sequence[Promised]", workspace: Workspace) -> "Document":
    from retain_cli.commands.parameters import flat, flat_header
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.record.promise import Promised

    data = [_with_lateness(one, workspace) for one in found]
    records = [flat(one) for one in data]
    header = flat_header(Promised._fields, "days_late")
    if not found:
        return Document([], [Note("No promises.")], [], header=header)
    columns = [Column("", "right", wraps=False), Column("Due", wraps=False), Column("Whom"), Column("What"),
               Column("Who keeps it"), Column("State")]  # fmt: skip
    rows = [
        (one.id, one.due_on, one.name, one.words, one.owner, _state(entry))
        for one, entry in zip(found, data, strict=True)
    ]
    return Document(data, [Table(columns, rows)], records, header=header)


def _with_lateness(found: "Promised", workspace: Workspace) -> "Json":
    from retain_cli.commands.parameters import of_customer

    late = max(((found.closed_on or workspace.today) - found.due_on).days, 0)
    return {**of_customer(found), "days_late": late}


def _state(entry: "Json") -> str:
    from retain_cli.wording import count_of

    words = str(entry["status"])
    if entry["days_late"] and words != "broken":
        words = f"late by {count_of(entry['days_late'], 'day')}"
    if entry["closed_on"]:
        words += f", {entry['closed_on']}"
    return f"{words}; {entry['made_good']}" if entry["made_good"] else words
