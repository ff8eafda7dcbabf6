"""What `retain classify` answers beside grading: why, what if, and the scores."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.classify.explanation import Explanation
    from retain_cli.document import Document
    from retain_cli.record.find import Found
    from retain_cli.store.policy import Policy

_ROWS_SHOWN = 20
_COMPARED_HEADER = (
    "customer_id", "customer_external_id", "customer_name", "from", "to", "from_because", "to_because",
)  # fmt: skip
_SCORED_HEADER = (
    "customer_id", "customer_external_id", "customer_name", "score", "recency", "frequency", "monetary", "segment",
    "grade", "last_on", "orders", "amount", "amount_currency",
)  # fmt: skip
"""The columns of the CSV forms."""


def explained(workspace: Workspace, words: str, scheme: str | None, settings: list[str]) -> "Document":
    """Why one customer has their grade."""
    from retain_cli.classify.choosing import changed_settings
    from retain_cli.classify.explanation import explain
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    # Other schemes than amount are worked out in temporary tables, which a reader may not have.
    with workspace.open() as store:
        policy = read_policy(store)
        policy = policy._replace(**changed_settings(policy, scheme, settings))
        found = find_customer(store, policy, words)
        plain = policy.grade_scheme == "amount"
        explanation = explain(store, policy, found.id, found.grade, workspace.today) if plain else None
    if explanation is None:
        with workspace.change(keep=False) as store:
            explanation = explain(store, policy, found.id, found.grade, workspace.today)
    return _explanation(workspace, policy, found, explanation)


def compared(workspace: Workspace, schemes: tuple[str, str], settings: list[str]) -> "Document":
    """Whom two schemes grade differently."""
    from retain_cli.classify.choosing import changed_settings
    from retain_cli.classify.comparing import compare
    from retain_cli.document import Block, Column, Document, Note, Table
    from retain_cli.store.policy import read_policy

    first, second = schemes
    with workspace.change(keep=False) as store:
        policy = read_policy(store)
        policy = policy._replace(**changed_settings(policy, None, settings))
        both = compare(store, policy, workspace.today, first, second)
    customers = {(pair.first, pair.second): pair.customers for pair in both.pairs}
    table = {f: {s: customers.get((f, s), 0) for s in "ABC"} for f in "ABC"}
    changes: list[dict[str, Any]] = [
        {
            "customer": {"id": row.customer_id, "external_id": row.external_id, "name": row.name},
            "from": row.first,
            "to": row.second,
            "from_because": row.first_because,
            "to_because": row.second_because,
        }
        for row in both.differing
    ]
    total = sum(customers.values())
    data = {"first": first, "second": second, "customers": total, "table": table, "changes": changes}
    blocks: list[Block] = [
        Table(
            [Column(f"{first} ↓ {second} →"), *(Column(s, "right") for s in "ABC")],
            [(f, *(table[f][s] for s in "ABC")) for f in "ABC"],
            f"{len(changes):,} of {total:,} customers would change from {first} to {second}",
        )
    ]
    if changes:
        rows = [
            (c["customer"]["name"], f"{c['from']} → {c['to']}", c["from_because"], c["to_because"])
            for c in changes[:_ROWS_SHOWN]
        ]
        columns = [Column("Customer"), Column("Grade", wraps=False), Column(f"By {first}"), Column(f"By {second}")]
        blocks.append(Table(columns, rows))
    if len(changes) > _ROWS_SHOWN:
        blocks.append(Note(f"and {len(changes) - _ROWS_SHOWN:,} more; -f csv lists them all."))
    blocks.append(Note("Pins and hysteresis are left out; nothing was changed."))
    return Document(data, blocks, changes, header=_COMPARED_HEADER)


def scored(workspace: Workspace, settings: list[str]) -> "Document":
    """Everybody's scores of recency, frequency and amount."""
    from retain_cli.classify.choosing import changed_settings
    from retain_cli.classify.grading import named_scheme, score_everyone
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.model.money import Money
    from retain_cli.store.policy import read_policy

    rfm = named_scheme("rfm")
    with workspace.change(keep=False) as store:
        policy = read_policy(store)
        policy = policy._replace(**changed_settings(policy, None, settings))
        asked, _ = score_everyone(store, policy, workspace.today, rfm)
        data = []
        for one in rfm.everybody(store):
            segment = rfm.segment(asked, one)
            recency, frequency, amount = one.digits
            data.append(
                {
                    "customer": {"id": one.customer_id, "external_id": one.external_id, "name": one.name},
                    "score": f"{recency}{frequency}{amount}", "recency": recency, "frequency": frequency,
                    "monetary": amount, "segment": segment.name, "grade": segment.grade, "last_on": one.last_on,
                    "orders": one.orders, "amount": Money(one.amount, policy.currency),
                }
            )  # fmt: skip
    columns = [
        Column("Customer"), Column("RFM", wraps=False), Column("Segment"), Column("Grade"), Column("Last bought"),
        Column("Orders", "right"), Column("Amount", "right"),
    ]  # fmt: skip
    rows = [
        (o["customer"]["name"], o["score"], o["segment"], o["grade"], o["last_on"], o["orders"], o["amount"])
        for o in data[:_ROWS_SHOWN]
    ]
    blocks: list[Any] = [Table(columns, rows)] if rows else [Note("Nobody bought in the window.")]
    if len(data) > _ROWS_SHOWN:
        blocks.append(Note(f"and {len(data) - _ROWS_SHOWN:,} more; -f csv lists them all."))
    return Document(data, blocks, header=_SCORED_HEADER)


def segment_table(workspace: Workspace, path: str | None) -> "Document":
    """The table of segments, or a new one taken from a file."""
    from retain_cli.classify.segments import parse_segments, read_segments
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.errors import BadInput, InputMissing
    from retain_cli.store.policy import read_policy, set_policy

    if path is None:
        with workspace.open() as store:
            found = read_segments(read_policy(store))
    else:
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except OSError as problem:
            raise InputMissing(f"{path} cannot be read: {problem.strerror}", "Name a CSV file.") from problem
        except UnicodeDecodeError as problem:
            raise BadInput(f"{path} is not text in UTF-8", "Save it as CSV in UTF-8.") from problem
        found = parse_segments(text)
        with workspace.change() as store:
            set_policy(store, "rfm_segments", text)
    data = [
        {
            "segment": s.name, "recency": _scores(s.recency), "frequency and amount": _scores(s.frequency_amount),
            "grade": s.grade,
        }
        for s in found
    ]  # fmt: skip
    titles = ("Segment", "Recency", "Frequency and amount", "Grade")
    rows = [tuple(row.values()) for row in data]
    blocks: list[Any] = [Table([Column(title) for title in titles], rows)]
    if path is not None:
        blocks.append(Note("Kept; it counts from the next classify by rfm on."))
    return Document(data, blocks)


def _scores(scores: tuple[int, int]) -> str:
    return str(scores[0]) if scores[0] == scores[1] else f"{scores[0]}-{scores[1]}"


def _explanation(workspace: Workspace, policy: "Policy", found: "Found", why: "Explanation") -> "Document":
    from retain_cli.commands.parameters import money
    from retain_cli.document import Block, Column, Document, Figures, Table
    from retain_cli.model.grade import NONE_YET

    code = policy.currency
    in_money = why.scheme in ("amount", "value")
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
        "thresholds": {
            "A": money(why.thresholds.lowest_a if in_money else None, code),
            "B": money(why.thresholds.lowest_b if in_money else None, code),
        },
        "would_change": why.would_change,
        "scheme": why.scheme,
        "comes_from": [{"what": name, "value": text} for name, text in why.comes_from],
        "pin": None
        if why.pin is None
        else {"grade": why.pin.grade, "reason": why.pin.reason, "until": why.pin.until_on},
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
        ("Borders", f"A from {data['thresholds']['A']}, B from {data['thresholds']['B']}" if in_money else None),
        ("Scheme", None if why.scheme == "amount" else why.scheme),
        *(() if why.scheme == "amount" and policy.amount_cut == "customers" else why.comes_from),
        ("Pinned", f"{why.pin.grade}: {why.pin.reason}" if why.pin else None),
        ("Would change it", why.would_change),
    ]
    blocks: list[Block] = [Figures([pair for pair in pairs if pair[1]], f"Why {found.name} is {data['grade']}")]
    if history:
        rows = [(past["on"], f"{past['from']} → {past['to']}") for past in history]
        blocks.append(Table([Column("On"), Column("Grade")], rows, "History"))
    return Document(data, blocks)
