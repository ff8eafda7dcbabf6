"""The catalogue of care: what there is, what it usually costs and takes, and how it is rendered."""

from datetime import date
from typing import NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.store import Store


class KnownService(NamedTuple):
    """A service in use; `cost` in minor units."""

    name: str
    settled_by: str = "itself"
    moves: str = "after"
    channel: str = "visit"
    minutes: int = 0
    cost: int = 0


_SERVICES = Question(
    "select name, settled_by, moves, channel, minutes, cost from service where retired_on is null order by id",
    KnownService,
)
_PUT = """
    insert into service (name, settled_by, moves, channel, minutes, cost)
    values (:name, :settled_by, :moves, :channel, :minutes, :cost)
    on conflict (name) do update set settled_by = excluded.settled_by, moves = excluded.moves,
        channel = excluded.channel, minutes = excluded.minutes, cost = excluded.cost, retired_on = null
"""


def catalogue(store: Store) -> list[KnownService]:
    """The services in use."""
    return store.ask(_SERVICES)


def put_service(store: Store, service: KnownService) -> None:
    """Add a service or change it; one that was retired is in use again."""
    store.run(_PUT, service._asdict())


def retire_service(store: Store, name: str, day: date) -> None:
    """Take a service out of use: nobody is put on it any more, what was rendered stays known."""
    store.run("update service set retired_on = ? where name = ?", (day.isoformat(), name))
