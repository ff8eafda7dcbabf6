"""`retain report`."""

from pathlib import Path
from typing import Annotated

import typer

from retain_cli.workspace import Workspace


def report(
    workspace: Workspace,
    sections: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SECTION]...", help="coverage, grades, retention, satisfaction, cost; else all."),
    ] = None,
    from_day: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="The first day; else a year before the last.")
    ] = None,
    to_day: Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day; else today.")] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="NEWFILE", help="Write it there and not to stdout.")
    ] = None,
) -> None:
    """Who was served and who was not, what came back, what it cost."""
    from dateutil.relativedelta import relativedelta

    from retain_cli.commands.parameters import day_option, word_option
    from retain_cli.document import Block, Document, Heading, Note
    from retain_cli.errors import WrongUse
    from retain_cli.registry import members, sentence
    from retain_cli.report import sections as family
    from retain_cli.report.section import Asked
    from retain_cli.store.policy import read_policy

    last = day_option(to_day, workspace.today, "--to") if to_day else workspace.today
    first = day_option(from_day, workspace.today, "--from") if from_day else last - relativedelta(years=1, days=-1)
    if first > last:
        raise WrongUse(
            f"the report would end on {last}, before it begins on {first}", "Turn --from and --to round."
        )
    known = {member.__name__.rpartition(".")[2]: member for member in members(family)}
    chosen = [word_option(section, list(known), "SECTION") for section in sections or []] or list(known)
    with workspace.open() as store:
        asked = Asked(store, read_policy(store), first, last, workspace.today)
        found = {
            name: (member, member.section(asked))
            for name, member in sorted(known.items(), key=lambda item: item[1].ORDER)
            if name in chosen
        }
    blocks: list[Block] = [Note(f"From {first} to {last}")]
    for member, section in found.values():
        blocks += [Heading(member.TITLE, sentence(member)), *section.blocks]
    document = Document(
        {"period": {"from": first, "to": last}}
        | {name: section.with_charts() for name, (_, section) in found.items()},
        blocks,
        [{"section": name, **measure} for name, (_, section) in found.items() for measure in section.lines()],
        title=f"Report, {first} to {last}",
    )
    if output is None or output == "-":
        workspace.show(document)
    else:
        workspace.show_in(document, Path(output))
        workspace.say(f"Written to {output}.")
