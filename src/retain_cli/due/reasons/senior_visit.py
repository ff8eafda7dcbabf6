"""Their yearly visit by somebody senior has come round."""

from collections.abc import Iterator

from retain_cli.due import clock
from retain_cli.due.occurrence import Asked, Occurrence

NAME = "senior visit"
WEIGHT = 0.5


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Senior visits whose day has come; only a senior visit counts as one."""
    return clock.reached(asked, NAME, NAME)
