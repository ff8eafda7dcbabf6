"""`retain need`.

A need ripens when the time comes that the customer named; then `retain due` shows it. It stays open until somebody
says that it is met or gone: a purchase that looks like it is asked about with `--maybe-met`, never assumed.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retain_cli.commands.parameters import Json
    from retain_cli.document import Document
    from retain_cli.record.need import MaybeMet, Needed

_Number = Annotated[int, typer.Argument(help="The need's number, as the list shows it.")]
_HEADER = (
    "customer_id", "external_id", "name", "id", "what", "category", "amount", "amount_currency", "said_on",
    "wanted_on", "wanted_words", "status", "closed_on", "met_by_id", "maybe_met_by",
)  # fmt: skip
"""The columns of the CSV form; most needs have no amount to tell its two."""
_On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day, if not today.")]


def list_needs(
    workspace: Workspace,
    of: Annotated[
        str | None, typer.Option("--of", metavar="CUSTOMER", help="Those of one customer, closed ones too.")
    ] = None,
    maybe_met: Annotated[
        bool, typer.Option("--maybe-met", help="Only those that a purchase since then may have met.")
    ] = False,
) -> None:
    """The needs that are open, the earliest time first."""
    from retain_cli.record import need as needs
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        if of is not None:
            found = needs.needs_of(store, find_customer(store, read_policy(store), of).id)
        else:
            found = needs.open_needs(store)
        maybe: dict[int, list[MaybeMet]] = {}
        for one in needs.maybe_met(store):
            maybe.setdefault(one.need_id, []).append(one)
    workspace.show(_document([one for one in found if one.id in maybe or not maybe_met], maybe))


def add(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
    words: Annotated[str, typer.Argument(help="What, about how much, and when: new sofa, ~8000, March.")],
    category: Annotated[
        str, typer.Option("--category", metavar="WORD", help="The shop's category, to find the purchase by.")
    ] = "",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day it was said, if not today.")
    ] = None,
) -> None:
    """Note what a customer may want, for about how much, and when."""
    from retain_cli.commands.parameters import past_day_option, text_option
    from retain_cli.record import need as needs
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    said_on = past_day_option(on, workspace.today, "--on")
    said = text_option(words, "WORDS")
    of_category = text_option(category, "--category") if category else ""
    with workspace.change() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        wish = needs.wish(said, said_on, policy.currency)
        made = needs.need(store, found.id, wish, said_on, policy.currency, category=of_category)
        assert made.id is not None  # noqa: S101
        kept = needs.the_need(store, made.id)
    workspace.show(_one(kept, f"Noted for {kept.name}: {_words(kept)} (need {kept.id})."))


def met(
    workspace: Workspace,
    number: _Number,
    by: Annotated[
        int | None,
        typer.Option("--by", metavar="NUMBER", help="The purchase that met it; else it was met elsewhere."),
    ] = None,
    on: _On = None,
) -> None:
    """They have it now."""
    from retain_cli.commands.parameters import past_day_option
    from retain_cli.record import need as needs

    day = past_day_option(on, workspace.today, "--on")
    with workspace.change() as store:
        found = needs.met(store, number, day, by)
    how = f"by purchase {found.met_by_id} of {found.closed_on}" if found.met_by_id else "not by a purchase of ours"
    workspace.show(_one(found, f"Met, {how}: {found.what}, {found.name}."))


def gone(workspace: Workspace, number: _Number, on: _On = None) -> None:
    """They do not want it any more."""
    from retain_cli.commands.parameters import past_day_option
    from retain_cli.record import need as needs

    day = past_day_option(on, workspace.today, "--on")
    with workspace.change() as store:
        found = needs.gone(store, number, day)
    workspace.show(_one(found, f"Gone: {found.what}, {found.name}."))


def move(
    workspace: Workspace,
    number: _Number,
    to: Annotated[str, typer.Option("--to", metavar="TIME", help="The time they named: March, 2027-03, 2w.")],
) -> None:
    """They named another time."""
    from retain_cli.commands.parameters import time_option
    from retain_cli.record import need as needs

    day = time_option(to, workspace.today, "--to")
    with workspace.change() as store:
        found = needs.moved(store, number, day, to.strip())
    workspace.show(_one(found, f"Moved to {found.wanted_on}: {found.what}, {found.name}."))


def reopen(workspace: Workspace, number: _Number) -> None:
    """Take a closing back."""
    from retain_cli.record import need as needs

    with workspace.change() as store:
        found = needs.reopened(store, number)
    workspace.show(_one(found, f"Open again: {_words(found)}, {found.name}."))


ACTIONS = {"list": list_needs, "add": add, "met": met, "gone": gone, "move": move, "reopen": reopen}


def _one(found: "Needed", sentence: str) -> "Document":
    from retain_cli.document import Document, Note

    data = _entry(found, [])
    return Document(data, [Note(sentence)], [_record(data)], header=_HEADER)


def _record(entry: "Json") -> "Json":
    """The need as one line of CSV."""
    from retain_cli.commands.parameters import flat

    return flat(entry) | {"maybe_met_by": [bought["id"] for bought in entry["maybe_met_by"]]}


def _entry(found: "Needed", maybe: "Sequence[MaybeMet]") -> "Json":
    from retain_cli.commands.parameters import money, of_customer

    entry = of_customer(found)
    entry["amount"] = money(found.amount, found.currency or "")
    entry["category"] = found.category or None
    del entry["currency"]
    bought = [
        {
            "id": one.purchase_id,
            "bought_on": one.bought_on,
            "product": one.product or None,
            "category": one.category or None,
            "amount": money(one.amount, one.currency),
        }
        for one in maybe
    ]
    return {**entry, "maybe_met_by": bought}


def _words(found: "Needed") -> str:
    from retain_cli.commands.parameters import money

    amount = money(found.amount, found.currency or "")
    when = f"{found.wanted_words} ({found.wanted_on})" if found.wanted_words else None
    return ", ".join(filter(None, (found.what, f"about {amount}" if amount else None, when)))


def _document(found: "Sequence[Needed]", maybe: "dict[int, list[MaybeMet]]") -> "Document":
    from retain_cli.document import Column, Document, Note, Table

    data = [_entry(one, maybe.get(one.id, [])) for one in found]
    records = [_record(entry) for entry in data]
    if not found:
        return Document([], [Note("No needs.")], [], header=_HEADER)
    columns = [Column("", "right", wraps=False), Column("When", wraps=False), Column("Who"), Column("What"),
               Column("State")]  # fmt: skip
    rows = [
        (one.id, one.wanted_on, one.name, _words(one), _state(one, entry))
        for one, entry in zip(found, data, strict=True)
    ]
    blocks: list[Table | Note] = [Table(columns, rows)]
    if maybe and any(entry["maybe_met_by"] for entry in data):
        blocks.append(Note("If a purchase met it: retain need met NEED --by PURCHASE."))
    return Document(data, blocks, records, header=_HEADER)


def _state(found: "Needed", entry: "Json") -> str:
    asked = "; ".join(
        f"met by purchase {bought['id']} of {bought['bought_on']} ({bought['product'] or bought['category']})?"
        for bought in entry["maybe_met_by"]
    )
    if found.status == "open":
        return asked or "open"
    return f"{found.status}, {found.closed_on}" + (f", purchase {found.met_by_id}" if found.met_by_id else "")
