"""`retain offer`.

Whoever accepted, whoever declined and why, and whoever was not reached are three different things; whoever was
never offered a service is none of them. The last answer counts.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retain_cli.document import Document
    from retain_cli.record.offer import Offered


def list_offers(
    workspace: Workspace,
    of: Annotated[str | None, typer.Option("--of", metavar="CUSTOMER", help="Every offer to one customer.")] = None,
    answer: Annotated[
        str | None, typer.Option("--answer", metavar="WORD", help="Only accepted, declined or not-reached.")
    ] = None,
) -> None:
    """The last answer of each customer to each service they were offered."""
    from retain_cli.commands.parameters import word_option
    from retain_cli.record.find import find_customer
    from retain_cli.record.offer import ANSWERS, answers_now, offers_to
    from retain_cli.store.policy import read_policy

    wanted = word_option(answer, ANSWERS, "--answer") if answer else None
    with workspace.open() as store:
        if of is not None:
            found = offers_to(store, find_customer(store, read_policy(store), of).id)
        else:
            found = list(answers_now(store))
    workspace.show(_document([one for one in found if wanted in (None, one.answer)]))


def add(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
    service: Annotated[str, typer.Argument(help="The service that was offered.")],
    answer: Annotated[str, typer.Argument(help="accepted, declined or not-reached.")],
    because: Annotated[
        str | None, typer.Option("--reason", "--because", metavar="WORDS", help="Why it was declined.")
    ] = None,
    staff: Annotated[str | None, typer.Option("--staff", metavar="NAME", help="Who offered it.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day, if not today.")] = None,
) -> None:
    """Note what a customer answered when a service was offered."""
    from retain_cli.commands.parameters import past_day_option, text_option, word_option
    from retain_cli.record import offer as offers
    from retain_cli.record.find import find_customer
    from retain_cli.record.owner import named_staff
    from retain_cli.record.visit import named_services
    from retain_cli.store.policy import read_policy

    said = word_option(answer, offers.ANSWERS, "ANSWER")
    why = text_option(because, "--reason") if because else None
    day = past_day_option(on, workspace.today, "--on")
    with workspace.change() as store:
        found = find_customer(store, read_policy(store), customer)
        known = named_services(store, [service])[0]
        who = named_staff(store, staff) if staff else None
        kept = offers.offer(store, found.id, known.id, day, said, why, who)
    reason = f": {kept.because}" if kept.because else ""
    workspace.show(_one(kept, f"{kept.name}, {kept.service}: {kept.answer}{reason}."))


ACTIONS = {"list": list_offers, "add": add}


def _one(found: "Offered", sentence: str) -> "Document":
    from retain_cli.commands.parameters import flat, of_customer
    from retain_cli.document import Document, Note

    data = of_customer(found)
    return Document(data, [Note(sentence)], [flat(data)])


def _document(found: "Sequence[Offered]") -> "Document":
    from collections import Counter

    from retain_cli.commands.parameters import flat, flat_header, of_customer
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.record.offer import Offered

    header = flat_header(Offered._fields)
    if not found:
        return Document([], [Note("No offers.")], [], header=header)
    data = [of_customer(one) for one in found]
    columns = [Column("Service"), Column("Answer"), Column("Who"), Column("Why"), Column("Day", wraps=False)]
    rows = [(one.service, one.answer, one.name, one.because, one.offered_on) for one in found]
    counts = Counter(one.answer for one in found)
    note = Note(", ".join(f"{counts[answer]} {answer}" for answer in sorted(counts)) + ".")
    return Document(data, [Table(columns, rows), note], [flat(entry) for entry in data], header=header)
