"""A service of the shop's own making has come round."""

from collections.abc import Iterator

from retain_cli.due import clock
from retain_cli.due.occurrence import Asked, Occurrence

NAME = "planned care"
WEIGHT = 0.4


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Services on the plan that no reason of their own stands for, and whose day has come."""
    return clock.reached(asked, None, NAME)
