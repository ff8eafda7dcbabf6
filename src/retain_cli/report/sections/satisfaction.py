"""What customers said: satisfaction from 1 to 5, as it was logged."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from retain_cli.document import Block, Chart, Column, Figures, Series, Table
from retain_cli.model.scores import SCORES, tally
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
    "Asked about": "What was asked besides, about visits and tickets; the staff is who was there, or whose it was.",
    "By month": "The mean of each month; a month without a score is a gap.",
}

_LOWEST, _HIGHEST = 1.0, 5.0
_NOT_SAID = "not said"


class _Score(NamedTuple):
    month: str
    staff: str | None
    satisfaction: int
    visits: int


class _Answer(NamedTuple):
    question: str
    staff: str | None
    score: int
    times: int


_SCORES = About(
    """
    select substr(visited_on, 1, 7), staff, satisfaction, count(*) from visit
    where visited_on between :first and :last and satisfaction is not null and {among customer_id}
    group by substr(visited_on, 1, 7), staff, satisfaction
    """,
    _Score,
)
_ANSWERS = About(
    """
    select question, coalesce(visit.staff, ticket.owner), score, count(*)
    from rating left join visit on visit.id = rating.visit_id left join ticket on ticket.id = rating.ticket_id
    where coalesce(visit.visited_on, ticket.rated_on) between :first and :last and {among rating.customer_id}
    group by question, coalesce(visit.staff, ticket.owner), score
    """,
    _Answer,
)


def section(asked: Asked) -> Section:
    """The mean with how many scores it is made of, how often each was given; by month, staff and question."""
    of_month: dict[str, Counter[int]] = defaultdict(Counter)
    of_staff: dict[str, Counter[int]] = defaultdict(Counter)
    for row in asked.ask(_SCORES):
        of_month[row.month][row.satisfaction] += row.visits
        of_staff[row.staff or _NOT_SAID][row.satisfaction] += row.visits
    counts = sum(of_month.values(), Counter[int]())
    staff = _of_each(of_staff)
    questions = _questions(asked)
    data: dict[str, Any] = {
        **tally(counts),
        "months": [{"month": month, **tally(of_month[month])} for month in sorted(of_month)],
        "staff": staff,
        "questions": questions,
    }
    mean = data["mean"]
    pairs = [
        ("Mean", "nobody was asked" if mean is None else f"{mean:.2f} of 5, from {counts.total():,} scores"),
        ("Given", "  ".join(f"{score}: {n}" for score, n in data["spread"].items())),
    ]
    blocks: list[Block] = [Figures(pairs)]
    if set(of_staff) - {_NOT_SAID}:
        blocks.append(_by_staff(staff))
    if questions:
        blocks.append(_by_question(questions))
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
    for about in questions:
        by = {"measure": "mean", "question": about["question"]}
        measures.append({**by, "value": about["mean"], "scores": about["scores"]})
        measures += [
            {**by, "staff": one["staff"], "value": one["mean"], "scores": one["scores"]} for one in about["staff"]
        ]
    return Section(data, blocks, measures, {"satisfaction": mean, "scores": data["scores"]})


def _of_each(of_staff: Mapping[str, Counter[int]]) -> list[dict[str, Any]]:
    """By name; contacts that do not say who was there come last."""
    names = sorted(of_staff, key=lambda name: (name == _NOT_SAID, name))
    return [{"staff": name, **tally(of_staff[name])} for name in names]


def _questions(asked: Asked) -> list[dict[str, Any]]:
    """What was answered to each question in the period, altogether and for each of the staff."""
    found: dict[str, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for row in asked.ask(_ANSWERS):
        found[row.question][row.staff or _NOT_SAID][row.score] += row.times
    return [
        {
            "question": question,
            **tally(sum(found[question].values(), Counter[int]())),
            "staff": _of_each(found[question]),
        }
        for question in sorted(found)
    ]


def _by_question(questions: list[dict[str, Any]]) -> Table:
    columns = [Column("Asked about"), Column("Staff"), Column("Mean", "right"), Column("Scores", "right")]
    columns += [Column(str(score), "right") for score in SCORES]
    rows: list[tuple[Any, ...]] = []
    for about in questions:
        several = len(about["staff"]) > 1
        each = [("everybody", about)] if several else []
        each += [(one["staff"], one) for one in about["staff"]]
        for nth, (name, one) in enumerate(each):
            title = about["question"] if nth == 0 else ""
            rows.append((title, name, f"{one['mean']:.2f}", one["scores"], *one["spread"].values()))
    return Table(columns, rows)


def _by_staff(staff: list[dict[str, Any]]) -> Table:
    columns = [Column("Staff"), Column("Mean", "right"), Column("Scores", "right")]
    columns += [Column(str(score), "right") for score in SCORES]
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
        [Series("mean", [tally(one)["mean"] for one in counts])],
        ends=[f"from {one.total():,} scores" for one in counts],
        span=(_LOWEST, _HIGHEST),
    )
