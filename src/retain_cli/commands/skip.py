"""`retain skip`."""

from typing import Annotated

import typer

from retain_cli.commands.deciding import CustomerArgument, ServiceOption, UndoOption
from retain_cli.workspace import Workspace


def skip(
    workspace: Workspace,
    customer: CustomerArgument,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="WORDS", help="Why it is left out this time.")
    ] = None,
    service: ServiceOption = None,
    undo: UndoOption = False,
) -> None:
    """Leave out what is due to a customer this time, and say why.

    It comes again when its next day has come. Skipped is not done: the report counts it apart.
    """
    from retain_cli.commands.deciding import answer, needed, services_of, things_due, took_back, words_option
    from retain_cli.due.listing import coming_up
    from retain_cli.record.decisions import decide, take_back_last
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    words = words_option(reason if undo else needed(reason, "--reason", "'on holiday'"))
    today = workspace.today
    with workspace.change() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        if undo:
            decisions = take_back_last(store, found.id, "skip", today, service=service[0] if service else None)
            said = took_back(found, decisions, "skip")
        else:
            about = things_due(store, policy, today, found, service or [])
            decisions = decide(store, found.id, "skip", today, about=about, words=words)
            said = f"Skipped for {found.name}: {services_of(decisions)}."
        coming = coming_up(store, policy, today, found.id)
    workspace.show(answer(found, decisions, said, coming, workspace.today, lifted=undo))
