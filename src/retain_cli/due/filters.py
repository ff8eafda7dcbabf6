"""Which part of the list is wanted: somebody's customers, an area, a grade, a way or a reason."""

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from retain_cli.due.occurrence import Occurrence
from retain_cli.due.standing import Allowed
from retain_cli.model.grade import NONE_YET
from retain_cli.model.name import search_key
from retain_cli.plan.staff import Duty

NOBODY = 0
"""As staff: customers whom nobody serves, having no owner or one who is away without a backup."""

NOBODY_WORDS = ("nobody", "none")
"""How that is written in the place of a name."""


class Wanted(NamedTuple):
    """Every condition that is given has to hold; a customer's line is then shown with all of its reasons."""

    staff: int | None = None
    """Who serves the customer on the day: the owner's customers, and those they stand in for."""
    area: str | None = None
    grade: str | None = None
    channel: str | None = None
    reason: str | None = None
    """A reason or a service."""
    among: Container[int] | None = None
    """The numbers of the customers of a segment or a condition; everybody where it is None."""

    def customer(self, found: Allowed, duties: Mapping[int, Duty]) -> bool:
        """Whether the customer belongs to the part that is wanted."""
        if self.among is not None and found.customer_id not in self.among:
            return False
        if self.grade is not None and (found.grade or NONE_YET) != self.grade:
            return False
        if self.area is not None and search_key(found.area or "") != search_key(self.area):
            return False
        return self.staff is None or self.staff == _server(found, duties)

    def occurrences(self, occurrences: Sequence[Occurrence]) -> bool:
        """Whether one of the occurrences is of the kind that is wanted, and by the way that is wanted."""
        if self.channel is None and self.reason is None:
            return True
        return any(
            (self.channel is None or o.channel == self.channel)
            and (self.reason is None or self.reason in (o.reason, o.service))
            for o in occurrences
        )

    def misses(self, found: Allowed, duties: Mapping[int, Duty]) -> bool:
        """Whether the customer is on no list of any of the staff, where one of those is asked for."""
        if self.among is not None and found.customer_id not in self.among:
            return False
        return bool(self.staff) and bool(found.occurrences) and _server(found, duties) == NOBODY


def _server(found: Allowed, duties: Mapping[int, Duty]) -> int:
    duty = duties.get(found.owner_id or 0)
    return (duty.server_id if duty else None) or NOBODY


EVERYBODY = Wanted()
