"""What customers said: satisfaction from 1 to 5, as it was logged."""

from collections import Counter
from typing import NamedTuple

from retain_cli.document import Figures
from retain_cli.report.section import Asked, Section
from retain_cli.store.question import Question

TITLE = "Satisfaction"
ORDER = 4


class _Score(NamedTuple):
    satisfaction: int
    visits: int


_SCORES = Question(
    """
    select satisfaction, count(*) from visit
    where visited_on between :first and :last and satisfaction is not null group by satisfaction
    """,
    _Score,
)


def section(asked: Asked) -> Section:
    """The mean with how many scores it is made of, and how often each score was given."""
    counts = Counter({row.satisfaction: row.visits for row in asked.store.ask(_SCORES, **asked.days)})
    scores = counts.total()
    mean = round(sum(score * n for score, n in counts.items()) / scores, 2) if scores else None
    spread = {str(score): counts[score] for score in range(1, 6)}
    data = {"mean": mean, "scores": scores, "spread": spread}
    pairs = [
        ("Mean", "nobody was asked" if mean is None else f"{mean:.2f} of 5, from {scores:,} scores"),
        ("Given", "  ".join(f"{score}: {n}" for score, n in spread.items())),
    ]
    measures: list[dict[str, object]] = [
        {"measure": "mean", "value": mean},
        {"measure": "scores", "value": scores},
    ]
    measures += [{"measure": f"scored {score}", "value": n} for score, n in spread.items()]
    return Section(data, [Figures(pairs)], measures)
