"""`retain campaign`.

A message with places such as {name} and {last_product} for customers you
choose; each gets it at most once. Look at it with preview, then send it, or
export it for a mail merge and note with sent that it went out. What customers
get is a contact; whoever is not to be contacted is left out and counted.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.commands.campaign_letters import NumberArgument, export, preview, send
from retain_cli.commands.choosing import Area, Customers, Grade, Segment, Where
from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    pass


def list_campaigns(workspace: Workspace) -> None:
    """The campaigns, the newest first, and how many customers got each."""
    from retain_cli.commands.campaign_answer import campaign_list
    from retain_cli.record.campaign import campaigns

    with workspace.open() as store:
        found = campaigns(store)
    workspace.show(campaign_list(found))


def create(
    workspace: Workspace,
    name: Annotated[str, typer.Argument(help="What it is called, such as: Spring oils.")],
    text: Annotated[str | None, typer.Option("--text", metavar="WORDS", help="What it says, with places.")] = None,
    file: Annotated[str | None, typer.Option("--file", metavar="FILE", help="A file that has the text.")] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="WORDS", help="The subject of a mail; else the name.")
    ] = None,
    channel: Annotated[
        str, typer.Option("--channel", metavar="WORD", help="How it goes out: mail, message, call or visit.")
    ] = "message",
    service: Annotated[
        str | None, typer.Option("--service", metavar="NAME", help="The service that it renders, if one.")
    ] = None,
    cost: Annotated[str | None, typer.Option("--cost", metavar="AMOUNT", help="What all of it costs.")] = None,
    segment: Segment = None,
    where: Where = None,
    grade: Grade = None,
    area: Area = None,
) -> None:
    """Make a campaign, and choose whom it is for."""
    from retain_cli.commands.campaign_answer import one_campaign
    from retain_cli.commands.choosing import chosen
    from retain_cli.commands.parameters import money_option, text_option, word_option
    from retain_cli.model.words import CAMPAIGN_CHANNELS
    from retain_cli.record import campaign as campaigns
    from retain_cli.store.policy import read_policy
    from retain_cli.wording import count_of

    by = word_option(channel, CAMPAIGN_CHANNELS, "--channel")
    words = _text(text, file)
    new = 0
    with workspace.change() as store:
        policy = read_policy(store)
        made = campaigns.create(
            store,
            text_option(name, "NAME"),
            by,
            words,
            workspace.today,
            subject=text_option(subject, "--subject") if subject else None,
            service=service,
            cost=money_option(cost, policy.currency, "--cost") if cost else None,
            currency=policy.currency,
        )
        if any(one is not None for one in (segment, where, grade, area)):
            wanted = chosen(workspace, store, policy, None, segment=segment, where=where, grade=grade, area=area)
            new = campaigns.choose(store, made.id, wanted)
        made = campaigns.the_campaign(store, made.id)
    said = [f"Campaign {made.id}: {made.name}, by {made.channel}, for {count_of(new, 'customer')}."]
    if "{grade" in words + (subject or ""):
        said.append("It tells customers their grade, which is yours to know.")
    workspace.show(one_campaign(made, said))


def choose(
    workspace: Workspace,
    number: NumberArgument,
    customers: Customers = None,
    segment: Segment = None,
    where: Where = None,
    grade: Grade = None,
    area: Area = None,
) -> None:
    """Put customers on its list; who may not be contacted is left out when it goes out, not here."""
    from retain_cli.commands.campaign_answer import one_campaign
    from retain_cli.commands.choosing import chosen
    from retain_cli.record import campaign as campaigns
    from retain_cli.store.policy import read_policy
    from retain_cli.wording import count_of

    with workspace.change() as store:
        campaigns.the_campaign(store, number)
        policy = read_policy(store)
        wanted = chosen(workspace, store, policy, customers, segment=segment, where=where, grade=grade, area=area)
        new = campaigns.choose(store, number, wanted)
        found = campaigns.the_campaign(store, number)
    again = len(wanted) - new
    said = f"{count_of(new, 'customer')} more for {found.name}." + (
        f" {again:,} {'was' if again == 1 else 'were'} on its list." if again else ""
    )
    workspace.show(one_campaign(found, [said], {"new": new, "chosen_before": again}))


def sent(
    workspace: Workspace,
    number: NumberArgument,
    customers: Customers = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day, if not today.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="It was not so: take what was noted by hand back.")] = False,
) -> None:
    """Note that it went out some other way to these customers; each is a contact, once."""
    from retain_cli.commands.campaign_answer import one_campaign
    from retain_cli.commands.choosing import chosen
    from retain_cli.commands.parameters import past_day_option
    from retain_cli.errors import WrongUse
    from retain_cli.plan.clocks import follow_these, follow_visits
    from retain_cli.record import campaign as campaigns
    from retain_cli.store.policy import read_policy
    from retain_cli.wording import count_of

    if not customers:
        raise WrongUse(
            "it is not said who got it",
            f"Name them, or pipe in who was exported: retain campaign sent {number} -.",
        )
    day = past_day_option(on, workspace.today, "--on")
    with workspace.change() as store:
        campaigns.the_campaign(store, number)
        named = chosen(workspace, store, read_policy(store), customers)
        if undo:
            done = [one for one in named if campaigns.take_back(store, number, one)]
            follow_these(store, done)
        else:
            campaigns.choose(store, number, named)
            done = [one for one in named if campaigns.mark_sent(store, number, one, day, by_hand=True)]
            for one in done:
                follow_visits(store, one)
        campaigns.share_cost(store, number)
        found = campaigns.the_campaign(store, number)
    others = len(named) - len(done)
    who = count_of(len(done), "customer")
    said = f"Taken back for {who}." if undo else f"{who} more got {found.name}."
    if others:
        said += f" {others:,} {'was' if others == 1 else 'were'} " + ("not noted by hand." if undo else "before.")
    workspace.show(one_campaign(found, [said], {"noted": len(done)}))


def answer(
    workspace: Workspace,
    number: NumberArgument,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What they said.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day, if not today.")] = None,
) -> None:
    """Note what somebody answered; a later answer counts."""
    from retain_cli.commands.campaign_answer import one_campaign
    from retain_cli.commands.parameters import past_day_option, text_option
    from retain_cli.record import campaign as campaigns
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    day, said = past_day_option(on, workspace.today, "--on"), text_option(words, "WORDS")
    with workspace.change() as store:
        campaigns.the_campaign(store, number)
        found = find_customer(store, read_policy(store), customer)
        campaigns.answered(store, number, found.id, said[:500], day)
        campaign = campaigns.the_campaign(store, number)
    workspace.show(one_campaign(campaign, [f"{found.name} answered {campaign.name}: {said}"]))


def cost(
    workspace: Workspace,
    number: NumberArgument,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="What all of it cost.")],
) -> None:
    """Note what it cost; the contacts of those who got it share it."""
    from retain_cli.commands.campaign_answer import as_data, one_campaign
    from retain_cli.commands.parameters import money_option
    from retain_cli.record import campaign as campaigns

    with workspace.change() as store:
        currency = campaigns.the_campaign(store, number).currency
        found = campaigns.costs(store, number, money_option(amount, currency, "AMOUNT"))
    workspace.show(one_campaign(found, [f"{found.name} cost {as_data(found)['cost']}."]))


def show(
    workspace: Workspace,
    number: NumberArgument,
    within: Annotated[
        int, typer.Option("--within", metavar="DAYS", min=1, max=3660, help="Count what came so many days after.")
    ] = 30,
) -> None:
    """Who got it, who answered and who bought within so many days, and what it cost."""
    from retain_cli.commands.campaign_answer import shown
    from retain_cli.due.addressing import who_may_be_addressed
    from retain_cli.record import campaign as campaigns
    from retain_cli.record.campaign_effect import effect
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        found = campaigns.the_campaign(store, number)
        listed = campaigns.contacts(store, number)
        came = effect(store, number, workspace.today, within)
        waiting = [one.customer_id for one in listed if one.state == "chosen"]
        addressed = who_may_be_addressed(store, read_policy(store), workspace.today, waiting, found.channel)
    workspace.show(shown(found, listed, came, within, addressed.why))


def remove(workspace: Workspace, number: NumberArgument, customers: Customers = None) -> None:
    """Take a campaign away that nobody got, or these customers off its list."""
    from retain_cli.commands.campaign_answer import one_campaign
    from retain_cli.commands.choosing import chosen
    from retain_cli.record import campaign as campaigns
    from retain_cli.store.policy import read_policy
    from retain_cli.wording import count_of

    with workspace.change() as store:
        found = campaigns.the_campaign(store, number)
        if customers:
            gone = campaigns.drop(store, number, chosen(workspace, store, read_policy(store), customers))
            found = campaigns.the_campaign(store, number)
            said = f"{count_of(gone, 'customer')} off the list of {found.name}."
        else:
            campaigns.remove(store, number)
            said = f"{found.name} is no campaign any more."
    workspace.show(one_campaign(found, [said]))


ACTIONS = {
    "list": list_campaigns, "create": create, "choose": choose, "preview": preview, "export": export, "send": send,
    "sent": sent, "answer": answer, "cost": cost, "show": show, "remove": remove,
}  # fmt: skip


def _text(text: str | None, file: str | None) -> str:
    """The template, from the command line or a file, without the end of its last line."""
    from pathlib import Path

    from retain_cli.errors import BadInput, InputMissing, WrongUse

    if (text is None) == (file is None):
        raise WrongUse("it is not said what it says", "Write --text 'Dear {name}, …', or --file FILE.")
    if file is not None:
        try:
            text = Path(file).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise BadInput(f"{file} is not UTF-8 text", "Save it as UTF-8.", code="template") from None
        except OSError as problem:
            raise InputMissing(f"{file} cannot be read: {problem.strerror}", "Check its name.") from None
    if not (text or "").strip():
        raise WrongUse("it says nothing", "Write some words.")
    return (text or "").rstrip("\n")
