"""`retain preference`.

Kinds: channel and time (how and when to reach them), likes, dislikes, owns, and competitor: what another shop
offered them, as heard. The brief shows them.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retain_cli.document import Document
    from retain_cli.record.preference import Known


def list_preferences(
    workspace: Workspace,
    of: Annotated[str | None, typer.Option("--of", metavar="CUSTOMER", help="Those of one customer.")] = None,
) -> None:
    """What is known of customers."""
    from retain_cli.record.find import find_customer
    from retain_cli.record.preference import preferences
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        number = find_customer(store, read_policy(store), of).id if of is not None else None
        found = preferences(store, workspace.today, number)
    workspace.show(_document(found))


def add(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
    kind: Annotated[str, typer.Argument(help="channel, time, likes, dislikes, owns or competitor.")],
    words: Annotated[str, typer.Argument(help="What is known, such as: call, after 18:00, green tea.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day it was said, if not today.")
    ] = None,
) -> None:
    """Note what is known; a new channel or time replaces the one before."""
    from retain_cli.commands.parameters import past_day_option, text_option, word_option
    from retain_cli.model.words import CHANNELS
    from retain_cli.record.find import find_customer
    from retain_cli.record.preference import KINDS, note
    from retain_cli.store.policy import read_policy

    of_kind = word_option(kind, KINDS, "KIND")
    said = word_option(words, CHANNELS, "the channel") if of_kind == "channel" else text_option(words, "WORDS")
    day = past_day_option(on, workspace.today, "--on")
    with workspace.change() as store:
        found = find_customer(store, read_policy(store), customer)
        kept = note(store, found.id, of_kind, said, day)
    workspace.show(_one(kept, f"Noted for {kept.name}, {kept.kind}: {kept.words}."))


def drop(
    workspace: Workspace, number: Annotated[int, typer.Argument(help="The number, as the list shows it.")]
) -> None:
    """It is so no more."""
    from retain_cli.record import preference as preferences

    with workspace.change() as store:
        found = preferences.drop(store, number, workspace.today)
    workspace.show(_one(found, f"No more for {found.name}, {found.kind}: {found.words}."))


ACTIONS = {"list": list_preferences, "add": add, "drop": drop}


def _one(found: "Known", sentence: str) -> "Document":
    from retain_cli.commands.parameters import flat, of_customer
    from retain_cli.document import Document, Note

    data = of_customer(found)
    return Document(data, [Note(sentence)], [flat(data)])


def _document(found: "Sequence[Known]") -> "Document":
    from retain_cli.commands.parameters import flat, flat_header, of_customer
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.record.preference import Known

    header = flat_header(Known._fields)
    if not found:
        return Document([], [Note("No preferences.")], [], header=header)
    data = [of_customer(one) for one in found]
    columns = [
        Column("", "right", wraps=False),
        Column("Who"),
        Column("Kind"),
        Column("Words"),
        Column("Said", wraps=False),
    ]
    rows = [(one.id, one.name, one.kind, one.words, one.said_on) for one in found]
    return Document(data, [Table(columns, rows)], [flat(entry) for entry in data], header=header)
