"""`retain ticket`.

By when a ticket is promised follows from its kind, unless another day is named. `retain due` shows it from that day
on until it is resolved, and again if the customer rates it low.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from retain_cli.commands.parameters import Json
    from retain_cli.document import Document
    from retain_cli.record.ticket import Happened, Matter
    from retain_cli.store.store import Store

_Number = Annotated[int, typer.Argument(help="The ticket's number, as the list shows it.")]
_On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day it happened, if not today.")]
_Staff = Annotated[str | None, typer.Option("--staff", metavar="NAME", help="Who did it.")]


def list_tickets(
    workspace: Workspace,
    of: Annotated[
        str | None, typer.Option("--of", metavar="CUSTOMER", help="Those of one customer, resolved ones too.")
    ] = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Only those of one person.")] = None,
    resolved: Annotated[bool, typer.Option("--resolved", help="Those that are done.")] = False,
) -> None:
    """The tickets that wait, the earliest day first."""
    from retain_cli.record import ticket as tickets
    from retain_cli.record.find import find_customer
    from retain_cli.record.owner import named_staff
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        if of is not None:
            found = tickets.tickets_of(store, find_customer(store, read_policy(store), of).id)
        else:
            found = tickets.resolved_tickets(store) if resolved else tickets.open_tickets(store)
        if owner is not None:
            name = named_staff(store, owner)
            found = [one for one in found if one.owner == name]
    workspace.show(_document(found, workspace))


def show(workspace: Workspace, number: _Number) -> None:
    """One ticket and everything that happened with it."""
    from retain_cli.commands.ratings import as_list, in_words
    from retain_cli.document import Column, Document, Figures, Table
    from retain_cli.record import ticket as tickets
    from retain_cli.record.rating import ratings_of_ticket

    with workspace.open() as store:
        found = tickets.the_ticket(store, number)
        happened = tickets.history(store, number)
        ratings = as_list(ratings_of_ticket(store, number))
    data = _entry(found, workspace) | {"ratings": ratings, "history": [one._asdict() for one in happened]}
    pairs = [("Who", found.name), ("Kind", found.kind), ("Promised by", found.promised_on), ("Owner", found.owner),
             ("State", _state(data)), ("Answers", in_words(ratings))]  # fmt: skip
    columns = [Column("Day", wraps=False), Column("What", wraps=False), Column("Words"), Column("Who")]
    rows = [(one.happened_on, one.what, one.words, one.staff) for one in happened]
    figures = Figures([pair for pair in pairs if pair[1]], f"Ticket {number}: {found.words}")
    records, header = _happened(found, happened), ("ticket", *tickets.Happened._fields)
    workspace.show(Document(data, [figures, Table(columns, rows)], records, header=header))


def open_(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
    kind: Annotated[str, typer.Argument(help="complaint, repair, maintenance or question.")],
    words: Annotated[str, typer.Argument(help="What it is about.")],
    by: Annotated[
        str | None, typer.Option("--by", metavar="DAY", help="By when it is promised, if not as usual.")
    ] = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who sees to it.")] = None,
    on: _On = None,
) -> None:
    """Open a ticket."""
    from retain_cli.commands.parameters import day_option, past_day_option, text_option, word_option
    from retain_cli.model.words import TICKET_KINDS
    from retain_cli.record import ticket as tickets
    from retain_cli.record.find import find_customer
    from retain_cli.record.owner import named_staff
    from retain_cli.store.policy import read_policy

    opened_on = past_day_option(on, workspace.today, "--on")
    of_kind = word_option(kind, TICKET_KINDS, "KIND")
    said = text_option(words, "WORDS")
    promised_on = day_option(by, opened_on, "--by") if by else None
    with workspace.change() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        promised_on = promised_on or tickets.promised_by(policy, of_kind, opened_on)
        keeper = named_staff(store, owner) if owner else None
        made = tickets.open_ticket(store, found.id, of_kind, said, opened_on, promised_on, keeper)
        assert made.id is not None  # noqa: S101
        kept = tickets.the_ticket(store, made.id)
    sentence = (
        f"Opened ticket {kept.id} for {kept.name}, {kept.kind}: {kept.words}. Promised by {kept.promised_on}."
    )
    workspace.show(_one(kept, sentence, workspace))


def note(
    workspace: Workspace,
    number: _Number,
    words: Annotated[str, typer.Argument(help="What happened.")],
    staff: _Staff = None,
    on: _On = None,
) -> None:
    """Add to the history of a ticket."""
    from retain_cli.record import ticket as tickets

    found = _happens(workspace, tickets.note, number, words, staff, on)
    workspace.show(_one(found, f"Noted with ticket {number}.", workspace))


def change(
    workspace: Workspace,
    number: _Number,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Who sees to it from now on.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DAY", help="The day agreed instead.")] = None,
) -> None:
    """Give it to somebody else, or agree on another day."""
    from retain_cli.commands.parameters import day_option
    from retain_cli.errors import WrongUse
    from retain_cli.record import ticket as tickets
    from retain_cli.record.owner import named_staff

    if owner is None and by is None:
        raise WrongUse("nothing to change", "Say --owner NAME or --by DAY.")
    promised_on = day_option(by, workspace.today, "--by") if by else None
    with workspace.change() as store:
        keeper = named_staff(store, owner) if owner else None
        found = tickets.change(store, number, workspace.today, owner=keeper, promised_on=promised_on)
    to = f" Seen to by {found.owner}." if found.owner else ""
    workspace.show(_one(found, f"Ticket {number} is promised by {found.promised_on}.{to}", workspace))


def resolve(
    workspace: Workspace,
    number: _Number,
    words: Annotated[str, typer.Argument(help="What was done.")],
    staff: _Staff = None,
    on: _On = None,
) -> None:
    """It is done."""
    from retain_cli.record import ticket as tickets

    found = _happens(workspace, tickets.resolve, number, words, staff, on)
    workspace.show(_one(found, f"Ticket {number} is {_state(_entry(found, workspace))}.", workspace))


def rate(
    workspace: Workspace,
    number: _Number,
    rating: Annotated[int, typer.Argument(min=1, max=5, help="From 1 to 5.")],
    rate: Annotated[
        list[str] | None,
        typer.Option(
            "--rate", metavar="QUESTION=1-5", help='What they say when asked: "politeness=5"; may be repeated.'
        ),
    ] = None,
    words: Annotated[str, typer.Option("--note", metavar="WORDS", help="What they said.")] = "",
    on: _On = None,
) -> None:
    """Note how the customer rates what was done."""
    from retain_cli.commands.parameters import past_day_option, text_option
    from retain_cli.commands.ratings import as_list
    from retain_cli.record import ticket as tickets
    from retain_cli.record.rating import ratings_of_ticket, said_ratings
    from retain_cli.store.policy import read_policy

    day, said = past_day_option(on, workspace.today, "--on"), text_option(words, "--note") if words else ""
    answers = said_ratings(rate or [])
    with workspace.change() as store:
        found = tickets.rate(store, read_policy(store), number, rating, day, said, answers)
        kept = as_list(ratings_of_ticket(store, number))
    then = f" Speak with {found.name} by {found.follow_up_on}." if found.follow_up_on else ""
    workspace.show(_one(found, f"Ticket {number} was rated {rating}.{then}", workspace, ratings=kept))


def reopen(
    workspace: Workspace,
    number: _Number,
    words: Annotated[str, typer.Argument(help="Why.")],
    on: _On = None,
) -> None:
    """It is not done after all."""
    from retain_cli.commands.parameters import past_day_option, text_option
    from retain_cli.record import ticket as tickets

    day, said = past_day_option(on, workspace.today, "--on"), text_option(words, "WORDS")
    with workspace.change() as store:
        found = tickets.reopen(store, number, day, said)
    workspace.show(_one(found, f"Ticket {number} is open again, promised by {found.promised_on}.", workspace))


ACTIONS = {
    "list": list_tickets,
    "show": show,
    "open": open_,
    "note": note,
    "change": change,
    "resolve": resolve,
    "rate": rate,
    "reopen": reopen,
}


def _happens(
    workspace: Workspace,
    keep: "Callable[[Store, int, date, str, str | None], Matter]",
    number: int,
    words: str,
    staff: str | None,
    on: str | None,
) -> "Matter":
    """Something happens with a ticket; `keep` writes it down, and gives the ticket as it is then."""
    from retain_cli.commands.parameters import past_day_option, text_option
    from retain_cli.record.owner import named_staff

    day, said = past_day_option(on, workspace.today, "--on"), text_option(words, "WORDS")
    with workspace.change() as store:
        return keep(store, number, day, said, named_staff(store, staff) if staff else None)


def _one(found: "Matter", sentence: str, workspace: Workspace, **more: object) -> "Document":
    from retain_cli.commands.parameters import flat
    from retain_cli.document import Document, Note

    data = _entry(found, workspace)
    return Document(data | more, [Note(sentence)], [flat(data)])


def _entry(found: "Matter", workspace: Workspace) -> "Json":
    from retain_cli.commands.parameters import of_customer

    late = max(((found.resolved_on or workspace.today) - found.promised_on).days, 0)
    taken = (found.resolved_on - found.opened_on).days if found.resolved_on else None
    return {**of_customer(found), "days_late": late, "days_taken": taken}


def _happened(found: "Matter", happened: "Sequence[Happened]") -> "list[Json]":
    return [{"ticket": found.id, **one._asdict()} for one in happened]


def _document(found: "Sequence[Matter]", workspace: Workspace) -> "Document":
    from retain_cli.commands.parameters import flat, flat_header
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.record.ticket import Matter

    data = [_entry(one, workspace) for one in found]
    header = flat_header(Matter._fields, "days_late", "days_taken")
    if not found:
        return Document([], [Note("No tickets.")], [], header=header)
    columns = [Column("", "right", wraps=False), Column("By", wraps=False), Column("Who"), Column("What"),
               Column("Seen to by"), Column("State")]  # fmt: skip
    rows = [
        (one.id, one.promised_on, one.name, f"{one.kind}: {one.words}", one.owner, _state(entry))
        for one, entry in zip(found, data, strict=True)
    ]
    return Document(data, [Table(columns, rows)], [flat(entry) for entry in data], header=header)


def _state(entry: "Json") -> str:
    from retain_cli.wording import count_of

    late = f", late by {count_of(entry['days_late'], 'day')}" if entry["days_late"] else ""
    if entry["resolved_on"] is None:
        return f"open{late}"
    rated = f", rated {entry['rating']}" if entry["rating"] else ""
    return f"resolved after {count_of(entry['days_taken'], 'day')}{late}{rated}"
