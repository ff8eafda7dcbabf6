"""Whose figures a report is about: everybody's, or those of one grade or of one person's customers."""

import re
from typing import Generic, NamedTuple

from retain_cli.store.question import Question, RowT

_AMONG = re.compile(r"\{among ([\w.]+)\}")
_THEIRS = r"""\1 in (
    select theirs.id
    from customer as theirs left join enrolment as their_place on their_place.customer_id = theirs.id
    where (cast(:of_grade as varchar) is null or coalesce(their_place.grade, 'none') = :of_grade)
        and (cast(:of_staff as integer) is null or theirs.owner_id = :of_staff)
)"""


class Scope(NamedTuple):
    """Customers of one grade as it is now (`none` for those without one), of one owner, or both; else all."""

    grade: str | None = None
    staff_id: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is everybody."""
        return self.grade is None and self.staff_id is None


WHOLE = Scope()


class About(Generic[RowT]):
    """A question that can be asked of everybody or of a scope; `{among customer.id}` stands where that matters.

    Two questions, so that the one about everybody tests nothing for it.
    """

    def __init__(self, sql: str, row: type[RowT]) -> None:
        if not _AMONG.search(sql):
            raise ValueError("the question does not say where a scope would limit it")
        self.everybody = Question(_AMONG.sub("1 = 1", sql), row)
        self.theirs = Question(_AMONG.sub(_THEIRS, sql), row)
