"""Who serves whose customers on a day: the owner, or while they are away their backup; worked out when read."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from retain_cli.model.name import search_key
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Person(NamedTuple):
    """One of the team as they are kept; `work_days` is None where they work when the shop does."""

    id: int
    name: str
    role: str | None
    backup_id: int | None
    minutes_per_day: int
    work_days: str | None
    retired_on: date | None


class Duty(NamedTuple):
    """Who looks after an owner's customers on one day; nobody where all who could are away or gone."""

    owner_id: int
    owner: str
    server_id: int | None
    server: str | None

    @property
    def covered(self) -> bool:
        """Whether somebody else stands in for the owner."""
        return self.server_id is not None and self.server_id != self.owner_id


class Away(NamedTuple):
    """Days on which somebody is away, the first and the last included."""

    staff_id: int
    from_on: date
    until_on: date


_STAFF = Question(
    "select id, name, role, backup_id, minutes_per_day, work_days, retired_on from staff order by search_key",
    Person,
)
_AWAY = Question(
    """
    select staff_id, from_on, until_on from absence where until_on >= :first and from_on <= :last
    order by from_on, staff_id
    """,
    Away,
)


def team(store: Store) -> list[Person]:
    """Everybody, those who left included, by name."""
    return store.ask(_STAFF)


def called(people: Iterable[Person], words: str) -> list[Person]:
    """Those of them whose name that is, else those whose name it is a part of."""
    key = search_key(words)
    everybody = list(people)
    whole = [one for one in everybody if search_key(one.name) == key]
    return whole or [one for one in everybody if key and key in search_key(one.name)]


def absences(store: Store, first: date, last: date) -> list[Away]:
    """Who is away on some of the days from `first` to `last`, both included."""
    return store.ask(_AWAY, first=first.isoformat(), last=last.isoformat())


def who_serves(store: Store, day: date) -> dict[int, Duty]:
    """For every owner (`customer.owner_id`): who serves their customers on `day`.

    That is the owner unless they are away or retired on that day; else their backup, or the backup's backup, and so
    on. Where all of them are away, nobody does, and the customers have to stay on the list of whoever asks for
    everyone's. A customer without an owner (`owner_id is null`) is not in it: they are anybody's.
    """
    away = {one.staff_id for one in absences(store, day, day)}
    by_id = {person.id: person for person in team(store)}
    return {person.id: duty_on(person, by_id, away, day) for person in by_id.values()}


def duty_on(owner: Person, by_id: Mapping[int, Person], away: Container[int], day: date) -> Duty:
    """Who serves an owner's customers on a day on which those in `away` are away."""
    asked: set[int] = set()
    now: Person | None = owner
    # A backup's backup may lead back to the first.
    while now is not None and now.id not in asked:
        if now.id not in away and (now.retired_on is None or day < now.retired_on):
            return Duty(owner.id, owner.name, now.id, now.name)
        asked.add(now.id)
        now = by_id.get(now.backup_id or 0)
    return Duty(owner.id, owner.name, None, None)


class _Owned(NamedTuple):
    owner_id: int
    customers: int


_OWNED = Question("select owner_id, count(*) from customer where owner_id is not null group by owner_id", _Owned)


def customers_of(store: Store) -> dict[int, int]:
    """How many customers each of the staff looks after."""
    return {row.owner_id: row.customers for row in store.ask(_OWNED)}
