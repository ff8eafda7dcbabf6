"""`retain next`."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from retain_cli.commands.log_visit_told import Told
    from retain_cli.due.listing import DueLine
    from retain_cli.store.store import Store

_ASKED = "done, not-reached, skip WHY, snooze DAY, later, or quit?"
_HELP = (
    "done 'what was said' --sat 4 --service maintenance --next 2w --promise 'quote by fri' --need 'sofa, March'; "
    "not-reached; skip 'on holiday'; snooze 2w; later; quit"
)
# What stands in quotation marks is one word; an apostrophe within a word, as in can't, is none.
_WORD = re.compile(r"""(?<!\S)(?:"([^"]*)"|'([^']*)')(?!\S)|(\S+)""")
_ACTIONS = {"d": "done", "n": "not-reached", "s": "skip", "z": "snooze", "l": "later", "q": "quit"}


def next(
    workspace: Workspace,
    answers: Annotated[
        str | None, typer.Option("--answers", metavar="FILE", help="Read the answers from a file, one a line.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Stop after so many customers.")
    ] = None,
) -> None:
    """Go through the list: a brief, what happened, the next one.

    Answer in one line: done, with what was said and the options of log-visit behind it; not-reached; skip and why;
    snooze and until when; later; quit. Each is kept at once, and nothing is kept twice. No more input means quit.
    """
    from retain_cli.commands.advise import make_index
    from retain_cli.document import Document, Note

    make_index(workspace)
    ask = _asker(workspace, answers)
    did: list[dict[str, Any]] = []
    seen: set[int] = set()
    while limit is None or len(seen) < limit:
        line = _first(workspace, seen)
        if line is None:
            break
        seen.add(line.customer.id)
        answer = _one(workspace, line, ask)
        if answer is None:
            break
        did.append(answer)
    left = _left(workspace)
    kept = {action: sum(one["did"] == action for one in did) for action in dict.fromkeys(one["did"] for one in did)}
    words = ", ".join(f"{count} {action}" for action, count in kept.items()) or "nothing kept"
    ending = f" {left:,} more to contact." if left else " Nobody is left."
    records = [one["customer"] | {"did": one["did"], "visit": one["visit"]} for one in did]
    header = ("id", "external_id", "name", "did", "visit")
    blocks = [Note(f"Today: {words}.{ending}")]
    workspace.show(Document({"answers": did, "left": left}, blocks, records, header=header))


def _asker(workspace: Workspace, file: str | None) -> "Callable[[str], str | None]":
    if file is None:
        return workspace.ask
    from pathlib import Path

    from retain_cli.errors import InputMissing

    try:
        lines = iter(Path(file).read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as problem:
        raise InputMissing(f"{file} cannot be read", "Name a text file with one answer a line.") from problem
    return lambda _: next_line.strip() if (next_line := _after(lines)) is not None else None


def _after(lines: Any) -> str | None:
    for line in lines:
        return str(line)
    return None


def _first(workspace: Workspace, seen: set[int]) -> "DueLine | None":
    """The customer most worth contacting who was not shown yet."""
    from retain_cli.due.listing import whom_to_contact
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        found = whom_to_contact(store, read_policy(store), workspace.today, limit=len(seen) + 1)
    unseen = [line for line in found.lines if line.customer.id not in seen]
    return unseen[0] if unseen else None


def _left(workspace: Workspace) -> int:
    """How many are on the list yet."""
    from retain_cli.due.listing import whom_to_contact
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        return whom_to_contact(store, read_policy(store), workspace.today, limit=1).total


def _one(workspace: Workspace, line: "DueLine", ask: "Callable[[str], str | None]") -> "dict[str, Any] | None":
    """Show the brief and keep the answer; None to quit. What cannot be read is asked again."""
    from retain_cli.commands.brief import brief_document
    from retain_cli.errors import WrongUse
    from retain_cli.store.policy import read_policy

    number = line.customer.id
    with workspace.open() as store:
        policy = read_policy(store)
        page = brief_document(store, policy, workspace.today, number)
        newest = _newest_visit(store, number)
    if workspace.format == "table":
        workspace.show(page)
    while (words := ask(_ASKED)) is not None:
        try:
            return _keep(workspace, line, words, newest)
        except WrongUse as problem:
            workspace.say(f"{problem.message}. {problem.hint}".strip())
    return None


def _keep(workspace: Workspace, line: "DueLine", words: str, newest: int) -> "dict[str, Any] | None":
    from retain_cli.commands import log_visit
    from retain_cli.commands.deciding import things_due, until_option
    from retain_cli.commands.log_visit_answer import what_it_changed
    from retain_cli.commands.parameters import text_option
    from retain_cli.errors import WrongUse
    from retain_cli.record.decisions import decide
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    action, rest = _parts(words)
    customer = line.customer
    who = {"id": customer.id, "external_id": customer.external_id, "name": customer.name}
    visit = None
    if action == "quit":
        return None
    if action in ("done", "not-reached"):
        told = _told(workspace, rest, action, line.occurrences[0].channel)
        with workspace.change() as store:
            if _newest_visit(store, customer.id) != newest:
                workspace.say(f"{customer.name} was logged meanwhile; this is not kept again.")
                return {"customer": who, "did": "logged already", "visit": None}
            policy = read_policy(store)
            found = find_customer(store, policy, f"#{customer.id}")
            entry = log_visit.log(store, policy, workspace.today, [found], workspace.today, told)[0]
        visit = entry.visit.id
        workspace.say(f"Logged: {customer.name}, {entry.visit.channel}, {entry.visit.outcome} (visit {visit}).")
        for sentence in what_it_changed(entry, workspace.today):
            workspace.say(sentence)
    elif action in ("skip", "snooze"):
        said = " ".join(rest)
        if not said:
            raise WrongUse(f"{action} what for", "Write: skip 'on holiday', or snooze 2w.")
        until = until_option(said, None, workspace.today) if action == "snooze" else None
        reason = text_option(said, "skip") if action == "skip" else None
        with workspace.change() as store:
            policy = read_policy(store)
            found = find_customer(store, policy, f"#{customer.id}")
            about = things_due(store, policy, workspace.today, found, [])
            decide(store, found.id, action, workspace.today, about=about, words=reason, until=until)
        workspace.say(f"{'Skipped' if action == 'skip' else f'Snoozed until {until}'}: {customer.name}.")
    elif action != "later":
        raise WrongUse(f"{words!r} is no answer", f"Write one of: {_HELP}.")
    return {"customer": who, "did": action, "visit": visit}


def _parts(words: str) -> tuple[str, list[str]]:
    from retain_cli.errors import WrongUse

    parts = ["".join(found) for found in _WORD.findall(words)]
    if not parts:
        raise WrongUse("nothing was said", f"Write one of: {_HELP}.")
    action = parts[0].casefold().replace("_", "-")
    return _ACTIONS.get(action, action), parts[1:]


def _told(workspace: Workspace, rest: list[str], outcome: str, channel: str) -> "Told":
    """The words behind `done`: options as of log-visit, and what is left is the note."""
    from retain_cli.commands.log_visit_told import understood
    from retain_cli.errors import WrongUse
    from retain_cli.importing import cells

    many: dict[str, list[str]] = {name: [] for name in ("service", "need", "promise", "gift", "rate")}
    one: dict[str, str] = {}
    note: list[str] = []
    left = iter(rest)
    for word in left:
        if not word.startswith("--"):
            note.append(word)
            continue
        name, value = word[2:], _after(left)
        if value is None:
            raise WrongUse(f"{word} is followed by nothing", "Write the line again.")
        if name in many:
            many[name].append(value)
        elif name in ("sat", "cost", "minutes", "next", "staff", "channel", "note", "outcome"):
            one[name] = value
        else:
            raise WrongUse(f"there is no {word}", f"Write one of: {_HELP}.")
    sat = one.get("sat")
    if sat is not None and sat not in ("1", "2", "3", "4", "5"):
        raise WrongUse(f"--sat {sat!r} is not from 1 to 5", "Write the line again.")
    try:
        minutes = cells.minutes(one["minutes"]) if "minutes" in one else None
    except ValueError as problem:
        raise WrongUse(f"--minutes {one['minutes']!r} is {problem}", "Write the line again.") from problem
    return understood(
        workspace.today,
        channel=one.get("channel", channel),
        outcome=one.get("outcome", outcome),
        service=many["service"],
        sat=int(sat) if sat else None,
        rate=many["rate"],
        note=one.get("note") or " ".join(note) or None,
        cost=one.get("cost"),
        minutes=minutes,
        next_day=one.get("next"),
        staff=one.get("staff"),
        need=many["need"],
        promise=many["promise"],
        gift=many["gift"],
    )


def _newest_visit(store: "Store", customer: int) -> int:
    from retain_cli.record.visit import newest_visit

    return newest_visit(store, customer)
