"""Contacts that wait for a day: those who cannot wait longest first, and among them the best customers."""

from collections.abc import Callable, Iterator
from datetime import date
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from retain_cli.plan.own_room import OwnRoom


class Contact(NamedTuple):
    """One customer on one day: `rank` is smallest for the best, `latest_on` the end of the grace."""

    customer_id: int
    planned_on: date
    latest_on: date
    rank: int
    owner_id: int | None = None
    """Who looks after them; None where they are anybody's."""


_Place = tuple[date, int, int, Contact]


class WaitingContacts:
    """A queue for each owner, so that one whose day is full holds up nobody else's customers."""

    def __init__(self) -> None:
        self._queues: dict[int | None, list[_Place]] = {}

    def __bool__(self) -> bool:
        """Whether anybody waits."""
        return bool(self._queues)

    def add(self, contact: Contact) -> None:
        """Let a contact wait."""
        queue = self._queues.setdefault(contact.owner_id, [])
        heappush(queue, (contact.latest_on, contact.rank, contact.customer_id, contact))

    def taken(self, day: date, room: int, own: Callable[[int, date], OwnRoom] | None) -> Iterator[Contact]:
        """Take those who are seen on a day: whom it has room for, and whose grace ends, room or not."""
        left: dict[int, int] = {}
        heads = [(queue[0], owner or 0) for owner, queue in self._queues.items()]
        heapify(heads)
        while heads:
            place, number = heappop(heads)
            owner = number or None
            must = place[0] <= day
            if room <= 0 and not must:
                return
            if own is not None and owner is not None:
                server, customers = own(owner, day)
                if left.setdefault(server, customers) <= 0 and not must:
                    # Nobody of this owner's queue has to be seen today, and there is no room for one who could.
                    continue
                left[server] -= 1
            room -= 1
            queue = self._queues[owner]
            heappop(queue)
            yield place[3]
            if queue:
                heappush(heads, (queue[0], number))
            else:
                del self._queues[owner]
