"""Whole processes, run in turn: what each took, as medians, and the ratios between them.

Ratios of commands that ran one after the other hold from day to day; seconds do not.
"""

import os
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple


class Taken(NamedTuple):
    """Medians of one command: seconds of the clock, seconds of the processor, and the peak of memory in MB."""

    wall: float
    cpu: float
    peak: float


class Command(NamedTuple):
    """A command line, what makes its stage ready before each run (not measured), and what it reads."""

    words: Sequence[str]
    prepare: Callable[[], None] = lambda: None
    stdin: Path | None = None


# Installing a package leaves its bytecode beside it; a shell that forbids writing any would have one side of a pair
# compile itself at every start.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def in_turn(commands: Mapping[str, Command], rounds: int) -> dict[str, Taken]:
    """Run every command `rounds` times, A B A B …, after one round that is not counted."""
    taken: dict[str, list[Taken]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            command.prepare()
            once = _run(command)
            if number:
                taken[name].append(once)
    return {
        name: Taken(*(statistics.median(column) for column in zip(*runs, strict=True)))
        for name, runs in taken.items()
    }


def _run(command: Command) -> Taken:
    with open(command.stdin or os.devnull, "rb") as stdin, open(os.devnull, "wb") as nowhere:
        began = perf_counter()
        child = os.posix_spawnp(
            command.words[0],
            list(command.words),
            _ENVIRONMENT,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, stdin.fileno(), 0),
                (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2),
            ],
        )
        _, status, usage = os.wait4(child, 0)
    wall = perf_counter() - began
    code = os.waitstatus_to_exitcode(status)
    if code:
        sys.exit(f"{' '.join(command.words)} ended with {code}")
    in_megabytes = 1024 if sys.platform == "linux" else 1024**2
    return Taken(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / in_megabytes)


def row(what: str, ours: Taken, peer: str, theirs: Taken, aim: str) -> str:
    """One line of the table of docs/performance.md."""
    return (
        f"| {what} | {peer} | **{ours.wall / theirs.wall:.2f}** | {ours.cpu / theirs.cpu:.2f} | {aim} "
        f"| {ours.wall:.2f} s, {ours.peak:.0f} MB | {theirs.wall:.2f} s, {theirs.peak:.0f} MB |"
    )
