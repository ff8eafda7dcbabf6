"""`retain import`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.importing.problems import Rejects

_NEXT = "Next: retain classify grades them, then retain due lists whom to contact."
_LONGEST_SOURCE = 60


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
    from retain_cli.classify.first_time import waits_for_grades
    from retain_cli.commands.import_answer import ROWS_SHOWN, document
    from retain_cli.commands.parameters import word_option
    from retain_cli.document import Note
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
    from retain_cli.wording import count_of

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
    files, again = _each_once(files)
    refused = Rejects(rejects)
    preview = Preview(ROWS_SHOWN if workspace.format == "table" else None) if dry_run else None
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
            sold = any(one.counts.created for one in done if one.layout.kind.name == "purchases")
            waits = sold and waits_for_grades(store)
    finally:
        refused.close()
    answer = document(done, refused, preview)
    if waits and not dry_run:
        answer = answer._replace(blocks=[*answer.blocks, Note(_NEXT)])
    workspace.show(answer)
    if again:
        workspace.say(f"Named more than once and taken in once: {', '.join(again)}.")
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


def _each_once(files: list[str]) -> tuple[list[str], list[str]]:
    """The files without those that are named again, however they are written, and the ones that were."""
    from os.path import realpath

    found: dict[str, str] = {}
    again: dict[str, str] = {}
    for file in files:
        # Standard input is no file that is called so.
        place = file if file == "-" else realpath(file)
        if place in found:
            again[place] = found[place]
        else:
            found[place] = file
    return list(found.values()), list(again.values())


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
    from retain_cli.wording import count_of

    paths = " and ".join(refused.paths)
    kept = f"All of them are in {paths}. " if paths else "--rejects FILE keeps them all. "
    return (
        f"{count_of(refused.count, 'row')} cannot be taken in; nothing was changed",
        f"{kept}Mend the rows, or take in the rest with --skip-bad.",
    )
