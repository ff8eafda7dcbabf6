"""Everything was bought in the shop's currency."""

from collections.abc import Iterator
from typing import NamedTuple

from retain_cli.doctor.finding import Asked, Finding
from retain_cli.store.question import Question
from retain_cli.wording import count_of

ORDER = 9
ENDS_IT = False


class _Other(NamedTuple):
    currency: str
    number: int


_OTHERS = Question(
    "select currency, count(*) from purchase where currency <> :currency group by currency order by 2 desc", _Other
)


def look(asked: Asked) -> Iterator[Finding]:
    """Purchases in other currencies, which no grade and no sum counts."""
    for other in asked.store.ask(_OTHERS, currency=asked.policy.currency):
        yield Finding(
            f"{count_of(other.number, 'purchase')} in {other.currency}, which no grade and no sum counts: the "
            f"shop's currency is {asked.policy.currency}",
            "Import them again with their amounts in it, or set it: retain policy set currency",
        )
