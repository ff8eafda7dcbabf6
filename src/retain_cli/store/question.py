"""A question to the database: SQL text, and the small typed row each answer comes back as."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

RowT = TypeVar("RowT", bound=tuple[Any, ...])


class Question(Generic[RowT]):
    """SQL that reads, in the part of the language that SQLite and PostgreSQL share.

    `row` is a NamedTuple whose fields stand in the order of the columns. Fields that end in `_on` are days, and
    come back as `date`. Every question is known to `Question.asked`, so that a test can prepare them all.
    """

    asked: ClassVar[list["Question[Any]"]] = []

    def __init__(self, sql: str, row: type[RowT], *, needs: str = "") -> None:
        """`needs` names the temporary table that has to be there before this can be asked."""
        self.sql = sql
        self.needs = needs
        self.row = row
        self._days = tuple(n for n, name in enumerate(row._fields) if name.endswith("_on"))  # type: ignore[attr-defined]
        self.make: Callable[[tuple[Any, ...]], RowT] = self._with_days if self._days else row._make  # type: ignore[attr-defined]
        Question.asked.append(self)

    def _with_days(self, answer: tuple[Any, ...]) -> RowT:
        cells = list(answer)
        for n in self._days:
            if cells[n] is not None:
                cells[n] = date.fromisoformat(cells[n])
        return self.row._make(cells)  # type: ignore[attr-defined, no-any-return]


class Filter(NamedTuple):
    """SQL whose rows are the ids of the customers that are meant, and its parameters, which begin with `where_`."""

    sql: str
    parameters: dict[str, object]


class Number(NamedTuple):
    """An answer of one number."""

    value: int | None


class Text(NamedTuple):
    """An answer of one text."""

    value: str | None
