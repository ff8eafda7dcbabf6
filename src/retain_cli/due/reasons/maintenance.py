"""What they bought is due for cleaning, care or a check on site."""

from collections.abc import Iterator

from retain_cli.due import clock
from retain_cli.due.occurrence import Asked, Occurrence

NAME = "maintenance"
WEIGHT = 0.5


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Maintenance whose day has come; only maintenance counts as done."""
    return clock.reached(asked, "maintenance", NAME)
