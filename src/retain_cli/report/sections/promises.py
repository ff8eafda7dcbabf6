"""Our word: what we promised for a day in the period, and whether we kept it."""

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from retain_cli.document import Block, Column, Figures, Note, Rate, Table
from retain_cli.report.scope import About
from retain_cli.report.section import Asked, Measure, Section

TITLE = "Promises"
ORDER = 7
MEASURES = {
    "kept-rate": Measure(
        "Kept",
        "Of the promises for a day in the period that are closed or past their day, those kept by their day.",
        "more",
    ),
    "broken-promises": Measure("Broken", "Promises that were given up without having been kept.", "less"),
    "overdue-promises": Measure(
        "Past their day", "Promises that are still open although their day is over.", "less"
    ),
}
MEANINGS = {
    "late": "Kept after their day.",
    "waiting": "Open, and their day is still to come.",
    "made good": "Late or broken, and something was done to make good for it.",
}

_NOBODY = "nobody"
_STATES = ("kept", "late", "broken", "overdue", "waiting")


class _Promised(NamedTuple):
    owner: str | None
    state: str
    promises: int
    made_good: int


_PROMISED = About(
    """
    select owner, case when status <> 'open' then status when due_on < :today then 'overdue' else 'waiting' end,
        count(*), count(case when status in ('late', 'broken') then made_good end)
    from promise where due_on between :first and :last and {among customer_id}
    group by owner, case when status <> 'open' then status when due_on < :today then 'overdue' else 'waiting' end
    """,
    _Promised,
)


def section(asked: Asked) -> Section:
    """Kept, late, broken and still open promises, and the kept-rate of each owner."""
    of_owner: dict[str, Counter[str]] = defaultdict(Counter)
    made_good = 0
    for row in asked.ask(_PROMISED, today=asked.today.isoformat()):
        of_owner[row.owner or _NOBODY][row.state] += row.promises
        made_good += row.made_good
    total = sum(of_owner.values(), Counter[str]())
    owners = [
        {"owner": owner, **_entry(of_owner[owner])} for owner in sorted(of_owner, key=lambda o: (o == _NOBODY, o))
    ]
    data: dict[str, Any] = {**_entry(total), "made_good": made_good, "owners": owners}
    figures = {
        "kept-rate": data["kept_rate"],
        "broken-promises": total["broken"],
        "overdue-promises": total["overdue"],
    }
    if not total:
        return Section(data, [Note("Nothing was promised for a day in this period.")], [], figures)
    pairs = [("Kept by their day", data["kept_rate"]), ("Late or broken, and made good", made_good)]
    blocks: list[Block] = [Figures(pairs), _table([*owners, {"owner": "all", **_entry(total)}])]
    return Section(data, blocks, owners, figures)


def _entry(count: Counter[str]) -> dict[str, Any]:
    decided = sum(count[state] for state in ("kept", "late", "broken", "overdue"))
    return {**{state: count[state] for state in _STATES}, "kept_rate": Rate(count["kept"], decided)}


def _table(owners: list[dict[str, Any]]) -> Table:
    titles = ("Kept", "Late", "Broken", "Past their day", "Waiting")
    columns = [Column("Promised by"), *(Column(title, "right") for title in titles)]
    return Table(columns, [[one["owner"], *(one[state] for state in _STATES)] for one in owners], sums=True)
