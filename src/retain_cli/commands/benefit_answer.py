"""What `retain benefit` answers: what a customer has, and the terms of the grades."""

from typing import TYPE_CHECKING

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retain_cli.commands.parameters import Json
    from retain_cli.document import Block
    from retain_cli.record.find import Found
    from retain_cli.record.terms import Terms
    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store


def show_terms(workspace: Workspace, found: "Sequence[Terms]", said: str) -> None:
    """Answer with terms of the grades: what was just said of one, or all of them as a table."""
    from retain_cli.document import Column, Document, Note, Table

    data = [one._asdict() for one in found]
    header = ("id", "grade", "words", "from_on", "until_on")
    columns = [Column("", "right"), Column("For"), Column("Terms"), Column("Since", wraps=False)]
    rows = [(one.id, one.grade, one.words, one.from_on) for one in found]
    hint = 'No grade has terms. Set some: retain benefit terms set A "5 % off maintenance".'
    block = Note(said) if said else Table(columns, rows) if rows else Note(hint)
    workspace.show(Document(data, [block], data, header=header))


def benefits_of(store: "Store", policy: "Policy", found: "Found", day: "date") -> "Json":
    """Everything that a customer has of benefits on a day, and had."""
    from retain_cli.commands.parameters import money
    from retain_cli.record import benefit

    points = benefit.balance(store, policy, found.id, day)
    return {
        "customer": {"id": found.id, "external_id": found.external_id, "name": found.name},
        "points": points.points,
        "earned": points.earned,
        "used": points.used,
        "expired": points.expired,
        "level": points.level,
        "grants": [
            {"granted_on": one.happened_on, "points": one.points, "left": one.left, "expires_on": one.expires_on}
            for one in benefit.grants(store, found.id, day)
        ],
        "coupons": [
            {
                "id": one.id,
                "amount": money(one.amount, one.currency),
                "percent": one.percent,
                "min_spend": money(one.min_spend, one.currency),
                "expires_on": one.expires_on,
                "used_on": one.used_on,
                "saved": money(one.saved, one.currency),
                "usable": benefit.can_be_used(one, day),
                "note": one.words or None,
            }
            for one in benefit.coupons(store, found.id)
        ],
        "gifts": [
            {
                "id": one.id,
                "what": one.what,
                "thought_of_on": one.thought_of_on,
                "for_on": one.for_on,
                "bought_on": one.bought_on,
                "cost": money(one.cost, one.currency or ""),
                "given_on": one.given_on,
            }
            for one in benefit.gifts(store, found.id)
        ],
    }


def show_benefits(workspace: Workspace, data: "Json", sentence: str) -> None:
    """Answer with what was just done, and what the customer has now."""
    from retain_cli.document import Document, Note

    level = f", level {data['level']}" if data["level"] else ""
    notes = [Note(sentence), Note(f"To use: {data['points']:,} points{level}.")]
    workspace.show(Document(data, notes, [benefit_record(data)]))


def benefit_record(data: "Json") -> "Json":
    """The same as one line of CSV."""
    names = ("points", "earned", "used", "expired", "level")
    who = data["customer"]
    return {"customer_id": who["id"], "name": who["name"]} | {name: data[name] for name in names}


def benefit_blocks(data: "Json") -> "list[Block]":
    """The same for people."""
    from retain_cli.document import Column, Figures, Note, Table

    pairs = [("Points", f"{data['points']:,}"), ("Level", data["level"]), ("Ever earned", f"{data['earned']:,}"),
             ("Used", f"{data['used']:,}"), ("Expired", f"{data['expired']:,}")]  # fmt: skip
    blocks: list[Block] = [Figures([pair for pair in pairs if pair[1]], data["customer"]["name"])]
    left = [f"{one['left']:,} until {one['expires_on'] or 'ever'}" for one in data["grants"] if one["left"]]
    if left:
        blocks.append(Note("Left of what was granted: " + ", ".join(left) + "."))
    if data["coupons"]:
        columns = [
            Column("Coupon", "right"),
            Column("Off"),
            Column("From"),
            Column("Until", wraps=False),
            Column("State"),
        ]
        rows = [
            (one["id"], one["amount"] or f"{one['percent']} %", one["min_spend"], one["expires_on"], _state(one))
            for one in data["coupons"]
        ]
        blocks.append(Table(columns, rows))
    if data["gifts"]:
        columns = [Column("Gift", "right"), Column("What"), Column("For", wraps=False), Column("State")]
        blocks.append(
            Table(columns, [(one["id"], one["what"], one["for_on"], gift_state(one)) for one in data["gifts"]])
        )
    return blocks


def gift_state(one: "Json") -> str:
    """Where a gift stands: an idea, bought, or given."""
    if one["given_on"]:
        return f"given {one['given_on']}"
    return f"bought {one['bought_on']}" if one["bought_on"] else "an idea"


def _state(one: "Json") -> str:
    if one["used_on"]:
        return f"used {one['used_on']}, {one['saved']} off"
    return "to use" if one["usable"] else "expired"
