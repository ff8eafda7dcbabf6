"""What every section of the report is asked, and what it answers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from retain_cli.document import Block, Chart
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

    def with_charts(self) -> dict[str, Any]:
        """The figures for programs, with those of the charts."""
        charts = [block.data() for block in self.blocks if isinstance(block, Chart)]
        return {**self.data, **({"charts": charts} if charts else {})}

    def lines(self) -> list[Mapping[str, Any]]:
        """The measures, and the points of the charts."""
        points = [point for block in self.blocks if isinstance(block, Chart) for point in block.points()]
        return [*self.measures, *points]
