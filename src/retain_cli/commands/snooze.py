"""`retain snooze`."""

from typing import Annotated

import typer

from retain_cli.commands.deciding import CustomerArgument, DayArgument, ServiceOption, UndoOption
from retain_cli.workspace import Workspace


def snooze(
    workspace: Workspace,
    customer: CustomerArgument,
    day: DayArgument = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="The day it comes back: fri, 2w, 2026-12-01.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="WORDS", help="Why it waits.")] = None,
    service: ServiceOption = None,
    undo: UndoOption = False,
) -> None:
    """Put off what is due to a customer until a day.

    On that day it is back on the list, with the days it is late by then. Whatever else comes up is listed.
    """
    from retain_cli.commands.deciding import (
        answer,
        services_of,
        things_due,
        took_back,
        until_option,
        words_option,
    )
    from retain_cli.due.listing import coming_up
    from retain_cli.record.decisions import decide, take_back_last
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    today = workspace.today
    words = words_option(reason)
    back_on = None if undo else until_option(until, day, today)
    with workspace.change() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        if undo:
            decisions = take_back_last(store, found.id, "snooze", today, service=service[0] if service else None)
            said = took_back(found, decisions, "snooze")
        else:
            about = things_due(store, policy, today, found, service or [])
            decisions = decide(store, found.id, "snooze", today, about=about, until=back_on, words=words)
            said = f"Put off for {found.name} until {back_on}: {services_of(decisions)}."
        coming = [o for o in coming_up(store, policy, today, found.id) if undo or o.due_on > today]
    workspace.show(answer(found, decisions, said, coming, workspace.today, lifted=undo))
