"""`retain erase`."""

from typing import Annotated

import typer

from retain_cli.commands.deciding import CustomerArgument
from retain_cli.workspace import Workspace


def erase(
    workspace: Workspace,
    customer: CustomerArgument,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be taken away, and leave it.")] = False,
) -> None:
    """Forget a customer for good, as somebody may ask.

    Everything that is theirs is taken away, also what undo would need. No import brings them back. Copies of the
    file, files you exported, and words about them in the notes of others are yours to look through.
    """
    from retain_cli.document import Document, Note
    from retain_cli.record.erase import erase
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy
    from retain_cli.wording import count_of

    with workspace.open() as store:
        found = find_customer(store, read_policy(store), customer)
    if not dry_run:
        workspace.confirm(f"#{found.id} {found.name} is taken away for good; there is no undo")
    with workspace.change(keep=not dry_run) as store:
        removed = erase(store, found.id, workspace.today)
    rows = sum(removed.values())
    said = f"Customer #{found.id} {'would be' if dry_run else 'is'} forgotten: {count_of(rows, 'row')}."
    notes = [Note(said)]
    if dry_run:
        notes.append(Note("A dry run: nothing was changed."))
    else:
        notes.append(Note("Copies of the database, exported files and the notes of others may still name them."))
    data = {"id": found.id, "rows": removed}
    workspace.show(
        Document(data, notes, [{"id": found.id, "table": table, "rows": n} for table, n in removed.items()])
    )
