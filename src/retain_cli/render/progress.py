"""A bar on stderr for work that takes longer than a second, and only where a person watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from retain_cli.render.safe import safe

if TYPE_CHECKING:
    from rich.progress import Progress

SECONDS_BEFORE_IT_SHOWS = 1.0

Advance = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is, and how much there is in all (0: nobody knows)."""


@contextmanager
def progress() -> Iterator[Advance]:
    """A function to call now and then; it draws nothing in the first second, or where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    began = monotonic()
    bar = None

    def advance(what: str, done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            if monotonic() - began < SECONDS_BEFORE_IT_SHOWS:
                return
            bar = _bar()
            bar.start()
            bar.add_task("")
        bar.update(bar.task_ids[0], description=safe(what), completed=done, total=total or None)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, markup=False, emoji=False),
        transient=True,
    )
