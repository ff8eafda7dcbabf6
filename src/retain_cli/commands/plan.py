"""`retain plan`."""

from typing import TYPE_CHECKING

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.plan.lines import Line
    from retain_cli.store.policy import Policy


def plan(workspace: Workspace) -> None:
    """Which grade gets which service how often."""
    from retain_cli.plan.lines import read_plan
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        policy = read_policy(store)
        lines = read_plan(store)
    workspace.show(_document(lines, policy))


def _document(lines: "list[Line]", policy: "Policy") -> "Document":
    from retain_cli.document import Column, Document, Table
    from retain_cli.model.money import Money

    data = [
        {
            "grade": line.grade,
            "service": line.service,
            "every": line.every,
            "anchor": line.anchor,
            "lead_days": line.lead_days,
            "grace_days": line.grace_days,
            "channel": line.channel,
            "cost": Money(line.cost, policy.currency),
            "minutes": line.minutes,
        }
        for line in lines
    ]
    columns = [
        Column("Grade"), Column("Service"), Column("How often"), Column("By"), Column("Shown before", "right"),
        Column("Late after", "right"), Column("Minutes", "right"),
    ]  # fmt: skip
    rows = [
        (
            line.grade,
            line.service,
            line.interval.words if line.anchor == "last-done" else f"every {line.anchor}",
            line.channel,
            f"{line.lead_days} days",
            f"{line.grace_days} days",
            line.minutes,
        )
        for line in lines
    ]
    return Document(data, [Table(columns, rows)])
