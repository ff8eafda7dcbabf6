"""What goes out for a campaign: `retain campaign preview`, `export` and `send`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retain_cli.notify.letters import Letters
    from retain_cli.notify.to_customers import WayToCustomers
    from retain_cli.record.campaign import CampaignOf, Contact
    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store


NumberArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", help="The campaign's number, as the list shows it.")
]


def preview(workspace: Workspace, number: NumberArgument) -> None:
    """Each customer with what they would get today, and who is left out and why."""
    from retain_cli.commands.campaign_answer import letters_document

    with workspace.open() as store:
        campaign, found, had_it = _letters(workspace, store, number, _way(workspace, store, number))
    workspace.show(letters_document(campaign, found, had_it))


def export(
    workspace: Workspace,
    number: NumberArgument,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A new file, or - for standard output.")] = "-",
) -> None:
    """Write who would get what as CSV, for a mail merge; note afterwards with sent that it went out."""
    import sys
    from pathlib import Path

    from retain_cli.commands.campaign_answer import letters_document, said_of
    from retain_cli.errors import OutputExists
    from retain_cli.render import csv_writer

    with workspace.open() as store:
        campaign, found, had_it = _letters(workspace, store, number, None)
    document = letters_document(campaign, found, had_it)
    if file != "-":
        try:
            with Path(file).open("x", encoding="utf-8-sig", newline="") as stream:
                csv_writer.write(document, stream)
        except FileExistsError:
            raise OutputExists(f"{file} is there already", "Name a new file.") from None
        except OSError as problem:
            raise OutputExists(f"{file} cannot be made: {problem.strerror}", "Name another place.") from None
    elif workspace.format == "table":
        csv_writer.write(document, sys.stdout)
    else:
        workspace.show(document)
    for sentence in said_of(found, had_it):
        workspace.say(sentence)


def send(
    workspace: Workspace,
    number: NumberArgument,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be sent to whom, and send nothing.")
    ] = False,
    unsure: Annotated[
        bool, typer.Option("--unsure", help="Also to those of whom it is not known whether they got it.")
    ] = False,
) -> int:
    """Send it to everybody on its list who did not get it and may, and note each as a contact."""
    from retain_cli.commands.campaign_answer import letters_document, sending_document
    from retain_cli.errors import BadConfiguration
    from retain_cli.notify.campaign_delivery import deliver, exit_code, waiting
    from retain_cli.notify.lock import one_run_at_a_time
    from retain_cli.record import campaign as campaigns
    from retain_cli.render.safe import safe
    from retain_cli.wording import count_of

    with workspace.open() as store:
        way = _way(workspace, store, number)
        campaign, found, had_it = _letters(workspace, store, number, way, unsure=unsure)
    if dry_run:
        workspace.show(letters_document(campaign, found, had_it))
        return 0
    if way is None:
        raise BadConfiguration(
            f"no way is set to reach customers by {campaign.channel}",
            f"Write [notify.customers.{campaign.channel}] into retain.toml, or: retain campaign export {number}.",
            code="channel-missing",
        )
    if found.letters:
        to = count_of(len(found.letters), "customer")
        workspace.confirm(f"{campaign.name} goes to {to} by {campaign.channel}", "Add --yes to send it.")
    with one_run_at_a_time(workspace.database, "campaign", "a campaign"):
        with workspace.open() as store:
            left = waiting(campaigns.contacts(store, number), unsure=unsure)
        sending = deliver(left, number, way, workspace.change, workspace.today, safe=safe)
        with workspace.change() as store:
            campaigns.share_cost(store, number)
            campaign = campaigns.the_campaign(store, number)
    workspace.show(sending_document(campaign, sending))
    return exit_code(sending)


def _way(workspace: Workspace, store: "Store", number: int) -> "WayToCustomers | None":
    from retain_cli.notify.to_customers import way_to_customers
    from retain_cli.record import campaign as campaigns

    return way_to_customers(campaigns.the_campaign(store, number).channel)


def _letters(
    workspace: Workspace, store: "Store", number: int, way: "WayToCustomers | None", *, unsure: bool = False
) -> "tuple[CampaignOf, Letters, int]":
    """The campaign, what everybody on its list who did not get it would get, and how many had it."""
    from retain_cli.notify.campaign_delivery import waiting
    from retain_cli.notify.letters import letters
    from retain_cli.notify.to_customers import usual_needs
    from retain_cli.record import campaign as campaigns
    from retain_cli.render.safe import safe
    from retain_cli.store.policy import read_policy

    campaign = campaigns.the_campaign(store, number)
    policy: Policy = read_policy(store)
    listed: Sequence[Contact] = campaigns.contacts(store, number)
    left = waiting(listed, unsure=unsure)
    needs = way.needs if way else usual_needs(campaign.channel)
    made = letters(store, policy, workspace.today, campaign, left, needs, safe=safe)
    return campaign, made, len(listed) - len(left)
