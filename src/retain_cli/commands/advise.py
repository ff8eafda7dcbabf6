"""`retain advise`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.advise.listing import Advice, Advised
    from retain_cli.advise.rules import Rule
    from retain_cli.document import Document

_HEADER = (
    "customer_id", "customer_external_id", "customer_name", "customer_phone", "customer_area", "customer_grade",
    "tip", "product", "because", "due_on", "support", "confidence", "lift", "score",
)  # fmt: skip
_RULE_HEADER = ("left", "right", "orders", "support", "confidence", "lift")
"""The columns of the CSV form."""

_RULES_SHOWN = 30


def advise(
    workspace: Workspace,
    customer: Annotated[
        str | None, typer.Argument(help="Id, phone, e-mail, #number or part of the name.", show_default=False)
    ] = None,
    product: Annotated[
        str | None, typer.Option("--product", metavar="WORDS", help="Whom to tell about this product.")
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="What is bought together, as a table of rules.")] = False,
    min_support: Annotated[
        float | None,
        typer.Option("--min-support", min=0, max=1, help="With --rules: in this share of orders; else 0.006."),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="With --rules: right so often.")
    ] = 0.25,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="The N best.")] = None,
) -> None:
    """What to offer a customer, or whom to tell about a product, and why.

    From what they and others bought: what is due again, what goes together, what comes next, a step up, and
    service. Never what they returned or complained of.
    """
    from retain_cli.errors import WrongUse

    if (customer is not None) + (product is not None) + rules != 1:
        raise WrongUse("advise wants to know about what", "Name a customer, or --product WORDS, or --rules.")
    if rules:
        workspace.show(_rules(workspace, min_support, min_confidence, limit))
    else:
        make_index(workspace)
        workspace.show(
            _for_customer(workspace, customer, limit) if customer else _for_product(workspace, product or "", limit)
        )


def make_index(workspace: Workspace) -> None:
    """See to the index by product, where the database lets us."""
    from retain_cli.errors import DatabaseLocked, NotPermitted
    from retain_cli.store import by_product

    with workspace.open() as store:
        missing = by_product.is_missing(store)
    if missing:
        # Without it the answer is the same, only later.
        try:
            with workspace.change() as store:
                by_product.make(store)
        except (DatabaseLocked, NotPermitted):
            return


def _for_customer(workspace: Workspace, words: str, limit: int | None) -> "Document":
    from retain_cli.advise.listing import advice_for_customer
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, words)
        advised = advice_for_customer(store, policy, workspace.today, found.id, limit=limit)
    data = [_plain(advice) for advice in advised.advice]
    if advised.left_out:
        nothing = Note(f"Nothing to offer {found.name}: {', '.join(advised.left_out)}.")
        return Document(data, [nothing], header=_HEADER)
    if not data:
        nothing = Note(f"Nothing to offer {found.name} that their purchases speak for.")
        return Document(data, [nothing], header=_HEADER)
    table = Table(
        [Column("What", wraps=False), Column("Offer"), Column("Because")],
        [(one["tip"], one["product"], one["because"]) for one in data],
        f"What to offer {found.name}",
        lines_between=True,
    )
    return Document(data, [table, *_more(advised)], data)


def _for_product(workspace: Workspace, words: str, limit: int | None) -> "Document":
    from retain_cli.advise.listing import advice_for_product, named_product
    from retain_cli.commands.choosing import said_left_out
    from retain_cli.document import Block, Column, Document, Note, Table
    from retain_cli.errors import WrongUse
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        policy = read_policy(store)
        named = named_product(store, words)
        if not named:
            raise WrongUse(f"nobody bought {words!r}", "See what was bought with: retain advise --rules.")
        if len(named) > 1:
            raise WrongUse(
                f"{words!r} fits more than one product: {', '.join(named[:10])}{' and more' if named[10:] else ''}",
                "Write its whole name.",
                code="product-ambiguous",
            )
        advised = advice_for_product(store, policy, workspace.today, named[0], limit=limit or 20)
    data = [_plain(advice) for advice in advised.advice]
    blocks: list[Block] = []
    if data:
        columns = [Column("", wraps=False), Column("Customer"), Column("Phone", wraps=False), Column("Because")]
        rows = [
            (one["customer"]["grade"], one["customer"]["name"], one["customer"]["phone"], one["because"])
            for one in data
        ]
        blocks.append(Table(columns, rows, f"Whom to tell about {named[0]}", lines_between=True))
    else:
        blocks.append(Note(f"Nobody whose purchases speak for {named[0]}."))
    blocks += _more(advised)
    if said := said_left_out(advised.left_out):
        blocks.append(Note(said.strip()))
    return Document(data, blocks, header=_HEADER)


def _more(advised: "Advised") -> "list[Any]":
    from retain_cli.document import Note

    more = advised.total - len(advised.advice)
    return [Note(f"and {more:,} more; --limit shows more of them.")] if more else []


def _plain(advice: "Advice") -> dict[str, Any]:
    told, tip = advice.customer, advice.tip
    return {
        "customer": {
            "id": told.id, "external_id": told.external_id, "name": told.name, "phone": told.phone,
            "area": told.area, "grade": told.grade,
        },
        "tip": advice.kind,
        "product": tip.product,
        "because": tip.because,
        "due_on": tip.due_on,
        "support": tip.support,
        "confidence": tip.confidence,
        "lift": tip.lift,
        "score": advice.score,
    }  # fmt: skip


def _rules(workspace: Workspace, min_support: float | None, min_confidence: float, limit: int | None) -> "Document":
    from retain_cli.advise.rules import association_rules
    from retain_cli.document import Column, Document, Note, Table

    with workspace.open() as store:
        orders, found = association_rules(store, workspace.today, min_support, min_confidence)
    data = [_plain_rule(rule) for rule in found[:limit]]
    if not found:
        none = Note(f"No rule in {orders:,} orders; try a smaller --min-support.")
        return Document(data, [none], header=_RULE_HEADER)
    shown = found[: limit or _RULES_SHOWN]
    columns = [
        Column("Who bought"), Column("also bought"), Column("Support", "right"), Column("Confidence", "right"),
        Column("Lift", "right"),
    ]  # fmt: skip
    rows = [
        (" + ".join(r.left), r.right, f"{r.support:.4f}", f"{r.confidence:.3f}", f"{r.lift:.3f}") for r in shown
    ]
    blocks: list[Any] = [Table(columns, rows, f"{len(found):,} rules from {orders:,} orders")]
    if len(found) > len(shown):
        blocks.append(Note(f"and {len(found) - len(shown):,} more; -f csv lists them all."))
    return Document(data, blocks, [{**one, "left": " + ".join(one["left"])} for one in data])


def _plain_rule(rule: "Rule") -> dict[str, Any]:
    return {
        "left": list(rule.left),
        "right": rule.right,
        "orders": rule.orders,
        "support": round(rule.support, 6),
        "confidence": round(rule.confidence, 6),
        "lift": round(rule.lift, 6),
    }
