"""Who was served and who was not: what was planned in the period, and what became of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from retain_cli.document import Block, Chart, Column, Note, Rate, Series, Table
from retain_cli.report.coverage import planned
from retain_cli.report.credit import NOBODYS, Team
from retain_cli.report.section import Asked, Measure, Section

TITLE = "Coverage"
ORDER = 2
MEASURES = {
    "planned": Measure(
        "Planned",
        "Occurrences whose day lies in the period and whose outcome is known: on time, late, missed, skipped.",
    ),
    "served-rate": Measure("Served", "Of the planned, those done on time or late.", "more"),
    "on-time-rate": Measure("On time", "Of the planned, those done within the days of grace.", "more"),
    "missed": Measure("Missed", "Planned, and not done before the next planned day or within the grace.", "less"),
    "skipped": Measure("Skipped", "Planned, and left out because somebody decided so, with a reason."),
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
    "Whose": "Whose customers they are now.",
    "By others": "Of the done, how many a colleague did.",
    "For others": "How many they did for customers who are not theirs.",
}

_NAMES_SHOWN = 10
_OWN = "own"
_STATES = ("on time", "late", "missed", "skipped", "open", "suppressed")
_SHOWN = (
    ("Planned", "planned"),
    ("On time", "on_time"),
    ("Late", "late"),
    ("Missed", "missed"),
    ("Skipped", "skipped"),
    ("Open", "open"),
    ("Served", "served"),
)
_BY_OWNER = (*_SHOWN[:4], ("By others", "by_others"), ("For others", "for_others"))

_Key = tuple[str, str]


def section(asked: Asked) -> Section:
    """Occurrences per plan line, per grade, service and staff, and the names of those not served."""
    counts: dict[_Key, Counter[str]] = defaultdict(Counter)
    missed: dict[_Key, Counter[tuple[int, str]]] = defaultdict(Counter)
    team = Team(asked.store)
    for occurrence in planned(asked):
        key = (occurrence.line.grade or _OWN, occurrence.line.service)
        counts[key][occurrence.state] += 1
        team.count(occurrence)
        if occurrence.state == "missed":
            missed[key][occurrence.customer_id, occurrence.customer] += 1
    lines = [{"grade": key[0], "service": key[1], **_totals(counts[key])} for key in sorted(counts)]
    grades, services = _together(counts, 0), _together(counts, 1)
    total = sum(counts.values(), Counter[str]())
    data = {
        **_totals(total),
        "lines": lines,
        "grades": {grade: _totals(grades[grade]) for grade in sorted(grades)},
        "services": [{"service": service, **_totals(services[service])} for service in sorted(services)],
        "staff": [
            {
                "staff": name,
                **_totals(credit.states),
                "by_others": credit.by_others,
                "for_others": credit.for_others,
            }
            for name, credit in team.credits()
        ],
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
    """Planned is everything whose outcome can be told; what is open or suppressed stands beside it.

    Skipped is planned and not served.
    """
    planned_count = count["on time"] + count["late"] + count["missed"] + count["skipped"]
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
    # Hardly any shop skips every month, and the column would make the others too narrow.
    shown = [(title, key) for title, key in _SHOWN if key != "skipped" or data["skipped"]]
    columns = [Column("Grade", wraps=False), Column("Service"), *(Column(title, "right") for title, _ in shown)]
    rows = [[line["grade"], line["service"], *(line[key] for _, key in shown)] for line in lines]
    rows.append(["all", "", *(data[key] for _, key in shown)])
    blocks: list[Block] = [Table(columns, rows, sums=True), _chart(lines)]
    if data["suppressed"]:
        blocks.append(Note(f"Not planned, since they are not to be contacted: {data['suppressed']:,}."))
    if any(one["staff"] != NOBODYS and (one["planned"] or one["open"]) for one in data["staff"]):
        columns = [Column("Whose", wraps=False), *(Column(title, "right") for title, _ in _BY_OWNER)]
        theirs = [[one["staff"], *(one[key] for _, key in _BY_OWNER)] for one in data["staff"]]
        blocks.append(Table(columns, theirs, "By the owner of the customers"))
    blocks += [_names(key, customers, every_name=every_name) for key, customers in sorted(missed.items())]
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
            *([Series("skipped", skipped)] if any(skipped := [line["skipped"] for line in lines]) else []),
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
