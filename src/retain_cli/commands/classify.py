"""`retain classify`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.classify.graded import Change, GradeTotal
    from retain_cli.classify.grading import Graded
    from retain_cli.document import Document
    from retain_cli.store.policy import Policy

CHANGES_SHOWN = 20

_HEADER = (
    "customer_id", "customer_external_id", "customer_name", "from", "to", "because",
)  # fmt: skip
"""The columns of the CSV form."""
_BY = {"amount": "net amount", "rfm": "recency, frequency and amount", "value": "expected amount, bought"}


def classify(
    workspace: Workspace,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain", metavar="CUSTOMER", help="Say why this customer has their grade; changes nothing."
        ),
    ] = None,
    scheme: Annotated[
        str | None, typer.Option("--scheme", metavar="NAME", help="Grade by amount, rfm, category or value.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME=VALUE", help="Set what the scheme asks: cut=revenue, months=36 …"),
    ] = None,
    from_now_on: Annotated[
        bool, typer.Option("--from-now-on", help="Keep --scheme and --with as the shop's own.")
    ] = False,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option("--compare", metavar="SCHEME SCHEME", help="Who would change between two; changes nothing."),
    ] = None,
    scores: Annotated[
        bool, typer.Option("--scores", help="Everybody's RFM scores and segment; changes nothing.")
    ] = False,
    segments: Annotated[bool, typer.Option("--segments", help="The table of RFM segments.")] = False,
    segments_from: Annotated[
        str | None,
        typer.Option("--segments-from", metavar="FILE", help="Take the table of RFM segments from a CSV."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    no_predict: Annotated[
        bool, typer.Option("--no-predict", help="Leave what is expected of everyone as it is.")
    ] = False,
) -> None:
    """Grade customers A, B, C from what they bought.

    A is the best 20 % by net amount over the last 24 months, B the next 30 %, C the rest who bought; --scheme
    grades otherwise. Whoever gets another grade moves onto the plan of that grade.
    """
    from retain_cli.classify.choosing import changed_settings, keep_settings
    from retain_cli.classify.graded import changes, totals
    from retain_cli.classify.grading import grade_everyone
    from retain_cli.commands.grades import compared, explained, scored, segment_table
    from retain_cli.errors import WrongUse
    from retain_cli.plan.enrolment import enrol
    from retain_cli.store.policy import read_policy

    if sum((explain is not None, compare is not None, scores, segments, segments_from is not None)) > 1:
        raise WrongUse("that is more than one question", "Ask for one of them at a time.")
    asking = workspace._replace(only_asks=segments_from is None)
    if explain is not None:
        return asking.show(explained(workspace, explain, scheme, settings or []))
    if compare is not None:
        return asking.show(compared(workspace, compare, settings or []))
    if scores:
        return asking.show(scored(workspace, settings or []))
    if segments or segments_from is not None:
        return asking.show(segment_table(workspace, segments_from))
    with workspace.change(keep=not dry_run) as store:
        policy = read_policy(store)
        changed_policy = changed_settings(policy, scheme, settings or [])
        if from_now_on:
            keep_settings(store, changed_policy)
        policy = policy._replace(**changed_policy)
        graded = grade_everyone(store, policy, workspace.today)
        enrol(store, policy, workspace.today)
        predicted = None
        if not no_predict:
            from retain_cli.classify.rhythm import find_rhythms
            from retain_cli.predict.predictions import predict_everyone

            find_rhythms(store, workspace.today)
            predicted = predict_everyone(store, policy, workspace.today)
        by_grade = totals(store)
        most = CHANGES_SHOWN if workspace.format == "table" else None
        changed = [_change(change, graded, policy) for change in changes(store, most)]
    answer = _document(workspace, policy, graded, by_grade, changed, dry_run)
    if predicted is not None:
        from retain_cli.commands.expectations import told

        answer = told(answer, predicted)
    return workspace.show(answer)


def _document(
    workspace: Workspace,
    policy: "Policy",
    graded: "Graded",
    by_grade: "list[GradeTotal]",
    changed: list[dict[str, Any]],
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
    scheme = graded.scheme.NAME
    # Only a border that is money can be told as an amount.
    in_money = graded.scheme.KEEPS
    borders = {"A": graded.thresholds.lowest_a if in_money else None}
    borders["B"] = graded.thresholds.lowest_b if in_money else None
    data: dict[str, Any] = {
        "as_of": workspace.today,
        "scheme": scheme,
        "window_months": policy.window_months,
        "grades": grades,
        "thresholds": {g: None if b is None else Money(b, policy.currency) for g, b in borders.items()},
        "changed": graded.changed,
        "changes": changed,
    }
    table = Table(
        [Column("Grade"), Column("Customers", "right"), Column("Net amount", "right"), Column("From", "right")],
        [
            ("none yet" if g == NONE_YET else g, entry["customers"], entry["amount"], data["thresholds"].get(g))
            for g, entry in grades.items()
        ],
        title=f"Grades on {workspace.today}, by {_BY.get(scheme, scheme)} over {policy.window_months} months",
    )
    blocks: list[Block] = [table, *_changes_block(data["changes"], graded.changed)]
    if dry_run:
        blocks.append(Note("A dry run: nothing was changed."))
    return Document(data, blocks, data["changes"], header=_HEADER)


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

    if change.pinned_because is not None:
        return f"pinned: {change.pinned_because}"
    if change.amount is None:
        return f"bought nothing in the last {policy.window_months} months"
    said = graded.because(change)
    if not graded.scheme.KEEPS:
        return said
    borders = {"A": graded.thresholds.lowest_a, "B": graded.thresholds.lowest_b, "C": graded.thresholds.lowest_b}
    border = Money(borders[change.to_grade or "C"] or 0, policy.currency)
    return f"{said}, {f'below {border}' if change.to_grade == 'C' else f'at least {border}'}"


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
