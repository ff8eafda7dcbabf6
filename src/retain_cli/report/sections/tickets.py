"""After-sales: what was opened in the period, how long it took to resolve, and how it was rated."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Any, NamedTuple

from retain_cli.document import Block, Column, Note, Rate, Table
from retain_cli.report.scope import About
from retain_cli.report.section import Asked, Measure, Section

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


class _Matter(NamedTuple):
    kind: str
    owner: str | None
    opened_on: date
    promised_on: date
    resolved_on: date | None
    rating: int | None


_MATTERS = About(
    """
    select kind, owner, opened_on, promised_on, resolved_on, rating from ticket
    where opened_on between :first and :last and {among customer_id}
    """,
    _Matter,
)
_NOBODY = "nobody"


def section(asked: Asked) -> Section:
    """Opened and resolved tickets by kind and by owner, with their days and ratings."""
    found = list(asked.ask(_MATTERS))
    of_kind: dict[str, list[_Matter]] = defaultdict(list)
    of_owner: dict[str, list[_Matter]] = defaultdict(list)
    for matter in found:
        of_kind[matter.kind].append(matter)
        of_owner[matter.owner or _NOBODY].append(matter)
    total = _entry(found, asked.today)
    kinds = [{"kind": kind, **_entry(of_kind[kind], asked.today)} for kind in sorted(of_kind)]
    owners = [{"owner": owner, **_entry(of_owner[owner], asked.today)} for owner in sorted(of_owner)]
    data = {**total, "kinds": kinds, "owners": owners}
    figures = {
        "tickets": total["opened"],
        "complaints": len(of_kind["complaint"]),
        "resolved-rate": total["resolved"],
        "in-time-rate": total["in_time"],
        "days-to-resolve": total["median_days"],
        "ticket-rating": total["mean_rating"],
    }
    if not found:
        return Section(data, [Note("No ticket was opened in this period.")], [], figures)
    blocks: list[Block] = [_table("Kind", "kind", [*kinds, {"kind": "all", **total}])]
    if set(of_owner) != {_NOBODY}:
        blocks.append(_table("Seen to by", "owner", owners))
    return Section(data, blocks, [*kinds, *owners], figures)


def _entry(matters: Sequence[_Matter], today: date) -> dict[str, Any]:
    days = [(one.resolved_on - one.opened_on).days for one in matters if one.resolved_on]
    ratings = [one.rating for one in matters if one.rating is not None]
    late = sum((one.resolved_on or today) > one.promised_on for one in matters)
    in_time = sum(one.resolved_on is not None and one.resolved_on <= one.promised_on for one in matters)
    return {
        "opened": len(matters),
        "resolved": Rate(len(days), len(matters)),
        "in_time": Rate(in_time, in_time + late),
        "median_days": float(median(days)) if days else None,
        "longest_days": max(days, default=None),
        "mean_rating": round(sum(ratings) / len(ratings), 2) if ratings else None,
        "ratings": len(ratings),
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
