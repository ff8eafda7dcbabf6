"""`retain contact`."""

from typing import Annotated

import typer

from retain_cli.commands.deciding import CustomerArgument
from retain_cli.workspace import Workspace


def contact(
    workspace: Workspace,
    customer: CustomerArgument,
    never: Annotated[bool, typer.Option("--never", help="They asked not to be contacted.")] = False,
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="WORD", help="Only this way: visit, call, message, mail, event, other."),
    ] = None,
    inactive: Annotated[bool, typer.Option("--inactive", help="They moved away or gave up.")] = False,
    deceased: Annotated[bool, typer.Option("--deceased", help="They died.")] = False,
    again: Annotated[bool, typer.Option("--again", "--undo", help="They may be contacted again.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="WORDS", help="What they said.")] = None,
) -> None:
    """Note that a customer is not to be contacted, or not by one channel.

    Every list, export and campaign leaves them out. Whoever refuses one channel is offered another.
    """
    from retain_cli.commands.deciding import answer, words_option
    from retain_cli.commands.parameters import word_option
    from retain_cli.due.listing import coming_up
    from retain_cli.errors import WrongUse
    from retain_cli.model.words import CHANNELS
    from retain_cli.record.decisions import contact_again, decide, is_left_alone
    from retain_cli.record.find import find_customer
    from retain_cli.store.journal import begin_change, recording
    from retain_cli.store.policy import read_policy

    asked = {"never": never, "inactive": inactive, "deceased": deceased, "again": again}
    chosen = [name for name, given in asked.items() if given]
    if len(chosen) != 1:
        raise WrongUse(
            "say what holds for this customer", "Give one of --never, --inactive, --deceased and --again."
        )
    (kind,) = chosen
    if channel is not None and kind in ("inactive", "deceased"):
        raise WrongUse("--channel goes with --never or --again", f"Leave it out beside --{kind}.")
    way = word_option(channel, CHANNELS, "--channel") if channel is not None else None
    words, today = words_option(reason), workspace.today
    with workspace.change() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        if kind != "again":
            decisions = decide(store, found.id, kind, today, channel=way, words=words)
        elif way is None and is_left_alone(store, found.id):
            # The shop's own data said so, and `retain undo` can have it back.
            number = begin_change(store, "contact", f"#{found.id} {found.name} may be contacted again", today)
            with recording(store, number, (found.id,)):
                decisions = contact_again(store, found.id, today)
        else:
            decisions = contact_again(store, found.id, today, channel=way)
            if not decisions:
                raise WrongUse(
                    f"{found.name} refused nothing of the kind", "See: retain show.", code="nothing-to-undo"
                )
        coming = coming_up(store, policy, today, found.id)
    workspace.show(
        answer(found, decisions, _said(found.name, kind, way), coming, workspace.today, lifted=kind == "again")
    )


def _said(name: str, kind: str, channel: str | None) -> str:
    by = f" by {channel}" if channel else ""
    return {
        "never": f"Noted: {name} is not to be contacted{by}.",
        "inactive": f"Noted: {name} is inactive, and on no list.",
        "deceased": f"Noted: {name} has died, and is on no list.",
        "again": f"Noted: {name} may be contacted{by} again.",
    }[kind]
