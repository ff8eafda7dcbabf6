"""`retain cron`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from retain_cli.document import Document
    from retain_cli.notify.schedule import Schedule

WORDS = ("install", "show", "remove")


def cron(
    workspace: Workspace,
    what: Annotated[
        str, typer.Argument(metavar="install|show|remove", help="Write it, look at it, or take it away.")
    ] = "show",
    at: Annotated[str, typer.Option("--at", metavar="H:MM", help="The first run of a day.")] = "7:30",
    systemd: Annotated[
        bool, typer.Option("--systemd", help="A timer of your systemd instead of a line in your crontab.")
    ] = False,
) -> None:
    """Let the digest of the day be sent every morning.

    Writes `retain due --notify` for the shop's work days into your crontab. It
    runs once an hour for six hours: the digest is sent once, the later runs are
    for a channel that failed and a computer that slept.
    """
    from retain_cli.commands.parameters import word_option
    from retain_cli.notify.schedule import schedule
    from retain_cli.store.policy import read_policy

    word = word_option(what, WORDS, "cron")
    if word == "install":
        with workspace.open() as store:
            week = read_policy(store).work_week
        planned = schedule(at, week, workspace.database)
        workspace.show(_by_systemd(planned) if systemd else _by_cron(planned))
        _warn(workspace)
    else:
        # A database that is gone may have left its line behind.
        database = workspace.database.resolve()
        workspace.show(_removed(database) if word == "remove" else _shown(database))


def _by_cron(planned: "Schedule") -> "Document":
    from retain_cli.notify import crontab

    old = crontab.read()
    block = crontab.block(planned)
    new = crontab.with_block(old, planned.database, block)
    if new != old:
        crontab.write(new)
    return _answer(
        "crontab", {"crontab": block}, "Written into your crontab:" if new != old else "Your crontab has it:"
    )


def _by_systemd(planned: "Schedule") -> "Document":
    from retain_cli.notify import timer

    is_new = timer.install(planned)
    files = {str(path): text for path, text in timer.units(planned).items()}
    return _answer("systemd", files, "Written, and the timer started:" if is_new else "The timer is there:")


def _shown(database: "Path") -> "Document":
    from retain_cli.notify import timer

    found = _block(database)
    files = {str(path): text for path, text in timer.installed(database).items()}
    by = "crontab" if found else "systemd" if files else None
    texts = ({"crontab": found} if found else {}) | files
    said = "It runs by itself:" if texts else "Nothing runs by itself. Begin with: retain cron install"
    return _answer(by, texts, said)


def _removed(database: "Path") -> "Document":
    from retain_cli.notify import crontab, timer

    block = _block(database)
    files = {str(path): text for path, text in timer.installed(database).items()}
    if block:
        crontab.write(crontab.with_block(crontab.read(), database, ""))
    timer.remove(database)
    texts = ({"crontab": block} if block else {}) | files
    return _answer(None, texts, "Taken away:" if texts else "There was nothing to take away.")


def _block(database: "Path") -> str:
    """What the crontab has for the database; nothing also where there is no cron."""
    import os

    from retain_cli.errors import BadConfiguration
    from retain_cli.notify import crontab

    try:
        return os.fsdecode(crontab.found(crontab.read(), database))
    except BadConfiguration as problem:
        if problem.code != "scheduler-missing":
            raise
        return ""


def _answer(by: str | None, texts: dict[str, str], said: str) -> "Document":
    from retain_cli.document import Document, Note

    blocks = [Note(said)]
    for where, text in texts.items():
        blocks += [Note(f"{where}:")] if where != "crontab" else []
        blocks += [Note(line) for line in text.splitlines()]
    records = [{"where": where, "text": text} for where, text in texts.items()]
    return Document({"by": by, "written": records}, blocks, records, header=("where", "text"))


def _warn(workspace: Workspace) -> None:
    """Say what is missing for the digests to arrive."""
    import os

    from retain_cli.settings import notify_settings

    if os.environ.get("RETAIN_NOTIFY_URLS"):
        workspace.say("The addresses in RETAIN_NOTIFY_URLS were not written there: put them into retain.toml.")
    elif notify_settings() is None:
        workspace.say("No channel is set yet; retain notify --help shows how. Then try it: retain notify test")
