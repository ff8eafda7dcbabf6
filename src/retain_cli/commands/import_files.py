"""`retain import`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retain_cli.document import Block, Document
    from retain_cli.importing.files import Imported
    from retain_cli.importing.header import Layout
    from retain_cli.importing.preview import Preview
    from retain_cli.importing.problems import Rejects

_ROWS_SHOWN = 20
_LONGEST_SOURCE = 60
_PEOPLE_NAMED = 10

_HEADER = (
    "file", "line", "what", "customer", "changes", "why",
)  # fmt: skip
"""The columns of the CSV form."""


def import_files(
    workspace: Workspace,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="CSV, Excel or vCard files; - reads standard input.")
    ],
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="customers, purchases or visits, if the header does not say."),
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="Which column is which field; may be repeated."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns", metavar="FIELDS", help="The fields of a file without a header, with commas; - skips one."
        ),
    ] = None,
    brand: Annotated[
        str | None,
        typer.Option(
            "--brand", metavar="NAME", help="The program that wrote the file, or none to go by its header alone."
        ),
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option("--delimiter", metavar="MARK", help="comma, semicolon, tab, pipe, space or a character."),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help="What the text was saved in, such as gb18030, if misread."),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar="SHEET", help="Which sheet of a workbook, by name or number."),
    ] = None,
    date_order: Annotated[
        str | None,
        typer.Option("--date-order", metavar="ORDER", help="ymd, dmy or mdy, where the days do not tell."),
    ] = None,
    decimal: Annotated[
        str | None,
        typer.Option("--decimal", metavar="SIGN", help="point or comma, where the amounts do not tell."),
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option(
            "--currency",
            metavar="CODE",
            help="The currency of amounts, such as EUR; the first one said is the shop's.",
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source", metavar="NAME", help="The program whose customer ids these are; each has ids of its own."
        ),
    ] = None,
    on_conflict: Annotated[
        str,
        typer.Option(
            "--on-conflict",
            metavar="RULE",
            help="Rows that fit several customers: review, first, newest, new or skip.",
        ),
    ] = "review",
    save_profile: Annotated[
        str | None,
        typer.Option("--save-profile", metavar="NAME", help="Keep how this file was read, under a name."),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="Read it as the file was read that the profile is of."),
    ] = None,
    rejects: Annotated[
        str | None, typer.Option("--rejects", metavar="NEWFILE", help="Write refused rows there, with the reason.")
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Take in the good rows although some are bad.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show row by row what would happen, and change nothing.")
    ] = False,
) -> int:
    """Take in customers, purchases or visits from CSV, Excel and vCard files.

    All files in one go: every row, or nothing at all. The same file again changes nothing.
    """
    from retain_cli.commands.parameters import count_of, word_option
    from retain_cli.errors import BadInput
    from retain_cli.importing import profiles
    from retain_cli.importing.files import HowToRead, import_files
    from retain_cli.importing.preview import Preview
    from retain_cli.importing.problems import Rejects
    from retain_cli.importing.review import RULES
    from retain_cli.plan.clocks import follow_batch
    from retain_cli.plan.levelling import settle_after_change
    from retain_cli.render.progress import progress
    from retain_cli.store.policy import read_policy

    how = HowToRead(
        kind,
        _mapping(mapping or []),
        columns.split(",") if columns else None,
        delimiter,
        _order(date_order),
        _currency(currency),
        brand=brand,
        source=_source(source),
        on_conflict=word_option(on_conflict, RULES, "--on-conflict"),
        encoding=encoding,
        sheet=sheet,
        decimal=_decimal(decimal),
    )
    refused = Rejects(rejects)
    preview = Preview(_ROWS_SHOWN if workspace.format == "table" else None) if dry_run else None
    try:
        with progress() as advance, workspace.change(creates=True, keep=not dry_run) as store:
            if profile is not None:
                how = profiles.with_profile(store, profile, how)
            agree = None if dry_run else workspace.confirm
            done = import_files(store, files, how, workspace.today, refused, advance, preview, agree)
            for one in done:
                follow_batch(store, one.batch)
            settle_after_change(store, read_policy(store), workspace.today)
            if refused.count and not skip_bad and not dry_run:
                raise BadInput(*_refusal(refused), code="rows-refused", problems=map(str, refused.shown))
            if save_profile is not None:
                profiles.save_profile(store, save_profile, how, done)
    finally:
        refused.close()
    workspace.show(_document(done, refused, preview))
    for problem in refused.shown:
        workspace.say(str(problem))
    if len(refused.paths) > 1:
        workspace.say(f"Refused rows with other columns have a file of their own: {', '.join(refused.paths)}.")
    if save_profile is not None and not dry_run:
        workspace.say(f"How it was read is kept; read the next one like it with --profile {save_profile}.")
    waiting = sum(one.counts.review for one in done)
    if waiting and not dry_run:
        verb = "fits" if waiting == 1 else "fit"
        workspace.say(
            f"{count_of(waiting, 'row')} {verb} several customers; say whom they are about: retain review"
        )
    if refused.count and dry_run and not skip_bad:
        return BadInput.exit_code
    return 3 if refused.count or waiting else 0


def _mapping(pairs: list[str]) -> dict[str, str]:
    from retain_cli.errors import WrongUse

    found = {}
    for pair in pairs:
        column, equals, field = pair.rpartition("=")
        if not equals or not column.strip() or not field.strip():
            raise WrongUse(f"--map {pair!r} does not say COLUMN=FIELD", 'Write --map "Their Column=amount".')
        found[column.strip()] = field.strip()
    return found


def _source(asked: str | None) -> str | None:
    from retain_cli.errors import WrongUse

    if asked is not None and not (asked.isprintable() and 1 <= len(asked.strip()) <= _LONGEST_SOURCE):
        raise WrongUse(f"--source {asked!r} is not a name", f"Use up to {_LONGEST_SOURCE} letters and digits.")
    return asked and asked.strip().casefold()


def _order(asked: str | None) -> str | None:
    from retain_cli.commands.parameters import word_option
    from retain_cli.importing.cells import DATE_ORDERS

    return asked and word_option(asked, DATE_ORDERS, "--date-order")


def _decimal(asked: str | None) -> str | None:
    from retain_cli.commands.parameters import word_option
    from retain_cli.importing.cells import DECIMAL_SIGNS

    return asked and DECIMAL_SIGNS[word_option(asked, list(DECIMAL_SIGNS), "--decimal")]


def _currency(asked: str | None) -> str | None:
    from retain_cli.errors import WrongUse
    from retain_cli.importing import cells

    try:
        return asked and cells.currency(asked)
    except ValueError as problem:
        raise WrongUse(f"--currency {asked!r} is {problem}", "See ISO 4217 for the codes.") from problem


def _refusal(refused: "Rejects") -> tuple[str, str]:
    from retain_cli.commands.parameters import count_of

    paths = " and ".join(refused.paths)
    kept = f"All of them are in {paths}. " if paths else "--rejects FILE keeps them all. "
    return (
        f"{count_of(refused.count, 'row')} cannot be taken in; nothing was changed",
        f"{kept}Mend the rows, or take in the rest with --skip-bad.",
    )


def _document(done: "list[Imported]", refused: "Rejects", preview: "Preview | None") -> "Document":
    from retain_cli.commands.parameters import count_of
    from retain_cli.document import Block, Column, Document, Note, Table

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
                "line": one.line,
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
            "line": one.line,
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
            f"{Path(one.file).name}:{one.line}",
            one.what,
            one.customer,
            "; ".join(filter(None, (one.why, _changes(one.changes)))),
        )
        for one in told[:_ROWS_SHOWN]
    ]
    blocks = [Table(columns, rows), *blocks]
    if preview.count > _ROWS_SHOWN:
        blocks.insert(1, Note(f"and {preview.count - _ROWS_SHOWN:,} more; -f csv has them all."))
    blocks.append(Note("A dry run: nothing was changed."))
    problems = [str(problem) for problem in refused.shown]
    return Document(data, blocks, records, problems=problems, header=_HEADER)


def _changes(changes: "Mapping[str, tuple[Any, Any]]") -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {'empty' if old in (None, '') else old} → {new}"
        for name, (old, new) in changes.items()
    )


def _understood(one: "Imported") -> str:
    columns = ", ".join(map(partial(_understood_column, one.layout), one.layout.columns))
    unused = f"; not used: {', '.join(one.layout.unused)}" if one.layout.unused else ""
    new = one.counts.customers_created if one.layout.kind.name != "customers" else 0
    made = f" {new:,} new customers." if new else ""
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


def _understood_column(layout: "Layout", field: str) -> str:
    alike = f" ({layout.likeness[field]:.0%} alike)" if field in layout.likeness else ""
    title = layout.title(field)
    # A file without a header has its columns called as their fields are.
    return field if title == field else f"{title} as {field}{alike}"
