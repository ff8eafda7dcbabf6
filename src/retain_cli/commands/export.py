"""`retain export`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator


def export(
    workspace: Workspace,
    table: Annotated[str, typer.Argument(metavar="TABLE", help="customers, purchases, visits, needs, …, or all.")],
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Where to; made if it is not there.")],
    for_contact: Annotated[
        bool, typer.Option("--for-contact", help="Only customers who may be contacted; the others are counted.")
    ] = False,
) -> None:
    """Take what is kept elsewhere: one CSV file for each table, or with -f json one JSON object a line.

    retain restore makes a database of all of them again; customers, purchases and visits can be imported too.
    """
    from retain_cli.commands.parameters import word_option
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.errors import WrongUse
    from retain_cli.exporting.asked import Asked, sources
    from retain_cli.exporting.contents import COLUMNS, CONTENTS, entries
    from retain_cli.exporting.tables.customers import left_out
    from retain_cli.render.new_file import exists, new_file
    from retain_cli.render.record_files import ENDINGS, write_records
    from retain_cli.store.policy import read_policy
    from retain_cli.store.tables import IMPORTED, RECORDS, last_numbers
    from retain_cli.wording import count_of

    names = [*IMPORTED, *RECORDS]
    chosen = word_option(table, [*names, "all"], "TABLE")
    if for_contact and chosen != "customers":
        raise WrongUse("--for-contact is about customers", "Write: retain export customers DIR --for-contact.")
    into = Path(folder)
    if into.exists() and not into.is_dir():
        raise exists(into)
    form = "json" if workspace.format == "json" else "csv"
    with workspace.open() as store:
        policy = read_policy(store)
        suffixes = _suffixes(sources(store) or ["shop"])
        parts = [
            (name, source, into / f"{name}{suffix}{ENDINGS[form]}")
            for name in (names if chosen == "all" else [chosen])
            for source, suffix in (suffixes if name in IMPORTED else {None: ""}).items()
        ]
        contents = into / f"{CONTENTS}{ENDINGS[form]}"
        for path in [*(path for _, _, path in parts), *([contents] if chosen == "all" else [])]:
            if path.is_dir() or (path.exists() and not workspace.yes):
                raise exists(path)
        _make(into)
        data = []
        for name, source, path in parts:
            asked = Asked(store, policy, workspace.today, source or "", for_contact)
            columns, rows = _table(asked, name)
            with new_file(path, replaces=workspace.yes) as stream:
                data.append({"table": name, "file": str(path), "rows": write_records(form, columns, rows, stream)})
        if chosen == "all":
            # Last, so that whoever finds it finds the others whole.
            with new_file(contents, replaces=workspace.yes) as stream:
                write_records(form, COLUMNS, entries(data, last_numbers(store)), stream)
        suppressed = left_out(asked) if for_contact else {}
    table_of_files = Table(
        [Column("Table"), Column("Rows", "right"), Column("File")],
        [[one["table"], one["rows"], one["file"]] for one in data],
    )
    notes = [Note(f"{count_of(customers, 'customer')} left out: {why}.") for why, customers in suppressed.items()]
    workspace.show(Document({"files": data, "suppressed": suppressed}, [table_of_files, *notes], data))
    if chosen == "all":
        from shlex import quote

        if form == "csv":
            workspace.say(_how_to_import(parts, policy.currency))
        workspace.say(f"To take everything in again: retain restore {quote(str(into))} --db fresh.db")


def _suffixes(programs: list[str]) -> dict[str | None, str]:
    """What the files of each program's ids are called after, beyond their table; none of two the same."""
    found: dict[str | None, str] = {}
    for program in programs:
        plain = "-" + "".join(letter if letter.isalnum() else "_" for letter in program)
        suffix, number = plain if program != "shop" else "", 1
        # No two names that differ by case alone: to some file systems they are one.
        while suffix.casefold() in (other.casefold() for other in found.values()):
            number += 1
            suffix = f"{plain}-{number}"
        found[program] = suffix
    return found


def _make(folder: Path) -> None:
    from retain_cli.errors import OutputExists

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise OutputExists(f"{folder} lies in something that is not a folder", "Name another folder.") from None
    except OSError as problem:
        raise OutputExists(f"{folder} cannot be made: {problem.strerror}", "Name another folder.") from problem


def _table(asked: Any, name: str) -> "tuple[list[str], Iterator[dict[str, Any]]]":
    from retain_cli.exporting import records
    from retain_cli.exporting.asked import AS_KEPT
    from retain_cli.exporting.tables import customers, purchases, visits

    member: Any = {"customers": customers, "purchases": purchases, "visits": visits}.get(name)
    if member is None:
        return records.rows(asked, name)
    kept = [] if asked.for_contact else [AS_KEPT + column for column in member.KEPT]
    return [*member.COLUMNS, *kept], member.rows(asked)


def _how_to_import(parts: "list[tuple[str, str | None, Path]]", currency: str) -> str:
    """The words that take it in again; the ids of each program with its name."""
    from shlex import quote

    files: dict[str, list[str]] = {}
    for _, source, path in parts:
        if source is not None:
            files.setdefault(source, []).append(quote(str(path)))
    lines = [
        f"retain import {' '.join(paths)} --date-order ymd --decimal point --currency {currency}"
        + ("" if source == "shop" else f" --source {quote(source)}")
        for source, paths in files.items()
    ]
    return "Customers, purchases and visits alone: " + " && ".join(lines)
