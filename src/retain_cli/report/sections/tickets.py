"""After-sales: what was opened in the period, how long it took to resolve, and how it was rated."""

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

from retain_cli.document import Block, Column, Note, Rate, Table
from retain_cli.report.scope import About
from retain_cli.report.section import Asked, Measure, Section
from retain_cli.store.day_number import day_number

TITLE = "Tickets"
ORDER = 8
MEASURES = {
    "tickets": Measure("Opened", "Complaints, repairs, maintenance and questions opened in the period."),
    "complaints": Measure("Complaints", "Complaints opened in the period.", "less"),
    "resolved-rate": Measure("Resolved", "Of the tickets opened in the period, those resolved by now.", "more"),
    "in-time-rate": Measure(
        "In time",
        "Of the tickets opened in the period that are resolved or past the promised day, those resolved by it.",
        "more",
    ),
    "days-to-resolve": Measure(
        "Days to resolve",
        "The median days from opening to resolving, of the tickets opened in the period and resolved by now; "
        "0 is the same day.",
        "less",
    ),
    "ticket-rating": Measure("Rating", "The mean of the ratings from 1 to 5 of the same tickets.", "more"),
}
MEANINGS = {"Longest": "The most days from opening to resolving; what is still open is not in it."}


class _Opened(NamedTuple):
    """Tickets of one kind and owner that took as many days to resolve, or none of which is resolved."""

    kind: str
    owner: str
    days: int | None
    tickets: int
    in_time: int
    late: int
    ratings: int
    rated: int


_OPENED = About(
    f"""
    select kind, coalesce(owner, ''), {day_number("resolved_on")} - {day_number("opened_on")} as days, count(*),
        sum(case when resolved_on <= promised_on then 1 else 0 end),
        sum(case when coalesce(resolved_on, :today) > promised_on then 1 else 0 end),
        count(rating), coalesce(sum(rating), 0)
    from ticket where opened_on between :first and :last and {{among customer_id}}
    group by kind, coalesce(owner, ''), days
    """,
    _Opened,
)
_NOBODY = "nobody"


def section(asked: Asked) -> Section:
    """Opened and resolved tickets by kind and by owner, with their days and ratings."""
    opened = list(asked.ask(_OPENED, today=asked.today.isoformat()))
    total = _entry(opened)
    kinds = [
        {"kind": kind, **_entry([one for one in opened if one.kind == kind])}
        for kind in sorted({one.kind for one in opened})
    ]
    owners = [
        {"owner": owner or _NOBODY, **_entry([one for one in opened if one.owner == owner])}
        for owner in sorted({one.owner for one in opened}, key=lambda owner: owner or _NOBODY)
    ]
    data = {**total, "kinds": kinds, "owners": owners}
    figures = {
        "tickets": total["opened"],
        "complaints": sum(one.tickets for one in opened if one.kind == "complaint"),
        "resolved-rate": total["resolved"],
        "in-time-rate": total["in_time"],
        "days-to-resolve": total["median_days"],
        "ticket-rating": total["mean_rating"],
    }
    if not opened:
        return Section(data, [Note("No ticket was opened in this period.")], [], figures)
    blocks: list[Block] = [_table("Kind", "kind", [*kinds, {"kind": "all", **total}])]
    if any(one.owner for one in opened):
        blocks.append(_table("Seen to by", "owner", owners))
    return Section(data, blocks, [*kinds, *owners], figures)


def _entry(parts: Sequence[_Opened]) -> dict[str, Any]:
    opened, in_time, late, ratings, rated = (
        sum(numbers) for numbers in zip((0,) * 5, *(part[3:] for part in parts), strict=True)
    )
    days = Counter[int]()
    for part in parts:
        if part.days is not None:
            days[part.days] += part.tickets
    return {
        "opened": opened,
        "resolved": Rate(days.total(), opened),
        "in_time": Rate(in_time, in_time + late),
        "median_days": float(median(sorted(days.elements()))) if days else None,
        "longest_days": max(days, default=None),
        "mean_rating": round(rated / ratings, 2) if ratings else None,
        "ratings": ratings,
    }


def _table(title: str, key: str, entries: Sequence[dict[str, Any]]) -> Table:
    columns = [Column(title), *(Column(name, "right") for name in (
        "Opened", "Resolved", "In time", "Median days", "Longest", "Rating"))]  # fmt: skip
    rows = [
        [
            one[key],
            one["opened"],
            one["resolved"],
            one["in_time"],
            one["median_days"],
            one["longest_days"],
            "" if one["mean_rating"] is None else f"{one['mean_rating']:.2f} of {one['ratings']:,}",
        ]
        for one in entries
    ]
    return Table(columns, rows, sums=entries[-1][key] == "all")
