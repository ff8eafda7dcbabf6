"""What every section of the report is asked, and what it answers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from retain_cli.document import Block
from retain_cli.store.policy import Policy
from retain_cli.store.store import Store


class Asked(NamedTuple):
    """The period, both days included, seen from `today`."""

    store: Store
    policy: Policy
    first: date
    last: date
    today: date

    @property
    def days(self) -> dict[str, str]:
        """The period as parameters of a question."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat()}


class Section(NamedTuple):
    """The figures of one section, for programs, for people, and as lines of a table of measures."""

    data: Mapping[str, Any]
    blocks: Sequence[Block]
    measures: Sequence[Mapping[str, Any]]
