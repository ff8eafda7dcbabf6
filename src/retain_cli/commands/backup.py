"""`retain backup`."""

from pathlib import Path
from typing import Annotated

import typer

from retain_cli.workspace import Workspace


def backup(
    workspace: Workspace,
    file: Annotated[str, typer.Argument(metavar="NEWFILE", help="Where the copy is to be; nothing is replaced.")],
) -> None:
    """Copy the whole database to a new file, and look whether the copy is whole.

    Others may read and write meanwhile. The copy is a database like the other: `--db NEWFILE` asks it, and put in
    the place of a lost one it goes on from there.
    """
    from retain_cli.document import Document, Note
    from retain_cli.record.size import size
    from retain_cli.wording import count_of

    target = Path(file).expanduser()
    with workspace.open() as store:
        # The first question fixes the moment that the copy is of.
        found = size(store)
        store.copy_to(target)
    length = target.stat().st_size
    said = (
        f"Copied to {target}: {count_of(found.customers, 'customer')}, {count_of(found.purchases, 'purchase')}, "
        f"{count_of(found.visits, 'visit')}, {length / 1e6:,.1f} MB. The copy is whole."
    )
    data = {"file": str(target), "bytes": length, **found._asdict()}
    workspace.show(Document(data, [Note(said)], [data]))
