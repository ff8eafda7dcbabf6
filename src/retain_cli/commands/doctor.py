"""`retain doctor`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.doctor.examination import Checked
    from retain_cli.document import Document

_HEADER = ("check", "finding", "next_step")
"""The columns of the CSV form."""


def doctor(
    workspace: Workspace,
    mend: Annotated[
        bool, typer.Option("--mend", help="Count anew what is kept beside the visits, where it is not as they say.")
    ] = False,
) -> int:
    """Whether everything is in order.

    Looks at the file, at what is kept beside the facts, and at what waits for somebody. Ends with 1 where something
    is not in order, and says what to do about it. Nothing is changed without --mend.
    """
    from retain_cli.doctor.examination import examine
    from retain_cli.doctor.finding import Asked
    from retain_cli.plan.clocks import follow_these, out_of_step
    from retain_cli.store.policy import read_policy

    if mend:
        with workspace.change() as store:
            follow_these(store, out_of_step(store))
    else:
        workspace = workspace._replace(only_asks=True)
    with workspace.open() as store:
        found = examine(Asked(store, read_policy(store), workspace.database, workspace.today))
    workspace.show(_document(found))
    return 1 if any(one.findings for one in found) else 0


def _document(found: "list[Checked]") -> "Document":
    from retain_cli.document import Block, Column, Document, Note, Table
    from retain_cli.wording import count_of

    records = [
        {"check": one.name, "finding": finding.said, "next_step": finding.next_step}
        for one in found
        for finding in one.findings
    ]
    data = {"checks": [{"check": one.name, "about": one.about, "findings": len(one.findings)} for one in found]}
    columns = [Column("Looked at"), Column("Found", "right")]
    rows = [(one.about.removesuffix("."), len(one.findings) or "well") for one in found]
    blocks: list[Block] = [Table(columns, rows)]
    blocks += [Note(f"{one['finding'][:1].upper()}{one['finding'][1:]}. {one['next_step']}") for one in records]
    if not records:
        blocks.append(Note(f"{count_of(len(found), 'thing')} looked at, everything is in order."))
    return Document(data | {"findings": records}, blocks, records, header=_HEADER)
