"""`retain log-visit`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.document import Document
    from retain_cli.due.occurrence import Occurrence
    from retain_cli.model.visit import Visit
    from retain_cli.record.find import Found


def log_visit(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
    channel: Annotated[
        str, typer.Option("--channel", metavar="WORD", help="visit, call, message, mail, event, other.")
    ] = "visit",
    outcome: Annotated[
        str, typer.Option("--outcome", metavar="WORD", help="done, not-reached, refused, incident.")
    ] = "done",
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="NAME", help="What was rendered, such as maintenance; may be repeated."),
    ] = None,
    sat: Annotated[
        int | None, typer.Option("--sat", metavar="1-5", min=1, max=5, help="How satisfied they are.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="WORDS", help="What was said.")] = None,
    cost: Annotated[str | None, typer.Option("--cost", metavar="AMOUNT", help="What it cost.")] = None,
    next_day: Annotated[
        str | None,
        typer.Option("--next", metavar="WHEN", help="The day agreed for the next contact: 2w, fri, 2026-12-01."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day it happened, if not today.")
    ] = None,
) -> None:
    """Note what happened, and see what comes next.

    Any visit restarts the return-visit clock; maintenance and gifts are settled by naming them with --service.
    Whoever was not reached stays on the list.
    """
    from retain_cli.commands.parameters import day_option, money_option, word_option
    from retain_cli.due.listing import coming_up, what_is_due
    from retain_cli.errors import WrongUse
    from retain_cli.importing import cells
    from retain_cli.model.words import CHANNELS, OUTCOMES
    from retain_cli.plan.clocks import follow_visits
    from retain_cli.record import visit as visits
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    today = workspace.today
    visited_on = day_option(on, today, "--on") if on else today
    next_on = day_option(next_day, visited_on, "--next") if next_day else None
    if visited_on > today:
        raise WrongUse(f"{visited_on} is still to come", "Log a visit once it happened; plan it with --next.")
    if next_on is not None and next_on <= visited_on:
        raise WrongUse(f"--next {next_on} is not after the visit", "Name a later day.")
    try:
        words = cells.text(note) if note else None
    except ValueError as problem:
        raise WrongUse(f"--note {problem}", "Write it on one line.") from problem
    with workspace.change() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        before = what_is_due(store, policy, today, found.id)
        visit = visits.log_visit(
            store,
            found.id,
            visited_on,
            channel=word_option(channel, CHANNELS, "--channel"),
            outcome=word_option(outcome, OUTCOMES, "--outcome"),
            services=visits.named_services(store, service or []),
            satisfaction=sat,
            note=words or None,
            cost=money_option(cost, policy.currency, "--cost") if cost else None,
            currency=policy.currency,
            next_on=next_on,
        )
        follow_visits(store, found.id)
        after = what_is_due(store, policy, today, found.id)
        coming = coming_up(store, policy, today, found.id)
    workspace.show(_document(found, visit, service or [], _settled(before, after), coming, today))


def _settled(before: "list[Occurrence]", after: "list[Occurrence]") -> "list[Occurrence]":
    left = {(o.service, o.due_on) for o in after}
    return [o for o in before if (o.service, o.due_on) not in left]


def _document(
    found: "Found",
    visit: "Visit",
    services: list[str],
    settled: "list[Occurrence]",
    coming: "list[Occurrence]",
    today: "date",
) -> "Document":
    from retain_cli.commands.parameters import money
    from retain_cli.document import Document, Note

    def due(occurrences: "list[Occurrence]") -> list[dict[str, Any]]:
        return [{"reason": o.reason, "service": o.service, "due_on": o.due_on} for o in occurrences]

    data: dict[str, Any] = {
        "visit": {
            "id": visit.id,
            "customer": {"id": found.id, "external_id": found.external_id, "name": found.name},
            "visited_on": visit.visited_on,
            "channel": visit.channel,
            "outcome": visit.outcome,
            "services": services,
            "satisfaction": visit.satisfaction,
            "note": visit.note,
            "cost": money(visit.cost, visit.currency or ""),
            "next_on": visit.next_on,
        },
        "settled": due(settled),
        "next_due_on": coming[0].due_on if coming else None,
        "next": due(coming),
    }
    notes = [Note(f"Logged: {found.name}, {visit.channel} on {visit.visited_on}, {visit.outcome}.")]
    if settled:
        notes.append(Note("Settled: " + ", ".join(f"{o.service} (due {o.due_on})" for o in settled) + "."))
    if still := [o for o in coming if o.due_on <= today]:
        notes.append(Note("Still due: " + ", ".join(f"{o.service} (since {o.due_on})" for o in still) + "."))
    if later := [o for o in coming if o.due_on > today]:
        notes.append(Note("Next: " + ", ".join(f"{o.service} on {o.due_on}" for o in later[:3]) + "."))
    record = {**data["visit"], "settled": [o.service for o in settled], "next_due_on": data["next_due_on"]}
    return Document(data, notes, [record])
