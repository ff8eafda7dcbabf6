"""What customers said: satisfaction from 1 to 5, as it was logged."""

from collections import Counter, defaultdict
from typing import NamedTuple

from retain_cli.document import Block, Chart, Figures, Series
from retain_cli.report.months import months
from retain_cli.report.section import Asked, Section
from retain_cli.store.question import Question

TITLE = "Satisfaction"
ORDER = 4


_LOWEST, _HIGHEST = 1.0, 5.0


class _Score(NamedTuple):
    month: str
    satisfaction: int
    visits: int


_SCORES = Question(
    """
    select substr(visited_on, 1, 7), satisfaction, count(*) from visit
    where visited_on between :first and :last and satisfaction is not null
    group by substr(visited_on, 1, 7), satisfaction
    """,
    _Score,
)


def section(asked: Asked) -> Section:
    """The mean with how many scores it is made of, and how often each score was given."""
    of_month: dict[str, Counter[int]] = defaultdict(Counter)
    for row in asked.store.ask(_SCORES, **asked.days):
        of_month[row.month][row.satisfaction] += row.visits
    counts = sum(of_month.values(), Counter[int]())
    scores = counts.total()
    mean = _mean(counts)
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
    blocks: list[Block] = [Figures(pairs)]
    if len(of_month) > 1:
        blocks.append(_trend(of_month, list(months(asked.first, asked.last))))
    return Section(data, blocks, measures)


def _mean(counts: Counter[int]) -> float | None:
    scores = counts.total()
    return round(sum(score * n for score, n in counts.items()) / scores, 2) if scores else None


def _trend(of_month: dict[str, Counter[int]], period: list[str]) -> Chart:
    """The mean of every month from the first to the last with a score; a month without one is a gap."""
    shown = [month for month in period if min(of_month) <= month <= max(of_month)]
    counts = [of_month.get(month, Counter[int]()) for month in shown]
    return Chart(
        "lines",
        "Satisfaction by month",
        "The mean of the scores given in each month, from 1 to 5.",
        shown,
        [Series("mean", [_mean(one) for one in counts])],
        ends=[f"from {one.total():,} scores" for one in counts],
        span=(_LOWEST, _HIGHEST),
    )
