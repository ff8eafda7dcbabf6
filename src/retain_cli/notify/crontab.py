"""The line in the user's crontab: between two marks, and nothing else there is touched."""

import os
import shlex
import subprocess
from pathlib import Path

from retain_cli.errors import BadConfiguration, NotPermitted
from retain_cli.notify.schedule import Schedule

_SECONDS_TO_WAIT = 30


def block(schedule: Schedule) -> str:
    """What stands in the crontab for a database, marks and all."""
    begin, end = _marks(schedule.database)
    settings = [f"{name}={shlex.quote(value)}" for name, value in schedule.environment.items()]
    command = " ".join([*settings, shlex.join(schedule.command)])
    hours = (
        f"{schedule.at.hour}-{schedule.last_hour}" if schedule.last_hour > schedule.at.hour else schedule.at.hour
    )
    days = "*" if len(schedule.days) == 7 else ",".join(map(str, schedule.days))
    # cron ends a command at the first % that is not escaped.
    line = f"{schedule.at.minute} {hours} * * {days} " + command.replace("%", "\\%")
    return "\n".join((begin, line, end)) + "\n"


def found(table: bytes, database: Path) -> bytes:
    """The block of a database in a crontab, or nothing."""
    start, stop = _place(table, database)
    return table[start:stop]


def with_block(table: bytes, database: Path, block: str) -> bytes:
    """The crontab with this block in the place of the one it had, or at its end; empty takes it out.

    Every other byte stays as it is, but that a last line gets the end it lacked.
    """
    start, stop = _place(table, database)
    new = os.fsencode(block)
    if start == stop and new and table and not table.endswith(b"\n"):
        new = b"\n" + new
    return table[:start] + new + table[stop:]


def read() -> bytes:
    """The user's crontab, empty where there is none."""
    done = _run("-l")
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode(errors="replace")
    # Only what surely means that there is none: writing over a crontab that could not be read would lose it.
    if "no crontab for" in said or "No such file or directory" in said:
        return b""
    raise NotPermitted(f"crontab -l ended with {done.returncode}: {_first_line(said)}", "Nothing was changed.")


def write(table: bytes) -> None:
    """Make this the user's crontab."""
    done = _run("-", table)
    if done.returncode:
        said = _first_line(done.stderr.decode(errors="replace"))
        raise NotPermitted(f"crontab ended with {done.returncode}: {said}", "The crontab is as it was.")


def _place(table: bytes, database: Path) -> tuple[int, int]:
    """Where the block begins and ends; the end of the crontab twice where there is none."""
    begin, end = (os.fsencode(mark) + b"\n" for mark in _marks(database))
    lines = table.splitlines(keepends=True)
    if begin not in lines:
        return len(table), len(table)
    first = lines.index(begin)
    if end not in lines[first:]:
        raise BadConfiguration(
            "the crontab has the first mark of retain's lines and not the last",
            "Put them right: crontab -e. Nothing was changed.",
        )
    last = lines.index(end, first)
    start = sum(map(len, lines[:first]))
    return start, start + sum(map(len, lines[first : last + 1]))


def _marks(database: Path) -> tuple[str, str]:
    return (
        f"# retain due --notify for {database}: begin (written by `retain cron install`)",
        f"# retain due --notify for {database}: end",
    )


def _run(word: str, table: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(  # noqa: S603
            ["crontab", word],  # noqa: S607
            input=table,
            capture_output=True,
            # Its sentences are read, and have to be the ones that are known.
            env={**os.environ, "LC_ALL": "C"},
            timeout=_SECONDS_TO_WAIT,
            check=False,
        )
    except FileNotFoundError:
        raise BadConfiguration(
            "there is no program crontab on this machine",
            "With systemd: retain cron install --systemd.",
            code="scheduler-missing",
        ) from None
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NotPermitted(f"crontab could not be run ({type(problem).__name__})", "Nothing was changed.") from None


def _first_line(said: str) -> str:
    return next(iter(said.strip().splitlines()), "it said nothing")
