"""`retain referrals`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retain_cli.commands.parameters import Json
    from retain_cli.record.referral import Brought

_HEADER = ("customer_id", "name", "brought_id", "brought_name", "said_on", "converted_on", "rewarded_on")
"""The columns of the CSV form."""


def referrals(
    workspace: Workspace,
    tree: Annotated[bool, typer.Option("--tree", help="Who brought whom, who brought whom, and so on.")] = False,
    reward: Annotated[
        bool,
        typer.Option("--reward", help="Give the policy's points for everybody who bought and is not rewarded."),
    ] = False,
) -> None:
    """Who brought whom, and what came of it."""
    from retain_cli.document import Column, Document, Note, Rate, Table
    from retain_cli.record import referral
    from retain_cli.store.policy import read_policy

    if reward:
        _reward(workspace)
    with workspace.open() as store:
        policy = read_policy(store)
        found = referral.referrals(store, policy.currency)
    data = [entry(one, policy.currency) for one in found]
    if not found:
        workspace.show(Document([], [Note("Nobody is known to have brought anybody.")], [], header=_HEADER))
        return
    rate = Rate(sum(one.converted_on is not None for one in found), len(found))
    note = Note(f"{rate.numerator} of {rate.denominator} bought.")
    records = [{name: getattr(one, name) for name in _HEADER} for one in found]
    if tree:
        workspace.show(Document(data, [*map(Note, _tree(found)), note], records, header=_HEADER))
        return
    columns = [Column("Who"), Column("Brought"), Column("Said", wraps=False), Column("First bought", wraps=False),
               Column("Bought since", "right"), Column("Rewarded", wraps=False)]  # fmt: skip
    rows = [
        (one.name, one.brought_name, one.said_on, one.converted_on, each["revenue"], one.rewarded_on)
        for one, each in zip(found, data, strict=True)
    ]
    workspace.show(Document(data, [Table(columns, rows), note], records, header=_HEADER))


def entry(one: "Brought", currency: str) -> "Json":
    """One referral as it is answered."""
    from retain_cli.commands.parameters import money

    return {
        "id": one.id,
        "customer": {"id": one.customer_id, "external_id": one.external_id, "name": one.name},
        "brought": {"id": one.brought_id, "external_id": one.brought_external_id, "name": one.brought_name},
        "said_on": one.said_on,
        "converted_on": one.converted_on,
        "revenue": money(one.revenue, currency),
        "rewarded_on": one.rewarded_on,
    }


def _tree(found: "Sequence[Brought]") -> list[str]:
    """Whoever was brought stands under who brought them, two columns further in."""
    under: dict[int, list[Brought]] = {}
    for one in found:
        under.setdefault(one.customer_id, []).append(one)
    brought = {one.brought_id for one in found}
    names = {one.customer_id: one.name for one in found}
    lines: list[str] = []

    def add(number: int, depth: int) -> None:
        # Popped, for merging two customers may have closed a circle.
        for one in under.pop(number, []):
            bought = f", bought first on {one.converted_on}" if one.converted_on else ", has not bought yet"
            lines.append("   " * depth + f"└─ {one.brought_name}{bought}")
            add(one.brought_id, depth + 1)

    for number, name in names.items():
        if number not in brought:
            lines.append(name)
            add(number, 0)
    return lines


def _reward(workspace: Workspace) -> None:
    from retain_cli.record import benefit, referral
    from retain_cli.store.policy import read_policy

    with workspace.change() as store:
        policy = read_policy(store)
        for one in referral.referrals(store, policy.currency):
            if one.converted_on is not None and one.rewarded_on is None and policy.referral_points:
                words = f"brought {one.brought_name}"
                benefit.grant_points(
                    store, policy, one.customer_id, policy.referral_points, workspace.today, None, words
                )
                referral.rewarded(store, one.id, workspace.today)
                workspace.say(f"{one.name}: {policy.referral_points} points, since {one.brought_name} bought.")
