"""Nothing has been bought or visited on a day that has not come."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.doctor.finding import Asked, Finding
from retain_cli.store.question import Question
from retain_cli.wording import count_of

ORDER = 8
ENDS_IT = False


class _Ahead(NamedTuple):
    number: int
    last_on: date | None


_PURCHASES = Question("select count(*), max(bought_on) from purchase where bought_on > :today", _Ahead)
_VISITS = Question("select count(*), max(visited_on) from visit where visited_on > :today", _Ahead)


def look(asked: Asked) -> Iterator[Finding]:
    """Purchases and visits in the future, which no grade and no list counts."""
    for question, noun in ((_PURCHASES, "purchase"), (_VISITS, "visit")):
        number, last_on = asked.store.ask(question, today=asked.today.isoformat())[0]
        if number:
            yield Finding(
                f"{count_of(number, noun)} after today, up to {last_on}",
                "See which file they came with, and take it back: retain batches, retain undo BATCH",
            )
