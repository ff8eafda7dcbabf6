"""`retain review`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.importing.review import Item
    from retain_cli.store.store import Store

_SHOWN = 50

_HEADER = (
    "row", "batch", "file", "line", "kind", "why", "candidates",
)  # fmt: skip
"""The columns of the CSV form."""


def review(
    workspace: Workspace,
    rows: Annotated[list[int] | None, typer.Argument(metavar="ROW...", help="The rows to decide.")] = None,
    take: Annotated[
        str | None, typer.Option("--take", metavar="CUSTOMER", help="They are about this customer.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="They are about somebody not known yet.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="They are not to be taken in.")] = False,
    same: Annotated[
        bool, typer.Option("--same", help="And so is every row that says the same id, phone and e-mail.")
    ] = False,
) -> None:
    """Rows of imports that fit several customers, and whom they are about.

    Without a ROW, those that wait are listed. A decision takes the row in as it came; `retain undo` of its import
    takes it back.
    """
    from retain_cli.errors import WrongUse
    from retain_cli.importing.review import open_items

    decisions = [name for name, said in (("take", take is not None), ("new", new), ("drop", drop)) if said]
    if not rows:
        if decisions:
            raise WrongUse("no row to decide is named", "Name it by its number in: retain review.")
        with workspace.open() as store:
            items = open_items(store)
            document = _list(items, _names(store, items))
        workspace.show(document)
        return
    if len(decisions) != 1:
        raise WrongUse("a row is decided in one way", "Add --take CUSTOMER, --new or --drop.")
    workspace.show(_decide(workspace, rows, decisions[0], take, same))


def _decide(workspace: Workspace, rows: list[int], decision: str, take: str | None, same: bool) -> "Document":
    from retain_cli.document import Document, Note
    from retain_cli.importing.deciding import decide, waiting
    from retain_cli.plan.clocks import follow_visits
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy
    from retain_cli.wording import count_of

    with workspace.change() as store:
        customer = None if take is None else find_customer(store, read_policy(store), take).id
        items = waiting(store, rows, same=same)
        data: list[dict[str, Any]] = []
        for row in items:
            # One new customer for all rows about the same person.
            first = next((one for one in data if one["who"] == row.who), None) if decision == "new" else None
            if first:
                given = decide(store, row, workspace.today, "take", first["customer"])
            else:
                given = decide(store, row, workspace.today, decision, customer)
            data.append({"row": row.id, "who": row.who, "decision": decision, "customer": given})
            if given is not None:
                follow_visits(store, given)
    for one in data:
        del one["who"]
    done = {"take": f"taken in for {take}", "new": "taken in for somebody new", "drop": "dropped"}[decision]
    return Document(data, [Note(f"{count_of(len(data), 'row')} {done}.")])


def _names(store: "Store", items: "list[Item]") -> dict[int, str]:
    """Who fitted, as far as they are still there."""
    from retain_cli.record.find import named_customers

    return named_customers(store, sorted({number for row in items for number in row.fits}))


def _list(items: "list[Item]", names: dict[int, str]) -> "Document":
    from retain_cli.document import Block, Column, Document, Note, Table

    data: list[dict[str, Any]] = [
        {
            "row": row.id,
            "batch": row.batch_id,
            "file": row.file,
            "line": row.line,
            "kind": row.kind,
            "why": row.why,
            "values": row.values,
            "candidates": [{"id": number, "name": names[number]} for number in row.fits if number in names],
        }
        for row in items
    ]
    records = [
        {
            **{key: value for key, value in entry.items() if key not in ("values", "candidates")},
            "candidates": " ".join(str(one["id"]) for one in entry["candidates"]),
        }
        for entry in data
    ]
    if not items:
        return Document(data, [Note("No row waits for a decision.")], records, header=_HEADER)
    columns = [Column("Row", "right"), Column("From", wraps=False), Column("Says"), Column("Fits")]
    rows = [
        (
            entry["row"],
            f"{entry['file']}:{entry['line']}",
            _said(entry["values"]),
            [f"#{one['id']} {one['name']}" for one in entry["candidates"]],
        )
        for entry in data[:_SHOWN]
    ]
    blocks: list[Block] = [Table(columns, rows, lines_between=True)]
    if len(items) > _SHOWN:
        blocks.append(Note(f"and {len(items) - _SHOWN:,} more; -f json has them all."))
    blocks.append(Note("Decide with: retain review ROW --take '#NUMBER', --new or --drop"))
    return Document(data, blocks, records, header=_HEADER)


def _said(values: dict[str, Any]) -> str:
    """The row in a few words: whom it names, and what of them."""
    words = [values.get(name) for name in ("name", "external_id", "phone", "email")]
    if "amount" in values:
        from retain_cli.model.money import Money

        words += [values.get("bought_on"), values.get("product"), str(Money(values["amount"], values["currency"]))]
    words.append(values.get("visited_on"))
    return ", ".join(str(word) for word in words if word)
