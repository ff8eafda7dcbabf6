"""What `retain plan` answers, and how often a line of it is said to come."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retain_cli.document import Block, Document
    from retain_cli.plan.file import Owned
    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store

_HEADER = (
    "grade", "customer", "service", "every", "anchor", "of", "after", "lead_days", "grace_days", "channel", "cost",
    "cost_currency", "minutes",
)  # fmt: skip
"""The columns of the CSV form."""


def usual(store: "Store") -> dict[str, Any]:
    """The services in use, by name."""
    from retain_cli.plan.services import catalogue

    return {service.name: service for service in catalogue(store)}


def plan_of_one(store: "Store", customer: int, grade: str | None) -> "list[Owned]":
    """The lines one customer is on: their own, and their grade's for every other service."""
    from retain_cli.model.grade import NONE_YET
    from retain_cli.plan.file import lines_in_force

    every = lines_in_force(store)
    own = [line for line in every if line.customer_id == customer]
    theirs = {line.service for line in own}
    return own + [line for line in every if line.grade == (grade or NONE_YET) and line.service not in theirs]


def how_often(every: str, anchor: str, of: str, after: str | None) -> str:
    """A line in words: `every month`, `3 days after buying Floor`, `every Spring Festival`."""
    from retain_cli.dates.recurrence import interval

    if every == "never":
        return "never"
    if anchor == "purchase":
        bought = f"after buying {of}" if of else "after a purchase"
        begins = interval(after or every).words.removeprefix("every ")
        begins = begins if begins[0].isdecimal() else f"1 {begins}"
        return f"{begins} {bought}" + ("" if every == "once" else f", then {interval(every).words}")
    if anchor == "last-done":
        return interval(every).words
    return f"every {of or anchor}"


def plan_entries(lines: "list[Owned]", usual: dict[str, Any], policy: "Policy") -> list[dict[str, Any]]:
    """The lines as JSON has them, with the service's usual cost and time where a line does not say its own."""
    from retain_cli.model.money import Money

    return [
        {
            "grade": line.grade,
            "customer": None
            if line.customer_id is None
            else {"id": line.customer_id, "external_id": line.external_id},
            "service": line.service,
            "every": line.every,
            "anchor": line.anchor,
            "of": line.anchor_of or None,
            "after": line.after,
            "lead_days": line.lead_days,
            "grace_days": line.grace_days,
            "channel": line.channel,
            "cost": Money(usual[line.service].cost if line.cost is None else line.cost, policy.currency),
            "minutes": usual[line.service].minutes if line.minutes is None else line.minutes,
        }
        for line in lines
    ]


def plan_document(lines: "list[Owned]", usual: dict[str, Any], policy: "Policy") -> "Document":
    """Lines of the plan as a table."""
    from retain_cli.document import Column, Document, Note, Table

    data = plan_entries(lines, usual, policy)
    columns = [
        Column("For", wraps=False), Column("Service"), Column("How often"), Column("By"),
        Column("Shown before", "right"), Column("Late after", "right"), Column("Minutes", "right"),
    ]  # fmt: skip
    rows = [
        (
            line.grade or line.external_id or f"#{line.customer_id}",
            line.service,
            how_often(line.every, line.anchor, line.anchor_of, line.after),
            line.channel,
            f"{line.lead_days} days",
            f"{line.grace_days} days",
            entry["minutes"],
        )
        for line, entry in zip(lines, data, strict=True)
    ]
    records = [entry | {"customer": line.external_id} for line, entry in zip(lines, data, strict=True)]
    blocks: list[Block] = [Table(columns, rows)] if rows else [Note("Nothing is planned.")]
    return Document(data, blocks, records, header=_HEADER)
