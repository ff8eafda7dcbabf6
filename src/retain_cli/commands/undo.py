"""`retain undo`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.record.undo import Undone

_WORDS = {
    "purchase": ("purchase", "purchases"),
    "visit": ("visit", "visits"),
    "customer": ("customer", "customers"),
    "customer_identity": ("id", "ids"),
    "staff": ("person of the staff", "people of the staff"),
    "review_item": ("row of the review", "rows of the review"),
}


def undo(
    workspace: Workspace,
    batch: Annotated[int, typer.Argument(metavar="BATCH", help="The number in `retain batches`.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be taken back, and leave it.")] = False,
) -> None:
    """Take an import or a merge back.

    What it created goes, what it overwrote stands there again. What was edited since stays, and is named.
    """
    from retain_cli.plan.clocks import follow_touched
    from retain_cli.plan.levelling import settle_after_change
    from retain_cli.record.undo import undo
    from retain_cli.store.policy import read_policy

    with workspace.change(keep=not dry_run) as store:
        done = undo(store, batch, workspace.today)
        follow_touched(store)
        if not dry_run:
            settle_after_change(store, read_policy(store), workspace.today)
    workspace.show(_document(batch, done, dry_run))


def _document(batch: int, done: "Undone", dry_run: bool) -> "Document":
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.wording import count_of

    data = {
        "batch": batch,
        "undo": None if dry_run else done.number,
        "removed": done.removed,
        "restored": done.restored,
        "kept": [one._asdict() for one in done.kept],
    }
    removed = [count_of(n, *_WORDS.get(table, (table.replace("_", " "), ""))) for table, n in done.removed.items()]
    said = [f"{done.undid.file}, parted again"] if done.undid.kind == "merge" else []
    said += [f"taken away: {', '.join(removed)}"] if removed else []
    said += [f"{count_of(done.restored, 'row')} as before"] if done.restored else []
    blocks: list[Note | Table] = [Note(f"Batch {batch}: {'; '.join(said) or 'nothing to take back'}.")]
    if done.kept:
        columns = [Column("Kept", wraps=False), Column("Name"), Column("What"), Column("Because")]
        rows = [
            ("" if one.customer_id is None else f"#{one.customer_id}", one.customer, one.what, one.why)
            for one in done.kept
        ]
        blocks.append(Table(columns, rows))
    if dry_run:
        blocks.append(Note("A dry run: nothing was changed."))
    record = {
        "batch": batch,
        "undo": data["undo"],
        **done.removed,
        "restored": done.restored,
        "kept": len(done.kept),
    }
    return Document(data, blocks, [record])
