"""What they bought is due for an overhaul."""

from collections.abc import Iterator

from retain_cli.due import clock
from retain_cli.due.occurrence import Asked, Occurrence

NAME = "overhaul"
WEIGHT = 0.5


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Overhauls whose day has come; only an overhaul counts as done."""
    return clock.reached(asked, NAME, NAME)
