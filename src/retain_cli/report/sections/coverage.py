"""Who was served and who was not: what was planned in the period, and what became of it."""

from collections import Counter, defaultdict

from retain_cli.document import Block, Column, Note, Rate, Table
from retain_cli.report.coverage import planned
from retain_cli.report.credit import NOBODYS, Team
from retain_cli.report.section import Asked, Section

TITLE = "Coverage"
ORDER = 2

_NAMES_SHOWN = 10
_SHOWN = (
    ("Planned", "planned"),
    ("On time", "on_time"),
    ("Late", "late"),
    ("Missed", "missed"),
    ("Skipped", "skipped"),
    ("Open", "open"),
    ("Served", "served"),
)
_SHOWN_BY_OWNER = (*_SHOWN[:5], ("By others", "by_others"), ("For others", "for_others"))
_OWN = "own"
"""In place of the grade: a customer's own plan."""


def section(asked: Asked) -> Section:
    """Occurrences per plan line and per member of the team, and the names of those not served."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    missed: dict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
    team = Team(asked.store)
    for occurrence in planned(asked):
        key = (occurrence.line.grade or _OWN, occurrence.line.service)
        counts[key][occurrence.state] += 1
        team.count(occurrence)
        if occurrence.state == "missed":
            missed[key][occurrence.customer_id, occurrence.customer] += 1
    lines = [_line(key, counts[key]) for key in sorted(counts)]
    not_served = [
        {"grade": grade, "service": service, "id": customer_id, "name": name, "missed": count}
        for (grade, service), customers in sorted(missed.items())
        for (customer_id, name), count in sorted(customers.items(), key=lambda item: (-item[1], item[0][1]))
    ]
    total = Counter[str]()
    for count in counts.values():
        total.update(count)
    staff = [
        {"staff": name, **_totals(credit.states), "by_others": credit.by_others, "for_others": credit.for_others}
        for name, credit in team.credits()
    ]
    data = {**_totals(total), "lines": lines, "staff": staff, "not_served": not_served}
    return Section(data, _blocks(lines, staff, data, missed), lines)


def _line(key: tuple[str, str], count: Counter[str]) -> dict[str, object]:
    return {"grade": key[0], "service": key[1], **_totals(count)}


def _totals(count: Counter[str]) -> dict[str, object]:
    """Planned is everything whose outcome can be told; what is still open or suppressed stands beside it.

    Skipped is planned and not served.
    """
    planned_count = count["on time"] + count["late"] + count["missed"] + count["skipped"]
    return {
        "planned": planned_count,
        "on_time": count["on time"],
        "late": count["late"],
        "missed": count["missed"],
        "open": count["open"],
        "suppressed": count["suppressed"],
        "skipped": count["skipped"],
        "served": Rate(count["on time"] + count["late"], planned_count),
    }


def _blocks(
    lines: list[dict[str, object]],
    staff: list[dict[str, object]],
    data: dict[str, object],
    missed: dict[tuple[str, str], Counter[tuple[int, str]]],
) -> list[Block]:
    if not lines:
        return [Note("Nothing was planned in this period: grade the customers with retain classify.")]
    # Hardly any shop skips every month, and the column would make the others too narrow.
    left = [(title, key) for title, key in _SHOWN if key != "skipped" or data["skipped"]]
    columns = [Column("Grade", wraps=False), Column("Service"), *(Column(title, "right") for title, _ in left)]
    keys = ["grade", "service", *(key for _, key in left)]
    rows = [[line[key] for key in keys] for line in lines]
    rows.append(["all", "", *(data[key] for key in keys[2:])])
    blocks: list[Block] = [Table(columns, rows)]
    if data["suppressed"]:
        blocks.append(Note(f"Not planned, since they are not to be contacted: {data['suppressed']:,}."))
    if any(one["staff"] != NOBODYS and (one["planned"] or one["open"]) for one in staff):
        columns = [Column("Whose", wraps=False), *(Column(title, "right") for title, _ in _SHOWN_BY_OWNER)]
        cells = [[one["staff"], *(one[key] for _, key in _SHOWN_BY_OWNER)] for one in staff]
        blocks.append(Table(columns, cells, "By the owner of the customers"))
    blocks += [_names(key, customers) for key, customers in sorted(missed.items())]
    return blocks


def _names(key: tuple[str, str], customers: Counter[tuple[int, str]]) -> Note:
    ordered = sorted(customers.items(), key=lambda item: (-item[1], item[0][1]))
    named = [name + (f" ({count}×)" if count > 1 else "") for (_, name), count in ordered[:_NAMES_SHOWN]]
    more = f" and {len(ordered) - _NAMES_SHOWN:,} more" if len(ordered) > _NAMES_SHOWN else ""
    return Note(f"Not served, {key[0]} {key[1]}: {', '.join(named)}{more}.")
