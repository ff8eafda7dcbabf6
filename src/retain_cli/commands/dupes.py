"""`retain dupes`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.record.duplicates import Pair, Person

_SHOWN = 50

_HEADER = (
    "first", "first_name", "second", "second_name", "probability", "reasons",
)  # fmt: skip
"""The columns of the CSV form."""


def dupes(
    workspace: Workspace,
    at_least: Annotated[
        int,
        typer.Option("--at-least", metavar="PERCENT", min=1, max=100, help="Only pairs at least so probable."),
    ] = 50,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="The surest N.")] = None,
) -> None:
    """Customers who may be one person, the surest pair first, with the reasons.

    Nothing is merged: `retain merge` does that, one pair at a time.
    """
    from retain_cli.record.duplicates import duplicates

    with workspace.open() as store:
        found = duplicates(store, at_least / 100)
    workspace.show(_document(found[:limit]))


def _document(found: "list[Pair]") -> "Document":
    from retain_cli.document import Block, Column, Document, Note, Table

    data = [
        {
            "first": _person(pair.first),
            "second": _person(pair.second),
            "probability": round(pair.probability, 4),
            "reasons": pair.reasons,
        }
        for pair in found
    ]
    records = [
        {
            "first": pair.first.id,
            "first_name": pair.first.name,
            "second": pair.second.id,
            "second_name": pair.second.name,
            "probability": round(pair.probability, 4),
            "reasons": "; ".join(pair.reasons),
        }
        for pair in found
    ]
    if not found:
        return Document(data, [Note("No two customers look like one person.")], records, header=_HEADER)
    columns = [Column("Keep"), Column("Other"), Column("Sure", "right"), Column("Because")]
    rows = [
        (_lines(pair.first), _lines(pair.second), f"{int(pair.probability * 100)} %", ", ".join(pair.reasons))
        for pair in found[:_SHOWN]
    ]
    blocks: list[Block] = [Table(columns, rows, lines_between=True)]
    if len(found) > _SHOWN:
        blocks.append(Note(f"and {len(found) - _SHOWN:,} more; -f csv has them all."))
    blocks.append(Note("Make one of two with: retain merge '#KEEP' '#OTHER'"))
    return Document(data, blocks, records, header=_HEADER)


def _person(person: "Person") -> dict[str, Any]:
    return {
        name: getattr(person, name) for name in ("id", "external_id", "name", "phone", "email", "address", "area")
    }


def _lines(person: "Person") -> list[str]:
    return [f"#{person.id} {person.name}", person.phone or person.email or person.address or ""]
