"""`retain list`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.record.customers import Listed
    from retain_cli.store.policy import Policy

_HEADER = (
    "id", "external_id", "name", "phone", "email", "area", "grade", "amount", "amount_currency", "orders",
    "first_on", "last_on", "last_visit_on",
)  # fmt: skip
"""The columns of the CSV form."""


def list_customers(
    workspace: Workspace,
    grade: Annotated[str | None, typer.Option("--grade", metavar="A|B|C|none", help="Only this grade.")] = None,
    area: Annotated[str | None, typer.Option("--area", metavar="WORDS", help="Only this area.")] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="Part of a name, id, phone, e-mail or address.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="The N who bought most.")] = None,
) -> None:
    """Find customers by grade, area or words.

    Who bought most comes first.
    """
    from retain_cli.commands.parameters import word_option
    from retain_cli.model.grade import GRADES, NONE_YET
    from retain_cli.record.customers import customers
    from retain_cli.store.policy import read_policy

    wanted = grade and word_option(grade, [*(g.casefold() for g in GRADES), NONE_YET], "--grade").upper()
    with workspace.open() as store:
        policy = read_policy(store)
        found = customers(
            store,
            policy,
            grade=NONE_YET if wanted == NONE_YET.upper() else wanted,
            area=area,
            search=search,
            limit=limit,
        )
    workspace.show(_document(found, policy))


def _document(found: "list[Listed]", policy: "Policy") -> "Document":
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.model.money import Money

    data = [customer._asdict() | {"amount": Money(customer.amount, policy.currency)} for customer in found]
    columns = [
        Column("", wraps=False), Column("Customer"), Column("Phone", wraps=False), Column("Area"),
        Column(f"Bought, {policy.currency}", "right"), Column("Last bought"), Column("Last visit"),
    ]  # fmt: skip
    rows = [
        (c["grade"], c["name"], c["phone"], c["area"], c["amount"].plain(), c["last_on"], c["last_visit_on"])
        for c in data
    ]
    if not rows:
        return Document(data, [Note("No customer fits.")], header=_HEADER)
    return Document(data, [Table(columns, rows)])
