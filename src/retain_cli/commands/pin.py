"""`retain pin`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document

_HEADER = (
    "customer_id", "customer_external_id", "customer_name", "grade", "reason", "pinned_on", "until", "holds",
)  # fmt: skip
"""The columns of the CSV form."""


def pin(
    workspace: Workspace,
    customer: Annotated[
        str | None, typer.Argument(help="Id, phone, e-mail, #number or part of the name.", show_default=False)
    ] = None,
    grade: Annotated[str | None, typer.Argument(metavar="[A|B|C]", help="The grade.", show_default=False)] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="WORDS", help="Why, for whoever asks.")] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="The last day it holds; else until unpin.")
    ] = None,
) -> None:
    """Give a customer a grade by hand, with a reason.

    It counts at once, whatever they buy, until its day or `retain unpin`. Without a customer it lists the pins.
    """
    from retain_cli.classify import pins
    from retain_cli.commands.parameters import day_option, word_option
    from retain_cli.errors import WrongUse
    from retain_cli.model.grade import GRADES
    from retain_cli.plan.enrolment import enrol
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    if customer is None:
        with workspace.open() as store:
            found = pins.pins(store)
        workspace.show(_document(workspace, found))
        return
    if grade is None or not (reason and reason.strip()):
        raise WrongUse("a pin needs a grade and a reason", "Write: retain pin CUSTOMER A --reason WORDS.")
    letter = word_option(grade, [g.casefold() for g in GRADES], "the grade").upper()
    until_on = day_option(until, workspace.today, "--until") if until else None
    if until_on and until_on < workspace.today:
        raise WrongUse(f"--until {until_on} is over", "Name a day that is still to come.")
    with workspace.change() as store:
        policy = read_policy(store)
        number = find_customer(store, policy, customer).id
        pins.pin(store, number, letter, reason.strip()[:500], workspace.today, until_on)
        enrol(store, policy, workspace.today)
        pinned = pins.pin_of(store, number)
    workspace.show(_document(workspace, [pinned] if pinned else []))


def _document(workspace: Workspace, found: "list[Any]") -> "Document":
    from retain_cli.document import Column, Document, Note, Table

    data = [
        {
            "customer": {"id": p.customer_id, "external_id": p.external_id, "name": p.name}, "grade": p.grade,
            "reason": p.reason, "pinned_on": p.pinned_on, "until": p.until_on, "holds": p.holds(workspace.today),
        }
        for p in found
    ]  # fmt: skip
    if not data:
        return Document(data, [Note("Nobody is pinned.")], header=_HEADER)
    columns = [Column("Customer"), Column("Grade"), Column("Since", wraps=False), Column("Until"), Column("Reason")]
    rows = [(p.name, p.grade, p.pinned_on, _until(p, workspace), p.reason) for p in found]
    return Document(data, [Table(columns, rows)], header=_HEADER)


def _until(pinned: Any, workspace: Workspace) -> str:
    if pinned.until_on is None:
        return "unpinned"
    return f"{pinned.until_on}" + ("" if pinned.holds(workspace.today) else ", over")
