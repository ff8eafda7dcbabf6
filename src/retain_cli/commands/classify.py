"""`retain classify`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.classify.explanation import Explanation
    from retain_cli.classify.grading import Change, Graded, GradeTotal
    from retain_cli.document import Document
    from retain_cli.record.find import Found
    from retain_cli.store.policy import Policy

CHANGES_SHOWN = 20


def classify(
    workspace: Workspace,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain", metavar="CUSTOMER", help="Say why this customer has their grade; changes nothing."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Grade customers A, B, C from what they bought.

    A is the best 20 % by net amount over the last 24 months, B the next 30 %, C the rest who bought. Whoever gets
    another grade moves onto the plan of that grade.
    """
    from retain_cli.classify.grading import changes, grade_everyone, totals
    from retain_cli.classify.rhythm import find_rhythms
    from retain_cli.plan.enrolment import enrol
    from retain_cli.store.policy import read_policy

    if explain is not None:
        _explain(workspace, explain)
        return
    with workspace.change(keep=not dry_run) as store:
        policy = read_policy(store)
        graded = grade_everyone(store, policy, workspace.today)
        enrol(store, policy, workspace.today)
        find_rhythms(store, workspace.today)
        by_grade = totals(store)
        changed = changes(store, CHANGES_SHOWN if workspace.format == "table" else None)
    workspace.show(_document(workspace, policy, graded, by_grade, changed, dry_run))


def _document(
    workspace: Workspace,
    policy: "Policy",
    graded: "Graded",
    by_grade: "list[GradeTotal]",
    changed: "list[Change]",
    dry_run: bool,
) -> "Document":
    from retain_cli.document import Block, Column, Document, Note, Table
    from retain_cli.model.grade import GRADES, NONE_YET
    from retain_cli.model.money import Money

    totals = {total.grade: total for total in by_grade}
    grades: dict[str, Any] = {}
    for grade in (*GRADES, None):
        total = totals.get(grade)
        grades[grade or NONE_YET] = {
            "customers": total.customers if total else 0,
            "amount": Money(total.amount if total else 0, policy.currency),
        }
    borders = {"A": graded.thresholds.lowest_a, "B": graded.thresholds.lowest_b}
    data: dict[str, Any] = {
        "as_of": workspace.today,
        "scheme": "amount",
        "window_months": policy.window_months,
        "grades": grades,
        "thresholds": {g: None if b is None else Money(b, policy.currency) for g, b in borders.items()},
        "changed": graded.changed,
        "changes": [_change(change, graded, policy) for change in changed],
    }
    table = Table(
        [Column("Grade"), Column("Customers", "right"), Column("Net amount", "right"), Column("From", "right")],
        [
            ("none yet" if g == NONE_YET else g, entry["customers"], entry["amount"], data["thresholds"].get(g))
            for g, entry in grades.items()
        ],
        title=f"Grades on {workspace.today}, by net amount over {policy.window_months} months",
    )
    blocks: list[Block] = [table, *_changes_block(data["changes"], graded.changed)]
    if dry_run:
        blocks.append(Note("A dry run: nothing was changed."))
    return Document(data, blocks, data["changes"])


def _change(change: "Change", graded: "Graded", policy: "Policy") -> dict[str, Any]:
    from retain_cli.model.grade import NONE_YET

    return {
        "customer": {"id": change.customer_id, "external_id": change.external_id, "name": change.name},
        "from": change.from_grade or NONE_YET,
        "to": change.to_grade or NONE_YET,
        "because": _because(change, graded, policy),
    }


def _because(change: "Change", graded: "Graded", policy: "Policy") -> str:
    from retain_cli.model.money import Money

    if change.amount is None:
        return f"bought nothing in the last {policy.window_months} months"
    borders = {"A": graded.thresholds.lowest_a, "B": graded.thresholds.lowest_b, "C": graded.thresholds.lowest_b}
    border = Money(borders[change.to_grade or "C"] or 0, policy.currency)
    place = f"below {border}" if change.to_grade == "C" else f"at least {border}"
    return f"bought {Money(change.amount, policy.currency)}, {place}"


def _changes_block(changes: list[dict[str, Any]], total: int) -> list[Any]:
    from retain_cli.document import Column, Note, Table

    if not total:
        return [Note("Nobody's grade changed.")]
    rows = [(c["customer"]["name"], f"{c['from']} → {c['to']}", c["because"]) for c in changes]
    blocks: list[Any] = [
        Table([Column("Customer"), Column("Grade", wraps=False), Column("Because")], rows, f"{total:,} changed")
    ]
    if total > len(changes):
        blocks.append(Note(f"and {total - len(changes):,} more; -f csv lists them all."))
    return blocks


def _explain(workspace: Workspace, words: str) -> None:
    from retain_cli.classify.explanation import explain
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, words)
        explanation = explain(store, policy, found.id, found.grade, workspace.today)
    workspace.show(_explanation(workspace, policy, found, explanation))


def _explanation(workspace: Workspace, policy: "Policy", found: "Found", why: "Explanation") -> "Document":
    from retain_cli.commands.parameters import money
    from retain_cli.document import Block, Column, Document, Figures, Table
    from retain_cli.model.grade import NONE_YET

    code = policy.currency
    last_on = why.bought.last_on
    history = [
        {"on": past.changed_on, "from": past.from_grade or NONE_YET, "to": past.to_grade or NONE_YET}
        for past in why.history
    ]
    data: dict[str, Any] = {
        "customer": {"id": found.id, "external_id": found.external_id, "name": found.name},
        "grade": found.grade or NONE_YET,
        "graded_on": why.graded_on,
        "window_months": policy.window_months,
        "recency_days": (workspace.today - last_on).days if last_on else None,
        "frequency": why.bought.orders,
        "amount": money(why.bought.amount, code),
        "categories": [{"category": c.category, "amount": money(c.amount, code)} for c in why.categories],
        "thresholds": {"A": money(why.thresholds.lowest_a, code), "B": money(why.thresholds.lowest_b, code)},
        "would_change": why.would_change,
        "history": history,
    }
    bought = f"{last_on}, {data['recency_days']} days ago" if last_on else "nothing in the window"
    categories = ", ".join(f"{c['category']} {c['amount']}" for c in data["categories"])
    pairs = [
        ("Grade", f"{data['grade']}, graded on {why.graded_on}" if why.graded_on else data["grade"]),
        ("Amount", data["amount"] or "nothing"),
        ("Frequency", f"{why.bought.orders} days with a purchase in {policy.window_months} months"),
        ("Recency", bought),
        ("Categories", categories or "none noted"),
        ("Borders", f"A from {data['thresholds']['A']}, B from {data['thresholds']['B']}"),
        ("Would change it", why.would_change),
    ]
    blocks: list[Block] = [Figures(pairs, f"Why {found.name} is {data['grade']}")]
    if history:
        rows = [(past["on"], f"{past['from']} → {past['to']}") for past in history]
        blocks.append(Table([Column("On"), Column("Grade")], rows, "History"))
    return Document(data, blocks)
