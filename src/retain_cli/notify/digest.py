"""The digest: whom to contact on a day, and what lapsed while nobody could be told."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.due.filters import Wanted
from retain_cli.due.listing import DueLine, whom_to_contact
from retain_cli.due.occurrence import Occurrence
from retain_cli.store.policy import Policy
from retain_cli.store.store import Store

CUSTOMERS_TOLD = 20
"""Customers on a digest unless somebody says otherwise; a telephone shows no more."""

_DAYS_CAUGHT_UP = 7
_CUSTOMERS_CAUGHT_UP = 500


class Lapsed(NamedTuple):
    """Something that was due while no digest went out, and is not on the list any more."""

    customer_id: int
    name: str
    occurrence: Occurrence


class Digest(NamedTuple):
    """What somebody is told on a day; `total` counts the customers before the limit."""

    day: date
    staff: str | None
    lines: list[DueLine]
    total: int
    suppressed: int
    lapsed: list[Lapsed]
    unowned: int = 0
    """Customers who are on none of the team's lists, where this is one of those."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.total or self.lapsed)


def digest(
    store: Store,
    policy: Policy,
    day: date,
    *,
    told_on: date | None = None,
    limit: int | None = None,
    staff: str | None = None,
    staff_id: int | None = None,
) -> Digest:
    """The digest of `day` for one member of staff, or for the whole shop where `staff_id` is None.

    One person's has the customers they serve on that day: their own, and those of whom they stand in for.

    `told_on` is the day of the last digest that arrived. Days missed since then are one digest: what waits is on
    the list anyway, and what lapsed within the last week is named once.
    """
    wanted = Wanted(staff=staff_id)
    found = whom_to_contact(store, policy, day, limit=limit or CUSTOMERS_TOLD, wanted=wanted)
    lapsed = list(_lapsed(store, policy, day, told_on, wanted)) if told_on else []
    return Digest(day, staff, found.lines, found.total, found.suppressed, lapsed, found.unowned)


def _lapsed(store: Store, policy: Policy, day: date, told_on: date, wanted: Wanted) -> Iterator[Lapsed]:
    missed = [day - timedelta(days=back) for back in range(_DAYS_CAUGHT_UP, 0, -1)]
    missed = [one for one in missed if one > told_on]
    if not missed:
        return
    known = _kinds(store, policy, told_on, wanted) | _kinds(store, policy, day, wanted)
    for one in missed:
        for line in whom_to_contact(store, policy, one, limit=_CUSTOMERS_CAUGHT_UP, wanted=wanted).lines:
            for occurrence in line.occurrences:
                if _kind(occurrence) in known:
                    continue
                known.add(_kind(occurrence))
                # A long list was cut; whether somebody is still on it is asked for them alone.
                still = whom_to_contact(store, policy, day, customer=line.customer.id).lines
                if _kind(occurrence) not in {_kind(other) for now in still for other in now.occurrences}:
                    yield Lapsed(line.customer.id, line.customer.name, occurrence)


def _kinds(store: Store, policy: Policy, day: date, wanted: Wanted) -> set[tuple[int, str, str]]:
    lines = whom_to_contact(store, policy, day, limit=_CUSTOMERS_CAUGHT_UP, wanted=wanted).lines
    return {_kind(occurrence) for line in lines for occurrence in line.occurrences}


def _kind(occurrence: Occurrence) -> tuple[int, str, str]:
    return occurrence.customer_id, occurrence.reason, occurrence.service
