"""What the commands that decide about contacting a customer have in common: whom, what is due, and the answer."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.errors import WrongUse

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.due.occurrence import Occurrence
    from retain_cli.record.decisions import About, Kept
    from retain_cli.record.find import Found
    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store

CustomerArgument = Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")]
ServiceOption = Annotated[
    list[str] | None,
    typer.Option("--service", metavar="NAME", help="Only this service or reason; may be repeated."),
]
DayArgument = Annotated[
    str | None, typer.Argument(metavar="[DAY]", show_default=False, help="The day, in the place of --until.")
]
UndoOption = Annotated[bool, typer.Option("--undo", help="Take the last one back.")]


def words_option(written: str | None, option: str = "--reason") -> str | None:
    """Words on one line, or nothing."""
    from retain_cli.importing import cells

    try:
        return cells.text(written) or None if written else None
    except ValueError as problem:
        raise WrongUse(f"{option} {problem}", "Write it on one line.") from problem


def needed(value: str | None, option: str, example: str) -> str:
    """The value of an option that cannot be left out; WrongUse where it was."""
    if not value or not value.strip():
        raise WrongUse(f"{option} is missing", f"Write it like {option} {example}.", code="option-missing")
    return value


def until_option(written: str | None, behind: str | None, today: date) -> date:
    """A day to come, written after `--until` or `behind` the customer."""
    from retain_cli.commands.parameters import day_option

    if written and behind:
        raise WrongUse(
            f"there are two days, {behind!r} and --until {written!r}",
            "Name one; a name of several words stands in quotes.",
        )
    until = day_option(needed(written or behind, "--until", "2w"), today, "--until")
    if until <= today:
        raise WrongUse(f"--until {until} is not after today", "Name a later day.")
    return until


def things_due(
    store: "Store", policy: "Policy", today: date, customer: "Found", services: list[str]
) -> "list[About]":
    """What a decision about a customer's services is about: what is due, or the next of each service named."""
    from retain_cli.due.listing import what_is_due

    found = what_is_due(store, policy, today, customer.id)
    if services:
        coming = what_is_due(store, policy, today, customer.id, ahead=800)
        found = [one for name in services for one in _named(name, found) or _named(name, coming)[:1]]
        for name in services:
            if not _named(name, found):
                raise WrongUse(
                    f"{customer.name} has no {name!r} coming", "See: retain show.", code="service-not-due"
                )
    if not found:
        raise WrongUse(
            f"nothing is due to {customer.name}",
            "Name what is still to come with --service.",
            code="nothing-due",
        )
    return [_about(one, today) for one in found]


def _named(name: str, occurrences: "list[Occurrence]") -> "list[Occurrence]":
    folded = " ".join(name.casefold().replace("-", " ").split())
    matching = [o for o in occurrences if folded in (o.service.replace("-", " "), o.reason.replace("-", " "))]
    return sorted(matching, key=lambda o: o.due_on)


def _about(occurrence: "Occurrence", today: date) -> "About":
    from retain_cli.record.decisions import About

    due_on = occurrence.due_on
    return About(occurrence.reason, occurrence.service, due_on, max(due_on, today))


def answer(
    customer: "Found",
    decisions: "list[Kept]",
    sentence: str,
    coming: "list[Occurrence]",
    today: date,
    *,
    lifted: bool = False,
) -> "Document":
    """What was decided or taken back, and what comes next."""
    from retain_cli.commands.coming import coming_sentences
    from retain_cli.document import Document, Note

    data: dict[str, Any] = {
        "customer": {"id": customer.id, "external_id": customer.external_id, "name": customer.name},
        "decisions": [one._asdict() | {"lifted": lifted} for one in decisions],
        "next_due_on": coming[0].due_on if coming else None,
        "next": [{"reason": o.reason, "service": o.service, "due_on": o.due_on} for o in coming],
    }
    notes = [Note(sentence), *map(Note, coming_sentences(coming, today))]
    records = [{**data["customer"], "customer_id": customer.id, **one} for one in data["decisions"]]
    return Document(data, notes, records)


def services_of(decisions: "list[Kept]") -> str:
    """What decisions are about, in words."""
    return ", ".join(f"{one.service} (due {one.due_on})" for one in decisions)


def took_back(customer: "Found", decisions: "list[Kept]", what: str) -> str:
    """The sentence for a decision that is over; WrongUse where there was none."""
    if not decisions:
        raise WrongUse(f"{customer.name} has no {what} to take back", "See: retain show.", code="nothing-to-undo")
    about = f": {services_of(decisions)}" if decisions[0].service else ""
    return f"Taken back for {customer.name}, {what} of {decisions[-1].decided_on}{about}."
