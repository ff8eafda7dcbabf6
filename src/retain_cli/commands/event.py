"""`retain event`.

Invite customers to a forum, a tasting or a party, note what they answer and who came. Coming is a contact; `retain
due` then asks to thank those who came, and to say sorry to those who said they would and did not.
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.commands.choosing import Area, Customers, Grade, Segment, Where
from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.record.event import EventOf, Guest

_Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The event's number, as the list shows it.")]


def list_events(workspace: Workspace) -> None:
    """The events, the latest first, and how many guests each has."""
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.record.event import events

    with workspace.open() as store:
        found = events(store)
    data = [_data(one) for one in found]
    if not data:
        hint = "There is no event yet. Make one with: retain event create NAME --on DAY."
        workspace.show(Document(data, [Note(hint)], data, header=_HEADER))
        return
    columns = [
        Column("", "right"), Column("Event"), Column("Day", wraps=False), Column("Invited", "right"),
        Column("Yes", "right"), Column("Maybe", "right"), Column("No", "right"), Column("Came", "right"),
        Column("Cost", "right"),
    ]  # fmt: skip
    rows = [
        (one["id"], f"{one['name']} ({one['kind']})", one["held_on"], one["invited"], one["yes"], one["maybe"],
         one["no"], one["came"] if one["counted_on"] else "", one["cost"])
        for one in data
    ]  # fmt: skip
    workspace.show(Document(data, [Table(columns, rows)], data, header=_HEADER))


def create(
    workspace: Workspace,
    name: Annotated[str, typer.Argument(help="What it is called, such as: Spring tasting.")],
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day it is held.")],
    kind: Annotated[str, typer.Option("--kind", metavar="WORD", help="forum, tasting, party or other.")] = "other",
    place: Annotated[str | None, typer.Option("--place", metavar="WORDS", help="Where it is held.")] = None,
    cost: Annotated[str | None, typer.Option("--cost", metavar="AMOUNT", help="What all of it costs.")] = None,
) -> None:
    """Plan an event."""
    from retain_cli.commands.parameters import day_option, money_option, text_option, word_option
    from retain_cli.model.words import EVENT_KINDS
    from retain_cli.record import event as events
    from retain_cli.store.policy import read_policy

    held_on = day_option(on, workspace.today, "--on")
    word = word_option(kind, EVENT_KINDS, "--kind")
    with workspace.change() as store:
        currency = read_policy(store).currency
        made = events.create(
            store,
            text_option(name, "NAME"),
            word,
            held_on,
            place=text_option(place, "--place") if place else None,
            cost=money_option(cost, currency, "--cost") if cost else None,
            currency=currency,
        )
    workspace.show(_one(made, f"Event {made.id}: {made.name}, on {made.held_on}."))


def invite(
    workspace: Workspace,
    number: _Number,
    customers: Customers = None,
    segment: Segment = None,
    where: Where = None,
    grade: Grade = None,
    area: Area = None,
    channel: Annotated[
        str, typer.Option("--channel", metavar="WORD", help="How they are invited: message, mail, call or visit.")
    ] = "message",
) -> None:
    """Invite customers; whoever is not to be contacted, or not this way, is left out and counted.

    An invitation is no contact. Whoever is invited already stays so, with their answer.
    """
    from retain_cli.commands.choosing import chosen, said_left_out
    from retain_cli.commands.parameters import word_option
    from retain_cli.due.addressing import who_may_be_addressed
    from retain_cli.model.words import CHANNELS
    from retain_cli.record import event as events
    from retain_cli.store.policy import read_policy
    from retain_cli.wording import count_of

    by = word_option(channel, CHANNELS, "--channel")
    with workspace.change() as store:
        policy = read_policy(store)
        events.the_event(store, number)
        wanted = chosen(workspace, store, policy, customers, segment=segment, where=where, grade=grade, area=area)
        may = who_may_be_addressed(store, policy, workspace.today, wanted, by)
        new = events.invite(store, number, may.customers, workspace.today)
        found = events.the_event(store, number)
    again = len(may.customers) - new
    said = f"Invited {count_of(new, 'customer')} to {found.name}." + said_left_out(may.left_out)
    said += f" {again:,} {'was' if again == 1 else 'were'} invited before." if again else ""
    counts = {"new": new, "invited_before": again, "left_out": may.left_out}
    workspace.show(_one(found, said, counts))


def answer(
    workspace: Workspace,
    number: _Number,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
    word: Annotated[str, typer.Argument(metavar="ANSWER", help="yes, no or maybe.")],
) -> None:
    """Note what somebody answered; a later answer counts."""
    from retain_cli.commands.parameters import word_option
    from retain_cli.model.words import ANSWERS
    from retain_cli.record import event as events
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    said = word_option(word, ANSWERS, "ANSWER")
    with workspace.change() as store:
        found = find_customer(store, read_policy(store), customer)
        events.answered(store, number, found.id, said, workspace.today)
        event = events.the_event(store, number)
    workspace.show(_one(event, f"{found.name} answered {said} to {event.name}."))


def attended(workspace: Workspace, number: _Number, customers: Customers = None) -> None:
    """Note who came, invited or not; each coming is a contact on the day of the event."""
    from retain_cli.commands.choosing import chosen
    from retain_cli.plan.clocks import follow_visits
    from retain_cli.record import event as events
    from retain_cli.store.policy import read_policy
    from retain_cli.wording import count_of

    with workspace.change() as store:
        policy = read_policy(store)
        there = chosen(workspace, store, policy, customers)
        new = events.came(store, number, there, workspace.today)
        for one in new:
            follow_visits(store, one)
        found = events.the_event(store, number)
    workspace.show(_one(found, f"{count_of(len(new), 'guest')} more at {found.name}; {found.came:,} came."))


def cost(
    workspace: Workspace,
    number: _Number,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="What all of it cost.")],
) -> None:
    """Note what the event cost; the contacts of those who came share it."""
    from retain_cli.commands.parameters import money_option
    from retain_cli.record import event as events

    with workspace.change() as store:
        currency = events.the_event(store, number).currency
        found = events.costs(store, number, money_option(amount, currency, "AMOUNT"))
    data = _data(found)
    workspace.show(_one(found, f"{found.name} cost {data['cost']}."))


def show(
    workspace: Workspace,
    number: _Number,
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="WORD", help="invited, waiting, coming, declined, came or missed."),
    ] = None,
) -> None:
    """The guests of an event; --only missed is who neither came nor had said so."""
    from retain_cli.commands.parameters import of_customer, word_option
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.record import event as events

    which = word_option(only, list(events.LISTS), "--only") if only else None
    with workspace.open() as store:
        found = events.the_event(store, number)
        guests = events.guests(store, number, which)
    listed = [of_customer(_plain(guest)) for guest in guests]
    records = [_record(guest) for guest in guests]
    columns = [
        Column("Guest"), Column("Phone", wraps=False), Column("Invited", wraps=False), Column("Answer"),
        Column("Came"),
    ]  # fmt: skip
    rows = [
        (guest.name, guest.phone, guest.invited_on, guest.answer or "", "yes" if guest.came else "")
        for guest in guests
    ]
    title = f"{found.name}, {found.held_on}" + (f", {found.place}" if found.place else "")
    block = Table(columns, rows, title) if rows else Note(f"{title}: nobody.")
    workspace.show(Document(_data(found) | {"guests": listed}, [block], records, header=_GUEST_HEADER))


ACTIONS = {
    "list": list_events, "create": create, "invite": invite, "answer": answer, "attended": attended, "cost": cost,
    "show": show,
}  # fmt: skip

_HEADER = (
    "id", "name", "kind", "held_on", "place", "cost", "cost_currency", "currency", "counted_on", "invited",
    "yes", "maybe", "no", "came",
)  # fmt: skip
_GUEST_HEADER = ("customer_id", "external_id", "name", "phone", "invited_on", "answer", "answered_on", "came")


def _plain(guest: "Guest") -> "Guest":
    return guest._replace(came=bool(guest.came))


def _record(guest: "Guest") -> dict[str, Any]:
    cells = _plain(guest)._asdict()
    return {name: cells[name] for name in _GUEST_HEADER}


def _data(found: "EventOf") -> dict[str, Any]:
    from retain_cli.commands.parameters import money

    return found._asdict() | {"cost": money(found.cost, found.currency)}


def _one(found: "EventOf", sentence: str, more: dict[str, Any] | None = None) -> "Document":
    from retain_cli.document import Document, Note

    data = _data(found) | (more or {})
    return Document(data, [Note(sentence)], [{name: data[name] for name in found._fields}], header=_HEADER)
