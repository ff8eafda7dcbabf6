"""What is due to a customer next, in a sentence or two."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retain_cli.due.occurrence import Occurrence

_SHOWN = 3


def coming_sentences(coming: "Sequence[Occurrence]", today: date) -> list[str]:
    """What waits already, since when, and what comes on which day."""
    said = []
    if still := [one for one in coming if one.due_on <= today]:
        said.append("Still due: " + ", ".join(f"{one.service} (since {one.due_on})" for one in still) + ".")
    if later := [one for one in coming if one.due_on > today]:
        said.append("Next: " + ", ".join(f"{one.service} on {one.due_on}" for one in later[:_SHOWN]) + ".")
    return said
