"""No imported row waits for somebody to say whom it is about."""

from collections.abc import Iterator

from retain_cli.doctor.finding import Asked, Finding
from retain_cli.store.question import Number, Question
from retain_cli.wording import count_of

ORDER = 6
ENDS_IT = False

_WAITING = Question("select count(*) from review_item where decision is null", Number)


def look(asked: Asked) -> Iterator[Finding]:
    """Rows that fit several customers."""
    waiting = asked.store.ask(_WAITING)[0].value
    if waiting:
        yield Finding(f"{count_of(waiting, 'imported row')} waiting to be decided", "Decide: retain review")
