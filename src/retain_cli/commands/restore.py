"""`retain restore`."""

from pathlib import Path
from typing import Annotated

import typer

from retain_cli.workspace import Workspace


def restore(
    workspace: Workspace,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder that retain export all wrote.")],
) -> None:
    """Make a database of a whole export again: every record, as it was.

    Takes CSV or JSON lines, whichever the folder holds, into a database that is not there yet or holds nothing:
    all of it, or nothing at all.
    """
    from retain_cli.document import Column, Document, Table
    from retain_cli.render.progress import progress
    from retain_cli.restoring.contents import files
    from retain_cli.restoring.restore import refuse_unless_empty
    from retain_cli.restoring.restore import restore as take_in

    found = files(Path(folder))
    with progress() as advance, workspace.change(creates=True) as store:
        refuse_unless_empty(store, workspace.database)
        take_in(store, found, workspace.today, advance)
    data = [{"table": one.table, "file": str(one.path), "rows": one.rows} for one in found]
    rows = [[one["table"], one["rows"], one["file"]] for one in data if one["rows"]]
    table = Table([Column("Table"), Column("Rows", "right"), Column("File")], rows)
    workspace.show(Document({"files": data}, [table], data))
