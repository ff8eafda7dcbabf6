"""`retain log-visit`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retain_cli.commands.log_visit_answer import Entry
    from retain_cli.commands.log_visit_told import Told
    from retain_cli.due.occurrence import Occurrence
    from retain_cli.record.find import Found
    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store


def log_visit(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
    together: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="CUSTOMER", help="Another customer who was there; may be repeated."),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="WORD", help="visit (as usual), call, message, mail, event, other."),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", metavar="WORD", help="done (as usual), not-reached, refused, incident."),
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="NAME", help="What was rendered, such as maintenance; may be repeated."),
    ] = None,
    sat: Annotated[
        int | None, typer.Option("--sat", metavar="1-5", min=1, max=5, help="How satisfied they are.")
    ] = None,
    rate: Annotated[
        list[str] | None,
        typer.Option(
            "--rate", metavar="QUESTION=1-5", help='What they say when asked: "politeness=5"; may be repeated.'
        ),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="WORDS", help="What was said.")] = None,
    cost: Annotated[
        str | None, typer.Option("--cost", metavar="AMOUNT", help="What it cost; several customers share it.")
    ] = None,
    minutes: Annotated[
        int | None,
        typer.Option(
            "--minutes", metavar="N", min=0, max=1440, help="How long it took; several customers share it."
        ),
    ] = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar="NAME", help="Who was there for us.")] = None,
    need: Annotated[
        list[str] | None,
        typer.Option(
            "--need", metavar="WORDS", help='What they may want: "new sofa, ~8000, March"; may be repeated.'
        ),
    ] = None,
    promise: Annotated[
        list[str] | None,
        typer.Option("--promise", metavar="WORDS", help='What we promised: "quote by fri"; may be repeated.'),
    ] = None,
    gift: Annotated[
        list[str] | None, typer.Option("--gift", metavar="WORDS", help="What they were given; may be repeated.")
    ] = None,
    next_day: Annotated[
        str | None,
        typer.Option("--next", metavar="WHEN", help="The day agreed for the next contact: 2w, fri, 2026-12-01."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day it happened, if not today.")
    ] = None,
    correct: Annotated[
        int | None,
        typer.Option(
            "--correct", metavar="NUMBER", help="Correct that visit: change what is named, keep the original."
        ),
    ] = None,
) -> None:
    """Note what happened, and see what comes next.

    Any visit restarts the return-visit clock; maintenance and gifts are settled by naming them with --service.
    Whoever was not reached stays on the list.
    """
    from retain_cli.commands.log_visit_answer import document
    from retain_cli.commands.log_visit_told import understood
    from retain_cli.commands.parameters import past_day_option
    from retain_cli.errors import WrongUse
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    visited_on = past_day_option(on, workspace.today, "--on")
    if correct is not None and (together or need or promise or gift):
        raise WrongUse(
            "--correct changes one visit and nothing beside it", "Leave --with, --need, --promise and --gift away."
        )
    with workspace.change() as store:
        policy = read_policy(store)
        found = [find_customer(store, policy, words) for words in (customer, *(together or []))]
        if len({one.id for one in found}) < len(found):
            raise WrongUse("a customer is named twice", "Name each once.")
        day = _day_of(store, found[0], correct) if correct is not None and on is None else visited_on
        told = understood(
            day,
            channel=channel,
            outcome=outcome,
            service=service,
            sat=sat,
            rate=rate,
            note=note,
            cost=cost,
            minutes=minutes,
            next_day=next_day,
            staff=staff,
            need=need,
            promise=promise,
            gift=gift,
        )
        if correct is None:
            entries = log(store, policy, workspace.today, found, visited_on, told)
        else:
            entries = [
                _corrected(store, policy, workspace.today, found[0], correct, visited_on if on else None, told)
            ]
    workspace.show(document(entries, workspace.today, corrected=correct is not None))


def log(
    store: "Store", policy: "Policy", today: "date", customers: "Sequence[Found]", visited_on: "date", told: "Told"
) -> "list[Entry]":
    """Keep one contact with each of the customers; several are one occasion, and share its cost and minutes."""
    from retain_cli.commands.log_visit_answer import Entry
    from retain_cli.commands.parameters import money_option, text_option
    from retain_cli.due.listing import coming_up, what_is_due
    from retain_cli.plan.clocks import follow_visits
    from retain_cli.record import benefit
    from retain_cli.record import need as needs
    from retain_cli.record import promise as promises
    from retain_cli.record import visit as visits
    from retain_cli.record.owner import named_staff

    services = visits.named_services(store, told.services or [])
    staff = named_staff(store, told.staff) if told.staff else None
    wishes = [needs.wish(text_option(words, "--need"), visited_on, policy.currency) for words in told.needs]
    gifts = [text_option(words, "--gift") for words in told.gifts]
    cost = money_option(told.cost, policy.currency, "--cost") if told.cost else None
    occasion: int | None = None
    entries = []
    costs, minutes = _shared(cost, len(customers)), _shared(told.minutes, len(customers))
    for found, its_cost, its_minutes in zip(customers, costs, minutes, strict=True):
        before = what_is_due(store, policy, today, found.id)
        visit = visits.log_visit(
            store,
            found.id,
            visited_on,
            channel=told.channel or "visit",
            outcome=told.outcome or "done",
            services=services,
            satisfaction=told.satisfaction,
            ratings=told.ratings,
            note=told.note or None,
            cost=its_cost,
            currency=policy.currency,
            minutes=its_minutes,
            next_on=told.next_on,
            staff=staff,
            occasion=occasion,
        )
        occasion = occasion or visit.id
        needed = [needs.need(store, found.id, one, visited_on, policy.currency, visit=visit.id) for one in wishes]
        promised = [
            promises.promise(store, found.id, said.words, visited_on, said.by, owner=staff, visit=visit.id)
            for said in told.promises
        ]
        given = [benefit.give(store, found.id, what, visited_on, visit=visit.id) for what in gifts]
        follow_visits(store, found.id)
        after = what_is_due(store, policy, today, found.id)
        entries.append(
            Entry(
                found,
                visit,
                told.ratings,
                [service.name for service in services],
                _settled(before, after),
                _unsettled(store, visit.outcome, after),
                coming_up(store, policy, today, found.id),
                [{"id": one.id, "what": one.what, "wanted_on": one.wanted_on} for one in needed],
                [{"id": one.id, "words": one.words, "due_on": one.due_on} for one in promised],
                [{"id": one.id, "what": one.what} for one in given],
            )
        )
    return entries


def _day_of(store: "Store", found: "Found", number: int) -> "date":
    from retain_cli.record.visit import the_visit

    return the_visit(store, found.id, number).visited_on


def _corrected(
    store: "Store",
    policy: "Policy",
    today: "date",
    found: "Found",
    number: int,
    visited_on: "date | None",
    told: "Told",
) -> "Entry":
    """The visit with what was named changed; everything counted from it is counted anew."""
    from retain_cli.commands.log_visit_answer import Entry
    from retain_cli.commands.parameters import money_option
    from retain_cli.due.listing import coming_up, what_is_due
    from retain_cli.errors import WrongUse
    from retain_cli.plan.clocks import follow_visits
    from retain_cli.record import visit as visits
    from retain_cli.record.owner import named_staff
    from retain_cli.record.rating import ratings_of_visit

    named: dict[str, object] = {
        "visited_on": visited_on,
        "channel": told.channel,
        "outcome": told.outcome,
        "satisfaction": told.satisfaction,
        "minutes": told.minutes,
        "next_on": told.next_on,
        "staff": named_staff(store, told.staff) if told.staff else None,
    }
    changes = {name: value for name, value in named.items() if value is not None}
    if told.note is not None:
        changes["note"] = told.note or None
    if told.cost is not None:
        changes |= {"cost": money_option(told.cost, policy.currency, "--cost"), "currency": policy.currency}
    services = None if told.services is None else visits.named_services(store, told.services)
    was = visits.the_visit(store, found.id, number)
    agreed = told.next_on or was.next_on
    if visited_on is not None and agreed is not None and agreed <= visited_on:
        raise WrongUse(f"the day agreed for the next contact, {agreed}, is not after it", "Name it with --next.")
    before = what_is_due(store, policy, today, found.id)
    visit = visits.correct_visit(store, found.id, number, today, changes, services, told.ratings)
    follow_visits(store, found.id)
    after = what_is_due(store, policy, today, found.id)
    rendered, answers = visits.rendered_by(store, number), ratings_of_visit(store, number)
    return Entry(
        found,
        visit,
        answers,
        rendered,
        _settled(before, after),
        _unsettled(store, visit.outcome, after),
        coming_up(store, policy, today, found.id),
        [],
        [],
        [],
    )


def _shared(whole: int | None, customers: int) -> "Sequence[int | None]":
    """The part of each customer; of what is not known nobody's is."""
    from retain_cli.record.even_parts import even_parts

    return [None] * customers if whole is None else even_parts(whole, customers)


def _unsettled(store: "Store", outcome: str, after: "list[Occurrence]") -> "list[Occurrence]":
    """What is due yet although they were reached: services that only being named settles."""
    from retain_cli.plan.services import catalogue

    if outcome != "done" or not after:
        return []
    named = {service.name for service in catalogue(store) if service.settled_by == "itself"}
    return [o for o in after if o.service in named]


def _settled(before: "list[Occurrence]", after: "list[Occurrence]") -> "list[Occurrence]":
    left = {(o.service, o.due_on, o.about) for o in after}
    return [o for o in before if (o.service, o.due_on, o.about) not in left]
