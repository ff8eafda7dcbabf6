"""Who was served and who was not: what was planned in the period, and what became of it."""

from collections import Counter, defaultdict
from typing import Any

from retain_cli.document import Block, Chart, Column, Note, Rate, Series, Table
from retain_cli.report.coverage import planned
from retain_cli.report.section import Asked, Section

TITLE = "Coverage"
ORDER = 2

_NAMES_SHOWN = 10
_STATES = ("on time", "late", "missed", "open", "suppressed")


def section(asked: Asked) -> Section:
    """Occurrences per plan line, and the names of those not served."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    missed: dict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
    for occurrence in planned(asked):
        key = (occurrence.line.grade, occurrence.line.service)
        counts[key][occurrence.state] += 1
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
    data = {**_totals(total), "lines": lines, "not_served": not_served}
    return Section(data, _blocks(lines, data, missed), lines)


def _line(key: tuple[str, str], count: Counter[str]) -> dict[str, object]:
    return {"grade": key[0], "service": key[1], **_totals(count)}


def _totals(count: Counter[str]) -> dict[str, object]:
    """Planned is everything whose outcome can be told; what is still open or suppressed stands beside it."""
    planned_count = count["on time"] + count["late"] + count["missed"]
    return {
        "planned": planned_count,
        "on_time": count["on time"],
        "late": count["late"],
        "missed": count["missed"],
        "open": count["open"],
        "suppressed": count["suppressed"],
        "served": Rate(count["on time"] + count["late"], planned_count),
    }


def _blocks(
    lines: list[dict[str, object]],
    data: dict[str, object],
    missed: dict[tuple[str, str], Counter[tuple[int, str]]],
) -> list[Block]:
    if not lines:
        return [Note("Nothing was planned in this period: grade the customers with retain classify.")]
    columns = [
        Column("Grade", wraps=False),
        Column("Service"),
        *(Column(t, "right") for t in ("Planned", "On time", "Late", "Missed", "Open")),
        Column("Served", "right"),
    ]
    keys = ("grade", "service", "planned", "on_time", "late", "missed", "open", "served")
    rows = [[line[key] for key in keys] for line in lines]
    rows.append(["all", "", *(data[key] for key in keys[2:])])
    blocks: list[Block] = [Table(columns, rows, sums=True), _chart(lines)]
    blocks += [_names(key, customers) for key, customers in sorted(missed.items())]
    return blocks


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


def _names(key: tuple[str, str], customers: Counter[tuple[int, str]]) -> Note:
    ordered = sorted(customers.items(), key=lambda item: (-item[1], item[0][1]))
    named = [name + (f" ({count}×)" if count > 1 else "") for (_, name), count in ordered[:_NAMES_SHOWN]]
    more = f" and {len(ordered) - _NAMES_SHOWN:,} more" if len(ordered) > _NAMES_SHOWN else ""
    return Note(f"Not served, {key[0]} {key[1]}: {', '.join(named)}{more}.")
