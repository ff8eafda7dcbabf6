"""`retain list`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.document import Block, Document
    from retain_cli.predict.reading import Prediction
    from retain_cli.record.customers import Listed
    from retain_cli.store.policy import Policy

_HEADER = (
    "id", "external_id", "name", "phone", "email", "area", "grade", "amount", "amount_currency", "orders",
    "first_on", "last_on", "last_visit_on",
)  # fmt: skip
"""The columns of the CSV form before those of the prediction."""


def list_customers(
    workspace: Workspace,
    grade: Annotated[str | None, typer.Option("--grade", metavar="A|B|C|none", help="Only this grade.")] = None,
    area: Annotated[str | None, typer.Option("--area", metavar="WORDS", help="Only this area.")] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="Part of a name, id, phone, e-mail or address.")
    ] = None,
    segment: Annotated[
        str | None, typer.Option("--segment", metavar="NAME", help="Only this segment; see retain segment.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="CONDITION", help='Only whom this means: "orders > 3".')
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="The first N.")] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="BY",
            help="amount, expected (orders), expected-amount, recency, rfm, or best: as the last backtest chose.",
        ),
    ] = None,
) -> None:
    """Find customers by grade, area, words or a condition.

    Who bought most comes first, unless --sort says otherwise.
    """
    from retain_cli.commands.parameters import grade_option, word_option
    from retain_cli.predict.reading import predictions_of
    from retain_cli.record.customers import SORTS, customers
    from retain_cli.segments.saved import filter_customers
    from retain_cli.store.policy import read_policy

    wanted = None if grade is None else grade_option(grade, "--grade")
    by = word_option(sort or "amount", [*SORTS, "best"], "--sort")
    with workspace.open() as store:
        policy = read_policy(store)
        found = customers(
            store,
            policy,
            grade=wanted,
            area=area,
            search=search,
            limit=limit,
            only=filter_customers(store, policy, workspace.today, segment=segment, where=where),
            sort=policy.ranking if by == "best" else by,
        )
        predicted = predictions_of(store, [one.id for one in found])
    workspace.show(
        _document(found, policy, predicted, workspace.today, expected=by.startswith(("expected", "best")))
    )


def _document(
    found: "list[Listed]",
    policy: "Policy",
    predicted: "dict[int, Prediction]",
    today: "date",
    *,
    expected: bool,
) -> "Document":
    from retain_cli.commands.expectations import COLUMNS, as_data
    from retain_cli.document import Document, Note
    from retain_cli.model.money import Money

    data = [
        customer._asdict()
        | {
            "amount": Money(customer.amount, policy.currency),
            "prediction": as_data(predicted.get(customer.id), today),
        }
        for customer in found
    ]
    header = (*_HEADER, *(f"prediction_{column}" for column in COLUMNS))
    if not data:
        return Document(data, [Note("No customer fits.")], header=header)
    return Document(data, _expected(data) if expected else _bought(data, policy), header=header)


def _bought(data: list[dict[str, Any]], policy: "Policy") -> "list[Block]":
    from retain_cli.document import Column, Table

    columns = [
        Column("", wraps=False), Column("Customer"), Column("Phone", wraps=False), Column("Area"),
        Column(f"Bought, {policy.currency}", "right"), Column("Last bought"), Column("Last visit"),
    ]  # fmt: skip
    rows = [
        (c["grade"], c["name"], c["phone"], c["area"], c["amount"].grouped(), c["last_on"], c["last_visit_on"])
        for c in data
    ]
    return [Table(columns, rows)]


def _expected(data: list[dict[str, Any]]) -> "list[Block]":
    from retain_cli.commands.expectations import amount, chance, orders
    from retain_cli.document import Column, Note, Table
    from retain_cli.predict.fitting import sentence

    known = next((c["prediction"] for c in data if c["prediction"]), None)
    if known is None:
        return [Note("Nothing is expected of anybody yet: run retain classify.")]
    notes = [Note(said)] if (said := sentence(known["model"], known["because"])) else []
    columns = [
        Column("", wraps=False), Column("Customer"), Column("Still buying", wraps=False),
        Column(f"Orders in {known['horizon_days']} days", "right"), Column("Amount", "right"),
        Column("Likely next from", wraps=False), Column("to", wraps=False),
    ]  # fmt: skip
    rows = [
        (
            c["grade"],
            c["name"],
            chance(prediction["p_alive"]),
            orders(prediction["expected_orders"]),
            amount(prediction["expected_amount"]),
            prediction["next_from"],
            prediction["next_to"],
        )
        for c in data
        if (prediction := c["prediction"])
    ]
    return [Table(columns, rows), *notes]
