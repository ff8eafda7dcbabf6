"""Whether a shop was ever graded."""

from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

_WAITS = Question(
    """
    select count(*) from (select 1 as one from purchase limit 1) as bought
    where not exists (select 1 from grading) and not exists (select 1 from enrolment)
    """,
    Number,
)


def waits_for_grades(store: Store) -> bool:
    """Whether something was bought and `retain classify` never ran, so that no visit is planned for anybody."""
    found = store.first(_WAITS)
    return bool(found and found.value)
