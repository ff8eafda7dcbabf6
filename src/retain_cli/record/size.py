"""How much a database holds."""

from typing import NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Size(NamedTuple):
    """How many there are of what most of it is about."""

    customers: int
    purchases: int
    visits: int


_SIZE = Question(
    "select (select count(*) from customer), (select count(*) from purchase), (select count(*) from visit)", Size
)


def size(store: Store) -> Size:
    """Customers, purchases and visits."""
    return store.ask(_SIZE)[0]
