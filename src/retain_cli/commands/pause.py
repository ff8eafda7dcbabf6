"""`retain pause`."""

from typing import Annotated

import typer

from retain_cli.commands.deciding import CustomerArgument, DayArgument
from retain_cli.workspace import Workspace


def pause(
    workspace: Workspace,
    customer: CustomerArgument,
    day: DayArgument = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="The day they are back: 3m, 2027-03-01.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="WORDS", help="Why they are paused.")] = None,
    resume: Annotated[bool, typer.Option("--resume", "--undo", help="End the pause now.")] = False,
) -> None:
    """Leave a customer alone until a day.

    They are on no list until then, whatever comes up; the list counts them, the report does not count them missed.
    """
    from retain_cli.commands.deciding import answer, took_back, until_option, words_option
    from retain_cli.due.listing import coming_up
    from retain_cli.record.decisions import decide, take_back_last
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    today = workspace.today
    words = words_option(reason)
    back_on = None if resume else until_option(until, day, today)
    with workspace.change() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        if resume:
            decisions = take_back_last(store, found.id, "pause", today)
            said = took_back(found, decisions, "pause")
        else:
            decisions = decide(store, found.id, "pause", today, until=back_on, words=words)
            said = f"Paused: {found.name}, until {back_on}."
        # What comes up meanwhile waits for the end of the pause.
        coming = coming_up(store, policy, today, found.id) if resume else []
    workspace.show(answer(found, decisions, said, coming, workspace.today, lifted=resume))
