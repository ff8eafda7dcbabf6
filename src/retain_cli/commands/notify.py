"""`retain notify`, and what `retain due --notify` does."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retain_cli.document import Document
    from retain_cli.notify.channels import Channel
    from retain_cli.notify.delivery import Outcome, Parcel
    from retain_cli.notify.ledger import Entry

WORDS = ("status", "test")

_OUTCOME_HEADER = ("channel", "kind", "staff", "result", "customers", "error", "retry_at")
_STATUS_HEADER = (
    "channel", "kind", "staff", "configured", "digest_on", "state", "customers", "attempts", "error", "retry_at",
    "sent_at",
)  # fmt: skip
"""The columns of the CSV forms: what became of a run, and how each channel stands."""


def notify(
    workspace: Workspace,
    what: Annotated[
        str, typer.Argument(metavar="status|test", help="Show how it stands, or send a test.")
    ] = "status",
    channel: Annotated[str | None, typer.Option("--channel", metavar="NAME", help="Only this channel.")] = None,
) -> int:
    """How the digests fare.

    `status` says of every channel what it was told last, what failed and when
    that is tried again. `test` sends a few words, which are no digest, through
    every channel. Digests are sent by `retain due --notify`.

    Channels stand in RETAIN_NOTIFY_URLS as addresses that Apprise knows, or in
    retain.toml: notify.urls = ["ntfys://my-topic"] for addresses,
    notify.command = ["notify-send", "{title}", "{text}"] for a program.
    """
    from retain_cli.commands.parameters import word_option

    word = word_option(what, WORDS, "notify")
    return _status(workspace, channel) if word == "status" else _test(workspace, channel)


def tell(workspace: Workspace, *, limit: int | None, dry_run: bool) -> int:
    """Send today's digest through every channel that did not get it yet, or show what would be sent."""
    from retain_cli.errors import WrongUse
    from retain_cli.notify.channels import read_channels
    from retain_cli.notify.delivery import deliver, exit_code, parcels, told_before
    from retain_cli.notify.lock import one_run_at_a_time
    from retain_cli.render.safe import safe
    from retain_cli.store.policy import read_policy

    if workspace.format == "ics":
        raise WrongUse("a digest is no calendar", "Leave --notify away, or -f ics.")
    channels = read_channels()
    with workspace.open() as store:
        made = parcels(store, read_policy(store), channels, workspace.today, limit=limit, safe=safe)
    if dry_run:
        workspace.show(_rehearsal(made))
        return 0
    outcomes = told_before(made)
    if any(parcel.leaves_unsent or (parcel.digest.says_something and not parcel.is_sent) for parcel in made):
        with one_run_at_a_time(workspace.database) as alone:
            outcomes = deliver(made, workspace.change, workspace.moment, alone=alone)
    for outcome in outcomes:
        if outcome.result == "failed":
            workspace.say(f"retain: {_failure(outcome)}")
    if workspace.format != "table":
        from retain_cli.document import Document

        workspace.show(Document([_told(outcome) for outcome in outcomes], header=_OUTCOME_HEADER))
    return exit_code(outcomes)


def _rehearsal(made: "Sequence[Parcel]") -> "Document":
    """What would be sent to whom; a digest that says nothing is not sent."""
    from retain_cli.document import Document, Heading, Note

    data: list[dict[str, Any]] = [
        {
            "channel": parcel.channel.name,
            "kind": parcel.channel.kind,
            "staff": parcel.channel.staff,
            "would": "nothing" if not parcel.digest.says_something else "told" if parcel.is_sent else "send",
            "customers": parcel.message.customers,
            "title": parcel.message.title,
            "text": parcel.message.text,
        }
        for parcel in made
    ]
    said = {"nothing": "nothing to tell", "told": "was told today", "send": "would be told"}
    blocks: list[Any] = []
    for entry in data:
        whose = f", for {entry['staff']}" if entry["staff"] else ""
        blocks.append(Heading(f"{entry['channel']} ({entry['kind']}){whose}", said[entry["would"]]))
        if entry["would"] == "send":
            blocks += [Note(line) for line in (entry["title"], *entry["text"].splitlines())]
    return Document(data, blocks, header=("channel", "kind", "staff", "would", "customers", "title", "text"))


def _told(outcome: "Outcome") -> dict[str, Any]:
    return {
        "channel": outcome.channel.name,
        "kind": outcome.channel.kind,
        "staff": outcome.channel.staff,
        "result": outcome.result,
        "customers": outcome.customers,
        "error": outcome.error,
        "retry_at": outcome.retry_at,
    }


def _failure(outcome: "Outcome") -> str:
    again = f" It is tried again by the first run after {outcome.retry_at}." if outcome.retry_at else ""
    return f"{outcome.channel.name} was not reached: {outcome.error}.{again}"


def _test(workspace: Workspace, name: str | None) -> int:
    from secrets import token_hex

    from retain_cli.document import Column, Document, Table
    from retain_cli.notify.channels import read_channels
    from retain_cli.notify.delivery import exit_code, try_out
    from retain_cli.notify.message import trial
    from retain_cli.render.safe import safe

    channels = _named(_whose(workspace, read_channels()), name)
    # Every test is a message of its own.
    outcomes = try_out(channels, trial(workspace.today, safe=safe), token_hex(16))
    columns = [Column("Channel"), Column("By"), Column("Result"), Column("Why")]
    rows = [(one.channel.name, one.channel.kind, one.result, one.error) for one in outcomes]
    data = [_told(one) for one in outcomes]
    workspace.show(Document(data, [Table(columns, rows)], header=_OUTCOME_HEADER))
    return exit_code(outcomes)


def _status(workspace: Workspace, name: str | None) -> int:
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.errors import BadConfiguration
    from retain_cli.notify.channels import read_channels
    from retain_cli.notify.ledger import instant, newest

    with workspace.open() as store:
        entries = newest(store)
    try:
        channels = read_channels()
    except BadConfiguration as problem:
        if problem.code != "channel-missing":
            raise
        channels = []
    channels = _whose(workspace, channels)
    now = instant(workspace.moment())
    kinds = {(channel.name, channel.staff or ""): channel.kind for channel in channels}
    data = [_standing(entry, kinds, now) for entry in entries]
    known = {(entry.channel, entry.staff) for entry in entries}
    data += [_never(channel) for channel in channels if (channel.name, channel.staff or "") not in known]
    if name is not None:
        data = [entry for entry in data if entry["channel"] == name] or _named([], name)
    # The column of the names stands only where there are some.
    whose = [Column("For")] if any(entry["staff"] for entry in data) else []
    columns = [Column("Channel"), *whose, Column("Digest of", wraps=False), Column("State"),
               Column("Tries", "right"), Column("Why, and when again")]  # fmt: skip
    rows = [
        (entry["channel"], *([entry["staff"]] if whose else []),
         entry["digest_on"], entry["state"], entry["attempts"] or None,
         [words for words in (entry["error"], entry["retry_at"] and f"after {entry['retry_at']}") if words])
        for entry in data
    ]  # fmt: skip
    blocks = [Table(columns, rows)] if data else [Note("No channel is set, and nobody was told anything yet.")]
    workspace.show(Document(data, blocks, header=_STATUS_HEADER))
    return 0


def _whose(workspace: Workspace, channels: "list[Channel]") -> "list[Channel]":
    """The channels with the names the team goes by; without one for a single person no database is needed."""
    from retain_cli.notify.channels import for_the_team
    from retain_cli.plan.staff import team

    if all(channel.staff is None for channel in channels):
        return channels
    with workspace.open() as store:
        return for_the_team(channels, team(store))


def _standing(entry: "Entry", kinds: dict[tuple[str, str], str], now: str) -> dict[str, Any]:
    state = entry.state
    if state == "sending" and (entry.lease_until_at or "") <= now:
        state = "unknown"
    return {
        "channel": entry.channel,
        "kind": kinds.get((entry.channel, entry.staff)),
        "staff": entry.staff or None,
        "configured": (entry.channel, entry.staff) in kinds,
        "digest_on": entry.digest_on,
        "state": state,
        "customers": entry.customers,
        "attempts": entry.attempts,
        "error": entry.error,
        "retry_at": entry.retry_at,
        "sent_at": entry.sent_at,
    }


def _never(channel: "Channel") -> dict[str, Any]:
    return {
        "channel": channel.name,
        "kind": channel.kind,
        "staff": channel.staff,
        "configured": True,
        "digest_on": None,
        "state": "never",
        "customers": 0,
        "attempts": 0,
        "error": None,
        "retry_at": None,
        "sent_at": None,
    }


def _named(channels: "list[Channel]", name: str | None) -> Any:
    from retain_cli.errors import WrongUse

    found = [channel for channel in channels if name in (None, channel.name)]
    if not found:
        raise WrongUse(f"there is no channel {name!r}", "See: retain notify status.", code="channel-unknown")
    return found
