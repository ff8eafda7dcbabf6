"""`retain batches`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.record.batches import Batch

_HEADER = (
    "batch", "on", "kind", "file", "source", "rows", "created", "updated", "unchanged", "rejected", "review",
    "suppressed", "waiting", "undone_by",
)  # fmt: skip
"""The columns of the CSV form."""


def batches(
    workspace: Workspace,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="The newest N.")] = None,
) -> None:
    """What was imported, merged and undone, the newest first.

    `retain undo` takes the number in the first column.
    """
    from retain_cli.record.batches import batches

    with workspace.open() as store:
        found = batches(store, limit)
    workspace.show(_document(found))


def _document(found: "list[Batch]") -> "Document":
    from retain_cli.document import Column, Document, Note, Table

    data = [
        {
            "batch": one.id,
            "on": one.imported_on,
            **{key: value for key, value in one._asdict().items() if key not in ("id", "imported_on", "undone_by")},
            "undone_by": one.undone_by,
        }
        for one in found
    ]
    if not data:
        return Document(data, [Note("Nothing was imported yet.")], header=_HEADER)
    columns = [
        Column("Batch", "right"), Column("Day", wraps=False), Column("What"), Column("File"),
        *(Column(title, "right") for title in ("New", "Changed", "Waiting", "Undone by")),
    ]  # fmt: skip
    rows = [
        (one.id, one.imported_on, one.kind, one.file, one.created, one.updated, one.waiting, one.undone_by)
        for one in found
    ]
    return Document(data, [Table(columns, rows)], header=_HEADER)
