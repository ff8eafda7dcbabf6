"""What customers said: satisfaction from 1 to 5, as it was logged."""

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from retain_cli.document import Block, Chart, Column, Figures, Series, Table
from retain_cli.report.months import months
from retain_cli.report.scope import About
from retain_cli.report.section import Asked, Measure, Section

TITLE = "Satisfaction"
ORDER = 6
MEASURES = {
    "satisfaction": Measure("Mean", "The mean of the scores from 1 to 5 given in the period.", "more"),
    "scores": Measure("Scores", "How many contacts of the period have a score; most have none.", "more"),
}
MEANINGS = {
    "Staff": "Whoever was there: the contact's own, not whose customer it is.",
    "By month": "The mean of each month; a month without a score is a gap.",
}

_LOWEST, _HIGHEST = 1.0, 5.0
_NOT_SAID = "not said"


class _Score(NamedTuple):
    month: str
    staff: str | None
    satisfaction: int
    visits: int


_SCORES = About(
    """
    select substr(visited_on, 1, 7), staff, satisfaction, count(*) from visit
    where visited_on between :first and :last and satisfaction is not null and {among customer_id}
    group by substr(visited_on, 1, 7), staff, satisfaction
    """,
    _Score,
)


def section(asked: Asked) -> Section:
    """The mean with how many scores it is made of, how often each was given, by month and by staff."""
    of_month: dict[str, Counter[int]] = defaultdict(Counter)
    of_staff: dict[str, Counter[int]] = defaultdict(Counter)
    for row in asked.ask(_SCORES):
        of_month[row.month][row.satisfaction] += row.visits
        of_staff[row.staff or _NOT_SAID][row.satisfaction] += row.visits
    counts = sum(of_month.values(), Counter[int]())
    staff = [
        {"staff": name, **_entry(of_staff[name])} for name in sorted(of_staff, key=lambda n: (n == _NOT_SAID, n))
    ]
    data: dict[str, Any] = {
        **_entry(counts),
        "months": [{"month": month, **_entry(of_month[month])} for month in sorted(of_month)],
        "staff": staff,
    }
    mean = data["mean"]
    pairs = [
        ("Mean", "nobody was asked" if mean is None else f"{mean:.2f} of 5, from {counts.total():,} scores"),
        ("Given", "  ".join(f"{score}: {n}" for score, n in data["spread"].items())),
    ]
    blocks: list[Block] = [Figures(pairs)]
    if set(of_staff) - {_NOT_SAID}:
        blocks.append(_by_staff(staff))
    if len(of_month) > 1:
        blocks.append(_trend(of_month, list(months(asked.first, asked.last))))
    measures: list[dict[str, Any]] = [
        {"measure": "mean", "value": mean},
        {"measure": "scores", "value": data["scores"]},
    ]
    measures += [{"measure": f"scored {score}", "value": n} for score, n in data["spread"].items()]
    measures += [
        {"measure": "mean", "staff": one["staff"], "value": one["mean"], "scores": one["scores"]} for one in staff
    ]
    return Section(data, blocks, measures, {"satisfaction": mean, "scores": data["scores"]})


def _entry(counts: Counter[int]) -> dict[str, Any]:
    return {
        "mean": _mean(counts),
        "scores": counts.total(),
        "spread": {str(score): counts[score] for score in range(1, 6)},
    }


def _mean(counts: Counter[int]) -> float | None:
    scores = counts.total()
    return round(sum(score * n for score, n in counts.items()) / scores, 2) if scores else None


def _by_staff(staff: list[dict[str, Any]]) -> Table:
    columns = [Column("Staff"), Column("Mean", "right"), Column("Scores", "right")]
    columns += [Column(str(score), "right") for score in range(1, 6)]
    rows = [(one["staff"], f"{one['mean']:.2f}", one["scores"], *one["spread"].values()) for one in staff]
    return Table(columns, rows)


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
