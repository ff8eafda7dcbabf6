"""What a command has at hand: the database, the day, the format, the streams, and two doors: open and show."""

import sys
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from retain_cli import settings
from retain_cli.errors import BadConfiguration, ReadWriteFailed, WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from retain_cli.document import Document
    from retain_cli.store.store import Store

FORMATS = ("table", "json", "csv")

MORE_FORMATS = {
    "agenda": ("ics",),
    "backtest": ("html",),
    "due": ("ids", "ics"),
    "list": ("ids",),
    "report": ("html",),
}
"""What some commands answer with besides: numbers of customers, a calendar, a page for a browser."""

CHANGING = (
    "backtest", "backup", "classify", "contact", "cron", "demo", "doctor", "erase", "export", "holdout", "import",
    "log-visit", "merge", "next", "pause", "pin", "refer", "referrals", "restore", "review", "segment", "skip",
    "snooze", "undo", "unpin",
)  # fmt: skip
"""Commands that have changed something by the time they answer."""

_READING_ACTIONS = ("balance", "check", "export", "list", "preview", "show", "tree")

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Days that may be thought of as today; beyond them the calendar's own ends are near."""


class Workspace(NamedTuple):
    """One command's surroundings; the day is made here once and handed on as an argument."""

    command: str
    database: Path
    today: date
    format: str = "table"
    yes: bool = False
    day_was_given: bool = False
    """Whether the day was said, and is not simply the clock's."""
    only_asks: bool = False
    """Whether this once nothing is changed, whatever the command does otherwise."""
    run: "Callable[[list[str]], int] | None" = None
    """How the front page runs another command line; its exit code."""

    def open(self) -> "AbstractContextManager[Store]":
        """The store for reading; DatabaseUnusable where there is none."""
        return self._store(writes=False)

    def change(self, *, creates: bool = False, keep: bool = True) -> "AbstractContextManager[Store]":
        """The store for writing: leaving the block commits, an error or `keep=False` takes all of it back."""
        return self._store(writes=True, creates=creates, keep=keep)

    def moment(self) -> datetime:
        """The instant it is, in UTC: for leases and waits between attempts, never for what is due."""
        return _now(UTC)

    def _store(self, **how: Any) -> "AbstractContextManager[Store]":
        from retain_cli.store.store import open_store

        return open_store(self.database, **how)

    def show(self, document: "Document") -> None:
        """Write the answer to stdout in the format that was asked for."""
        try:
            self._write(document, sys.stdout)
            sys.stdout.flush()
        except OSError as problem:
            # What was changed is changed, and the exit code has to say so although nobody reads the answer.
            if not self._changes:
                raise
            from retain_cli.render.streams import discard_output

            discard_output()
            if not isinstance(problem, BrokenPipeError):
                raise ReadWriteFailed(
                    f"could not write the answer: {problem.strerror}", "What was asked for is done."
                ) from problem

    @property
    def _changes(self) -> bool:
        """Whether the command has changed something by the time it answers; `promise list` has not."""
        if self.only_asks:
            return False
        _, _, action = self.command.partition(" ")
        return action not in _READING_ACTIONS if action else self.command in CHANGING

    def answer(self, document: "Document", output: str | None) -> None:
        """Write the answer to a new file, or to stdout where none or `-` is named.

        OutputExists where the file is there already, unless `--yes` was said.
        """
        if output is None or output == "-":
            self.show(document)
            return
        from retain_cli.render.new_file import new_file

        with new_file(Path(output), replaces=self.yes) as stream:
            self._write(document, stream)
        self.say(f"Written to {output}.")

    def _write(self, document: "Document", stream: IO[str]) -> None:
        if self.format == "json":
            from retain_cli.render import json_writer

            json_writer.write(document, stream, command=self.command, today=self.today)
        elif self.format == "csv":
            from retain_cli.render import csv_writer

            csv_writer.write(document, stream)
        elif self.format == "ids":
            from retain_cli.render import ids_writer

            ids_writer.write(document, stream)
        elif self.format == "ics":
            from retain_cli.render import ics_writer

            ics_writer.write(document, stream, today=self.today)
        elif self.format == "html":
            from retain_cli.render import html_writer

            html_writer.write(document, stream, today=self.today)
        else:
            from retain_cli.render import terminal

            terminal.write(document, stream)

    def say(self, sentence: str) -> None:
        """One line to the person, on stderr."""
        from retain_cli.render.safe import safe

        print(safe(sentence), file=sys.stderr)  # noqa: T201

    def ask(self, question: str) -> str | None:
        """One line from the person, or None where there is no more to read."""
        from retain_cli.render.safe import safe

        print(safe(question) + " ", end="", file=sys.stderr, flush=True)  # noqa: T201
        line = sys.stdin.readline()
        return line.strip() if line else None

    def confirm(self, question: str, otherwise: str = "Add --yes to agree.") -> None:
        """Go on only if the person agrees; without a terminal and without `--yes` refuse, and say what to do."""
        if self.yes:
            return
        if not sys.stdin.isatty():
            raise WrongUse(question, otherwise, code="confirmation-needed")
        from retain_cli.render.safe import safe

        print(safe(question) + " [y/N] ", end="", file=sys.stderr, flush=True)  # noqa: T201
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise WrongUse("not agreed", "Nothing was changed.", code="not-agreed")


def formats(command: str) -> tuple[str, ...]:
    """How a command can answer."""
    return (*FORMATS, *MORE_FORMATS.get(command, ()))


def workspace(command: str, db: str | None, today: str | None, form: str, yes: bool) -> Workspace:
    """The workspace that the options ask for; WrongUse or BadConfiguration where they make no sense."""
    if form not in formats(command):
        raise WrongUse(f"there is no format {form!r}", f"Choose one of {', '.join(formats(command))}.")
    day = _said_day(today)
    return Workspace(command, settings.database_path(db), day or _clocks_day(), form, yes, day is not None)


def _said_day(option: str | None) -> date | None:
    """The day that `--today` says, else RETAIN_TODAY, else None."""
    if option:
        try:
            return _day(option, "--today")
        except ValueError as problem:
            raise WrongUse(str(problem), _HOW_DAYS_ARE_WRITTEN, code="day-unreadable") from None
    if inherited := settings.today():
        try:
            return _day(inherited, "RETAIN_TODAY")
        except ValueError as problem:
            raise BadConfiguration(str(problem), _HOW_DAYS_ARE_WRITTEN) from None
    return None


_HOW_DAYS_ARE_WRITTEN = f"Write it as YYYY-MM-DD, from {FIRST_DAY} to {LAST_DAY}."


def _day(written: str, name: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{name} {written!r} is not a day") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{name} {day} is out of reach")
    return day


def _clocks_day() -> date:
    zone = settings.time_zone()
    if zone is None:
        return _now(None).astimezone().date()
    from zoneinfo import ZoneInfo

    try:
        return _now(ZoneInfo(zone)).date()
    except (KeyError, ValueError, OSError) as problem:
        raise BadConfiguration(f"there is no time zone {zone!r}", "Use a name such as Asia/Shanghai.") from problem


def _now(zone: tzinfo | None) -> datetime:
    """What the clock says: the one place that asks it."""
    return datetime.now(zone)  # noqa: TID251
