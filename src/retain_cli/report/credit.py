"""Whose customers were served, and by whom: planned counts for the owner, done for whoever did it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from retain_cli.model.name import search_key
from retain_cli.plan.staff import team
from retain_cli.report.coverage import Planned
from retain_cli.store.store import Store

NOBODYS = "nobody's own"
"""Customers without an owner."""


@dataclass
class Credit:
    """What became of the occurrences of one person's customers, and what they did for others."""

    states: Counter[str] = field(default_factory=Counter)
    by_others: int = 0
    """Of the served, how many somebody else served."""
    for_others: int = 0
    """How many of other people's, or nobody's, customers they served."""


class Team:
    """Counts occurrences by person; a contact of which nobody noted who made it is the owner's."""

    def __init__(self, store: Store) -> None:
        people = team(store)
        self._names = {person.id: person.name for person in people}
        self._by_key = {search_key(person.name): person.name for person in people}
        self._credit: dict[str, Credit] = defaultdict(Credit)

    def count(self, occurrence: Planned) -> None:
        """One more occurrence."""
        owner = self._names.get(occurrence.owner_id or 0, NOBODYS)
        self._credit[owner].states[occurrence.state] += 1
        if occurrence.served_by:
            server = self._by_key.get(search_key(occurrence.served_by), occurrence.served_by)
            if server != owner:
                self._credit[owner].by_others += owner != NOBODYS
                self._credit[server].for_others += 1

    def credits(self) -> Iterator[tuple[str, Credit]]:
        """Everybody by name, what is nobody's last."""
        for name in sorted(self._credit, key=lambda name: (name == NOBODYS, search_key(name))):
            yield name, self._credit[name]
