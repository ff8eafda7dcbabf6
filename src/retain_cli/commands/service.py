"""The catalogue of care: what it usually costs and takes.

The plan says who gets a service how often; `retain log-visit --service` says that it was rendered.
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.plan.services import KnownService
    from retain_cli.store.policy import Policy

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")]
CostOption = Annotated[str | None, typer.Option("--cost", metavar="AMOUNT", help="What it usually costs.")]
MinutesOption = Annotated[
    int | None, typer.Option("--minutes", metavar="N", min=0, max=1440, help="How long it usually takes.")
]
ChannelOption = Annotated[
    str | None, typer.Option("--channel", metavar="WORD", help="visit, call, message, mail, event, other.")
]
SettledOption = Annotated[
    str | None, typer.Option("--settled-by", metavar="WORD", help="itself, or any-visit: any contact counts.")
]
MovesOption = Annotated[
    str | None, typer.Option("--moves", metavar="WORD", help="Off a day off to the work day before or after.")
]


def list_(workspace: Workspace) -> None:
    """Show the catalogue."""
    from retain_cli.plan.services import catalogue
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        policy = read_policy(store)
        known = catalogue(store)
    workspace.show(_document(known, policy))


def add(
    workspace: Workspace,
    name: NameArgument,
    cost: CostOption = None,
    minutes: MinutesOption = None,
    channel: ChannelOption = None,
    settled_by: SettledOption = None,
    moves: MovesOption = None,
) -> None:
    """Add a kind of care."""
    _put(workspace, name, cost, minutes, channel, settled_by, moves, new=True)


def set_(
    workspace: Workspace,
    name: NameArgument,
    cost: CostOption = None,
    minutes: MinutesOption = None,
    channel: ChannelOption = None,
    settled_by: SettledOption = None,
    moves: MovesOption = None,
) -> None:
    """Change a kind of care; what is not said stays as it was."""
    _put(workspace, name, cost, minutes, channel, settled_by, moves, new=False)


def retire(workspace: Workspace, name: NameArgument) -> None:
    """Take a kind of care out of use, and off every plan; what was rendered stays known."""
    from retain_cli.commands.plan import _service
    from retain_cli.plan.changing import Kept, remove_line
    from retain_cli.plan.file import lines_in_force
    from retain_cli.plan.services import catalogue, retire_service
    from retain_cli.store.policy import read_policy

    with workspace.change() as store:
        policy = read_policy(store)
        known = _service(store, name)
        for line in lines_in_force(store):
            if line.service == known.name:
                kept = Kept(line.id, line.service, *line[5:14], None, None)
                remove_line(store, policy, kept, workspace.today, grade=line.grade, customer=line.customer_id)
        retire_service(store, known.name, workspace.today)
        left = catalogue(store)
    workspace.show(_document(left, policy))


_HEADER = ("service", "cost", "cost_currency", "minutes", "channel", "settled_by", "moves")
"""The columns of the CSV form."""
ACTIONS = {"list": list_, "add": add, "set": set_, "retire": retire}


def _put(
    workspace: Workspace,
    name: str,
    cost: str | None,
    minutes: int | None,
    channel: str | None,
    settled_by: str | None,
    moves: str | None,
    *,
    new: bool,
) -> None:
    from retain_cli.commands.parameters import money_option, text_option, word_option
    from retain_cli.commands.plan import _service
    from retain_cli.errors import WrongUse
    from retain_cli.model.words import CHANNELS
    from retain_cli.plan.services import KnownService, catalogue, put_service
    from retain_cli.plan.terms import MOVES
    from retain_cli.store.policy import read_policy

    folded = " ".join(text_option(name, "NAME").casefold().split())
    if not 1 <= len(folded) <= 60:
        raise WrongUse("a service has a name of 1 to 60 letters", "Write a shorter one.")
    with workspace.change() as store:
        policy = read_policy(store)
        known = {service.name for service in catalogue(store)}
        if new and folded in known:
            raise WrongUse(
                f"there is a service {folded!r} already", f"Change it with: retain service set {folded!r}."
            )
        service = KnownService(folded) if new else _service(store, name)
        said: dict[str, Any] = {
            "cost": None if cost is None else money_option(cost, policy.currency, "--cost"),
            "minutes": minutes,
            "channel": None if channel is None else word_option(channel, CHANNELS, "--channel"),
            "moves": None if moves is None else word_option(moves, MOVES, "--moves"),
            "settled_by": None
            if settled_by is None
            else word_option(settled_by, ("itself", "any-visit"), "--settled-by").replace("-", " "),
        }
        put_service(store, service._replace(**{key: value for key, value in said.items() if value is not None}))
        now = catalogue(store)
    workspace.show(_document(now, policy))


def _document(known: "list[KnownService]", policy: "Policy") -> "Document":
    from retain_cli.document import Column, Document, Table
    from retain_cli.model.money import Money

    data = [
        {
            "service": service.name,
            "cost": Money(service.cost, policy.currency),
            "minutes": service.minutes,
            "channel": service.channel,
            "settled_by": service.settled_by,
            "moves": service.moves,
        }
        for service in known
    ]
    columns = [
        Column("Service"), Column("Cost", "right"), Column("Minutes", "right"), Column("By"), Column("Settled by"),
        Column("Off a day off"),
    ]  # fmt: skip
    rows = [tuple(entry.values()) for entry in data]
    return Document(data, [Table(columns, rows)], header=_HEADER)
