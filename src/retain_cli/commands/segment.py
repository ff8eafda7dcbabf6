"""`retain segment`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document


def segment(
    workspace: Workspace,
    name: Annotated[str | None, typer.Argument(help="The segment's name.", show_default=False)] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="CONDITION", help="Keep this condition under the name.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the segment away; the customers stay.")] = False,
    columns: Annotated[bool, typer.Option("--columns", help="What a condition may name.")] = False,
) -> None:
    """Customers by a condition, under a name to use in lists.

    For example: retain segment sleepers --where "grade in (A, B) and days_since_visit > 90". Without a name it
    lists the segments there are, with a name it says whom one means.
    """
    from retain_cli.errors import WrongUse

    if sum((columns, where is not None, remove)) > 1 or ((where is not None or remove) and name is None):
        raise WrongUse("that is not one thing to do", 'Write: retain segment NAME --where "…", or NAME --remove.')
    if columns:
        workspace.show(_columns())
    else:
        workspace.show(_segments(workspace, name, where, remove))


def _segments(workspace: Workspace, name: str | None, where: str | None, remove: bool) -> "Document":
    from retain_cli.document import Document, Note
    from retain_cli.segments import saved
    from retain_cli.segments.condition import parse
    from retain_cli.store.policy import read_policy

    changes = remove or where is not None
    with workspace.change() if changes else workspace.open() as store:
        policy = read_policy(store)
        if name is None:
            found = saved.segments(store)
        elif remove:
            gone = saved.remove_segment(store, name)
            return Document({"name": gone.name, "removed": True}, [Note(f"{gone.name} is no segment any more.")])
        elif where is not None:
            parse(where, policy, workspace.today)
            found = [saved.save_segment(store, name, where, workspace.today)]
        else:
            found = [saved.saved_segment(store, name)]
        data = [
            {
                "name": one.name,
                "where": one.condition,
                "made_on": one.made_on,
                "customers": saved.count(store, parse(one.condition, policy, workspace.today)),
            }
            for one in found
        ]
    return Document(data, _blocks(data), header=("name", "where", "made_on", "customers"))


def _blocks(data: list[dict[str, Any]]) -> list[Any]:
    from retain_cli.document import Column, Note, Table

    if not data:
        return [Note('There is no segment yet. Make one with: retain segment NAME --where "…".')]
    titles = [Column("Segment"), Column("Customers", "right"), Column("Made on", wraps=False), Column("Who")]
    return [Table(titles, [(one["name"], one["customers"], one["made_on"], one["where"]) for one in data])]


def _columns() -> "Document":
    from retain_cli.document import Column, Document, Table
    from retain_cli.segments.fields import FIELDS

    data = [{"column": f.name, "kind": _KINDS.get(f.kind, f.kind), "means": f.means} for f in FIELDS.values()]
    return Document(
        data, [Table([Column("Column"), Column("Holds"), Column("Means")], [tuple(d.values()) for d in data])]
    )


_KINDS = {"bought": "text", "days since": "number"}
