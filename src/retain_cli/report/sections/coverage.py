"""Who was served and who was not: what was planned in the period, and what became of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from retain_cli.document import Block, Chart, Column, Note, Rate, Series, Table
from retain_cli.report.coverage import planned
from retain_cli.report.section import Asked, Measure, Section
from retain_cli.store.question import Question

TITLE = "Coverage"
ORDER = 2
MEASURES = {
    "planned": Measure(
        "Planned",
        "Occurrences whose planned day lies in the period and whose outcome is known: on time, late, missed.",
    ),
    "served-rate": Measure("Served", "Of the planned, those done on time or late.", "more"),
    "on-time-rate": Measure("On time", "Of the planned, those done within the days of grace.", "more"),
    "missed": Measure("Missed", "Planned, and not done before the next planned day or within the grace.", "less"),
    "skipped": Measure("Skipped", "Not done because somebody decided so; apart from what is planned."),
    "suppressed": Measure(
        "Suppressed",
        "Not done because the customer was to be left alone on that day: asked for it, paused, inactive, deceased, "
        "or refuses every way it is done; apart from what is planned.",
    ),
}
MEANINGS = {
    "on time": "Done after the last time, and not later than the planned day and its days of grace.",
    "late": "Done after the grace, but before the next planned day.",
    "open": "Not done yet, and still within its grace; apart from what is planned.",
    "own": "As grade: a line that one customer has for themselves.",
    "Staff": "Whose customers they are now.",
}

_NAMES_SHOWN = 10
_OWN = "own"
_NOBODY = "nobody's own"
_STATES = ("on time", "late", "missed", "open", "skipped", "suppressed")

_Key = tuple[str, str]


class _Owner(NamedTuple):
    id: int
    name: str


_OWNERS = Question("select id, name from staff", _Owner)


def section(asked: Asked) -> Section:
    """Occurrences per plan line, per grade, service and staff, and the names of those not served."""
    counts: dict[_Key, Counter[str]] = defaultdict(Counter)
    of_staff: dict[str, Counter[str]] = defaultdict(Counter)
    missed: dict[_Key, Counter[tuple[int, str]]] = defaultdict(Counter)
    owners = {one.id: one.name for one in asked.store.ask(_OWNERS)}
    for occurrence in planned(asked):
        key = (occurrence.line.grade or _OWN, occurrence.line.service)
        counts[key][occurrence.state] += 1
        if owners:
            of_staff[owners.get(occurrence.owner_id or 0, _NOBODY)][occurrence.state] += 1
        if occurrence.state == "missed":
            missed[key][occurrence.customer_id, occurrence.customer] += 1
    lines = [{"grade": key[0], "service": key[1], **_totals(counts[key])} for key in sorted(counts)]
    grades, services = _together(counts, 0), _together(counts, 1)
    staff = sorted(of_staff, key=lambda name: (name == _NOBODY, name))
    total = sum(counts.values(), Counter[str]())
    data = {
        **_totals(total),
        "lines": lines,
        "grades": {grade: _totals(grades[grade]) for grade in sorted(grades)},
        "services": [{"service": service, **_totals(services[service])} for service in sorted(services)],
        "staff": [{"staff": name, **_totals(of_staff[name])} for name in staff],
        "not_served": [
            {"grade": grade, "service": service, "id": customer_id, "name": name, "missed": count}
            for (grade, service), customers in sorted(missed.items())
            for (customer_id, name), count in _most_first(customers)
        ],
    }
    figures = {
        "planned": data["planned"],
        "served-rate": data["served"],
        "on-time-rate": Rate(total["on time"], data["planned"]),
        **{state: total[state] for state in ("missed", "skipped", "suppressed")},
    }
    measures = [*lines, *data["staff"], *(data["not_served"] if asked.names else ())]
    return Section(data, _blocks(data, missed, every_name=asked.names), measures, figures)


def _together(counts: Mapping[_Key, Counter[str]], part: int) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for key, count in counts.items():
        found[key[part]].update(count)
    return found


def _totals(count: Counter[str]) -> dict[str, Any]:
    """Planned is everything whose outcome can be told; what is open, skipped or suppressed stands beside it."""
    planned_count = count["on time"] + count["late"] + count["missed"]
    return {
        "planned": planned_count,
        **{state.replace(" ", "_"): count[state] for state in _STATES},
        "served": Rate(count["on time"] + count["late"], planned_count),
    }


def _blocks(
    data: dict[str, Any], missed: Mapping[_Key, Counter[tuple[int, str]]], *, every_name: bool
) -> list[Block]:
    lines = data["lines"]
    if not lines:
        return [Note("Nothing was planned in this period: grade the customers with retain classify.")]
    rows = [[line["grade"], line["service"], *_cells(line)] for line in lines]
    rows.append(["all", "", *_cells(data)])
    columns = [Column("Grade", wraps=False), Column("Service"), *_COLUMNS]
    blocks: list[Block] = [Table(columns, rows, sums=True), _chart(lines)]
    if data["skipped"] or data["suppressed"]:
        blocks.append(Note(f"Apart from these: {data['skipped']:,} skipped, {data['suppressed']:,} suppressed."))
    if data["staff"]:
        theirs = [[one["staff"], *_cells(one)] for one in data["staff"]]
        blocks.append(Table([Column("Customers of"), *_COLUMNS], theirs))
    blocks += [_names(key, customers, every_name=every_name) for key, customers in sorted(missed.items())]
    return blocks


_COLUMNS = [*(Column(title, "right") for title in ("Planned", "On time", "Late", "Missed", "Open", "Served"))]


def _cells(line: Mapping[str, Any]) -> list[Any]:
    return [line[key] for key in ("planned", "on_time", "late", "missed", "open", "served")]


def _chart(lines: list[dict[str, Any]]) -> Chart:
    return Chart(
        "bars",
        "Served and not served",
        "For each grade and service, how many of the planned occurrences were done on time, done late and missed.",
        [f"{line['grade']} {line['service']}" for line in lines],
        [
            Series("on time", [line["on_time"] for line in lines]),
            Series("late", [line["late"] for line in lines]),
            Series("missed", [line["missed"] for line in lines]),
        ],
        ends=[line["served"] for line in lines],
    )


def _most_first(customers: Counter[tuple[int, str]]) -> list[tuple[tuple[int, str], int]]:
    return sorted(customers.items(), key=lambda item: (-item[1], item[0][1]))


def _names(key: _Key, customers: Counter[tuple[int, str]], *, every_name: bool) -> Note:
    ordered = _most_first(customers)
    shown = ordered if every_name else ordered[:_NAMES_SHOWN]
    named = [name + (f" ({count}×)" if count > 1 else "") for (_, name), count in shown]
    rest = len(ordered) - len(shown)
    more = f" and {rest:,} more (--names)" if rest else ""
    return Note(f"Not served, {key[0]} {key[1]}: {', '.join(named)}{more}.")
