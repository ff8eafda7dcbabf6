"""Their regular return visit has come round."""

from collections.abc import Iterator

from retain_cli.due import clock
from retain_cli.due.occurrence import Asked, Occurrence

NAME = "return visit"
WEIGHT = 0.3


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Return visits whose day has come; any visit counts as one."""
    return clock.reached(asked, "return visit", NAME)
