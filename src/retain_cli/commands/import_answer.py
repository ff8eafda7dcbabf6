"""What `retain import` answers: the counts of each file, how it was read, and row by row what would happen."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retain_cli.document import Block, Document
    from retain_cli.importing.files import Imported
    from retain_cli.importing.layout import Layout
    from retain_cli.importing.preview import Preview
    from retain_cli.importing.problems import Rejects

ROWS_SHOWN = 20
"""How many rows of a dry run stand on a screen."""

_UNUSED_SHOWN = 10
_PEOPLE_NAMED = 10

_HEADER = (
    "file", "line", "what", "customer", "changes", "why",
)  # fmt: skip
"""The columns of the CSV form."""


def document(done: "list[Imported]", refused: "Rejects", preview: "Preview | None") -> "Document":
    """What was understood of each file and what became of its rows; of a dry run, row by row."""
    from retain_cli.document import Block, Column, Document, Note, Table
    from retain_cli.wording import count_of

    keys = ("rows", "created", "updated", "unchanged", "rejected", "review")
    data = [
        {
            "file": one.file,
            "kind": one.layout.kind.name,
            **{key: getattr(one.counts, key) for key in keys},
            "customers_created": one.counts.customers_created,
            "staff_created": one.counts.staff_created,
            "withheld": one.counts.withheld,
            "suppressed": one.counts.suppressed,
            "undecided": one.counts.undecided,
            "batch": None if preview else one.batch,
            "skipped": sum(one.counts.skipped.values()),
            "brand": one.layout.brand and one.layout.brand.code,
            "columns": _mapping_used(one.layout),
            "unused": one.layout.unused,
            "encoding": one.encoding,
            "taken_out": one.counts.taken_out,
        }
        for one in done
    ]
    counted = ("Rows", "New", "Changed", "Same", "Refused", "Review")
    titles = [Column("File"), Column("Kind"), *(Column(title, "right") for title in counted)]
    table = Table(titles, [[Path(entry["file"]).name, *(entry[key] for key in ("kind", *keys))] for entry in data])
    notes: list[Block] = [Note(_understood(one)) for one in done]
    for one in done:
        for count, why in (
            (one.counts.suppressed, "about somebody who was erased"),
            (one.counts.undecided, "fitting several customers"),
        ):
            if count:
                notes.append(Note(f"{Path(one.file).name}: {count:,} left out: {why}."))
        if out := one.counts.taken_out:
            changed = "since their orders have changed or were cancelled"
            notes.append(Note(f"{Path(one.file).name}: {count_of(out, 'purchase')} taken out, {changed}."))
        if added := one.counts.staff_created:
            people = "1 person was" if len(added) == 1 else f"{len(added)} people were"
            named = ", ".join(added[:_PEOPLE_NAMED]) + (" and more" if added[_PEOPLE_NAMED:] else "")
            notes.append(Note(f"{Path(one.file).name}: {people} added to the staff: {named}."))
        if one.counts.withheld:
            dropped = f"{count_of(one.counts.withheld, 'cell')} with the number of a payment card or identity card"
            notes.append(Note(f"{Path(one.file).name}: {dropped}: never kept."))
    if preview is not None:
        return _row_by_row(data, [table, *notes], preview, refused)
    lists = ("columns", "unused", "staff_created")
    records = [{key: value for key, value in entry.items() if key not in lists} for entry in data]
    return Document(data, [table, *notes], records, problems=[str(problem) for problem in refused.shown])


def _row_by_row(
    data: "list[dict[str, Any]]", blocks: "list[Block]", preview: "Preview", refused: "Rejects"
) -> "Document":
    """What a dry run answers: the counts, and what each row would come to."""
    from retain_cli.document import Column, Document, Note, Table

    told = preview.rows()
    for entry in data:
        entry["row_by_row"] = [
            {
                "line": one.line or None,
                "what": one.what,
                "customer": one.customer or None,
                "changes": [{"field": name, "old": old, "new": new} for name, (old, new) in one.changes.items()],
                "why": one.why,
            }
            for one in told
            if one.file == entry["file"]
        ]
    records = [
        {
            "file": one.file,
            "line": one.line or None,
            "what": one.what,
            "customer": one.customer,
            "changes": _changes(one.changes),
            "why": one.why,
        }
        for one in told
    ]
    columns = [Column("Row", wraps=False), Column("What"), Column("Customer"), Column("Because")]
    rows = [
        (
            f"{Path(one.file).name}:{one.line}" if one.line else Path(one.file).name,
            one.what,
            one.customer,
            "; ".join(filter(None, (one.why, _changes(one.changes)))),
        )
        for one in told[:ROWS_SHOWN]
    ]
    blocks = [Table(columns, rows), *blocks]
    if preview.count > ROWS_SHOWN:
        blocks.insert(1, Note(f"and {preview.count - ROWS_SHOWN:,} more; -f csv has them all."))
    blocks.append(Note("A dry run: nothing was changed."))
    problems = [str(problem) for problem in refused.shown]
    return Document(data, blocks, records, problems=problems, header=_HEADER)


def _changes(changes: "Mapping[str, tuple[Any, Any]]") -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {'empty' if old in (None, '') else old} → {new}"
        for name, (old, new) in changes.items()
    )


def _understood(one: "Imported") -> str:
    from retain_cli.wording import count_of

    columns = _columns_understood(one.layout)
    named = ", ".join(one.layout.unused[:_UNUSED_SHOWN])
    more = len(one.layout.unused) - _UNUSED_SHOWN
    unused = f"; not used: {named}{f' and {more} more; -f json names them' if more > 0 else ''}" if named else ""
    new = one.counts.customers_created if one.layout.kind.name != "customers" else 0
    made = f" {count_of(new, 'new customer')}." if new else ""
    brand = f"a file of {one.layout.brand.name}, " if one.layout.brand else ""
    left_out = "".join(f" {count:,} left out: {why}." for why, count in one.counts.skipped.items())
    how = "".join(f" {note[0].upper()}{note[1:]}." for note in one.notes)
    return f"{Path(one.file).name}: {brand}read {columns}{unused}.{left_out}{made}{how}"


def _mapping_used(layout: "Layout") -> dict[str, str]:
    """The field, or fields, of each header."""
    used: dict[str, str] = {}
    for field in layout.columns:
        title = layout.title(field)
        used[title] = f"{used[title]}, {field}" if title in used else field
    return used


def _columns_understood(layout: "Layout") -> str:
    """What each column is taken for; those that are called as their field is are counted, not named."""
    from retain_cli.importing.fields import normal
    from retain_cli.wording import count_of

    told = []
    for field in layout.columns:
        title = layout.title(field)
        alike = f" ({layout.likeness[field]:.0%} alike)" if field in layout.likeness else ""
        if normal(title) != normal(field):
            told.append(f"{title} as {field}{alike}")
    rest = len(layout.columns) - len(told)
    by_name = f"by {'its own name' if rest == 1 else 'their own names'}"
    if not told:
        return f"{count_of(rest, 'column')} {by_name}"
    return ", ".join(told) + (f"; {rest} more {by_name}" if rest else "")
