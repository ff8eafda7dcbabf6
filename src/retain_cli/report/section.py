"""What every section of the report is asked, and what it answers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from retain_cli.document import Block, Chart
from retain_cli.report.scope import WHOLE, About, Scope
from retain_cli.store.policy import Policy
from retain_cli.store.question import RowT
from retain_cli.store.store import Store


class Asked(NamedTuple):
    """The period, both days included, seen from `today`; and of whom."""

    store: Store
    policy: Policy
    first: date
    last: date
    today: date
    scope: Scope = WHOLE
    names: bool = False
    """Whether every name is wanted, where there are names."""

    @property
    def days(self) -> dict[str, str]:
        """The period as parameters of a question."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat()}

    def ask(self, about: About[RowT], **parameters: object) -> Iterator[RowT]:
        """The rows of a question about the customers who are meant, within the period."""
        if self.scope.is_whole:
            return self.store.stream(about.everybody, **self.days, **parameters)
        theirs = {"of_grade": self.scope.grade, "of_staff": self.scope.staff_id}
        return self.store.stream(about.theirs, **self.days, **theirs, **parameters)


class Measure(NamedTuple):
    """A figure of a section that can be compared and aimed at: what it means, and which way is better."""

    title: str
    meaning: str
    better: str = ""
    """`more`, `less`, or nothing where neither is."""


class Section(NamedTuple):
    """The figures of one section, for programs, for people, and as lines of a table of measures."""

    data: Mapping[str, Any]
    blocks: Sequence[Block]
    measures: Sequence[Mapping[str, Any]]
    figures: Mapping[str, Any] = {}
    """The value of each of the section's `MEASURES`: a number, `Money`, a `Rate`, or None."""

    def charts(self) -> list[dict[str, Any]]:
        """The charts, as data for programs."""
        return [block.data() for block in self.blocks if isinstance(block, Chart)]

    def lines(self) -> list[Mapping[str, Any]]:
        """The measures, and the points of the charts."""
        points = [point for block in self.blocks if isinstance(block, Chart) for point in block.points()]
        return [*self.measures, *points]
