"""`retain refer`."""

from typing import Annotated

import typer

from retain_cli.workspace import Workspace


def refer(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Who brought somebody: id, phone, #number or part of the name.")],
    brought: Annotated[str, typer.Option("--brought", metavar="CUSTOMER", help="Who was brought.")],
    undo: Annotated[bool, typer.Option("--undo", help="It was a mistake: take it back.")] = False,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day, if not today.")] = None,
) -> None:
    """Note who brought a customer.

    Whoever was brought counts as won with their first purchase.
    """
    from retain_cli.commands.parameters import past_day_option
    from retain_cli.commands.referrals import entry
    from retain_cli.document import Document, Note
    from retain_cli.errors import WrongUse
    from retain_cli.record import referral
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    day = past_day_option(on, workspace.today, "--on")
    with workspace.change() as store:
        policy = read_policy(store)
        who, other = find_customer(store, policy, customer), find_customer(store, policy, brought)
        if undo:
            found = referral.take_back(store, other.id, policy.currency)
            if found.customer_id != who.id:
                raise WrongUse(f"{found.name} brought {other.name}", "Name them.", code="referral-unknown")
        else:
            found = referral.refer(store, who.id, other.id, day, policy.currency)
    data = entry(found, policy.currency)
    won = f" They bought first on {found.converted_on}." if found.converted_on else " They have not bought yet."
    words = (
        f"Taken back: {who.name} did not bring {other.name}." if undo else f"{who.name} brought {other.name}.{won}"
    )
    record = {"customer_id": who.id, "name": who.name, "brought_id": other.id, "brought_name": other.name}
    workspace.show(Document(data, [Note(words)], [record | {"converted_on": found.converted_on}]))
