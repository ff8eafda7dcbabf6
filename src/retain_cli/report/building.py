"""Building the report: each section asked for its period, beside an earlier one where they are compared."""

from collections.abc import Iterable
from datetime import date
from types import ModuleType
from typing import Any, NamedTuple

from retain_cli.document import FEWEST_FOR_PERCENT, Block, Column, Document, Heading, Note, Rate, Table
from retain_cli.model.money import Money
from retain_cli.registry import members, sentence
from retain_cli.report import sections as family
from retain_cli.report.section import Asked, Section


class Part(NamedTuple):
    """A section with its figures, and those of the earlier period where one is compared."""

    name: str
    member: ModuleType
    section: Section
    before: Section | None


def section_names() -> list[str]:
    """Every section there is, in the order of the report."""
    return [_name(member) for member in _in_order()]


def build(asked: Asked, chosen: Iterable[str], before: tuple[date, date] | None = None) -> list[Part]:
    """The chosen sections in the order of the report."""
    wanted = set(chosen)
    return [
        Part(
            _name(member),
            member,
            member.section(asked),
            member.section(asked._replace(first=before[0], last=before[1], names=False)) if before else None,
        )
        for member in _in_order()
        if _name(member) in wanted
    ]


def document(parts: list[Part], asked: Asked, before: tuple[date, date] | None, *, define: bool) -> Document:
    """The whole report, with what its figures mean where that is wanted."""
    about = f"From {asked.first} to {asked.last}"
    data: dict[str, Any] = {"period": {"from": asked.first, "to": asked.last}}
    blocks: list[Block] = [Note(about + (f", beside {before[0]} to {before[1]}" if before else ""))]
    if before:
        data["compared_with"] = {"from": before[0], "to": before[1]}
    # Beside the sections and not in them: a section's keys may be grades, or whatever else it has figures for.
    beside: dict[str, dict[str, Any]] = {}
    records: list[dict[str, Any]] = []
    for part in parts:
        compared, defined = _compared(part), _definitions(part.member) if define else {}
        data[part.name] = part.section.data
        for key, of_section in (
            ("charts", part.section.charts()),
            ("compared", compared),
            ("definitions", defined),
        ):
            if of_section:
                beside.setdefault(key, {})[part.name] = of_section
        blocks += [Heading(part.member.TITLE, sentence(part.member)), *part.section.blocks]
        if compared:
            blocks.append(_comparison(part.member, compared))
        if defined:
            rows = list(defined.items())
            blocks.append(Table([Column("Word", wraps=False), Column("Means")], rows))
        lines = [
            *part.section.lines(),
            *({"compared": name, **values} for name, values in compared.items()),
            *({"defined": name, "means": words} for name, words in defined.items()),
        ]
        records += [{"section": part.name, **line} for line in lines]
    title = f"Report, {asked.first} to {asked.last}"
    return Document(data | beside, blocks, records, header=("section",), title=title)


def _in_order() -> list[ModuleType]:
    found: list[ModuleType] = sorted(members(family), key=lambda member: member.ORDER)
    return found


def _name(member: ModuleType) -> str:
    return member.__name__.rpartition(".")[2]


def _definitions(member: ModuleType) -> dict[str, str]:
    """Measures by the name a goal knows them by, then the other words of the section."""
    measures = {name: measure.meaning for name, measure in member.MEASURES.items()}
    return measures | getattr(member, "MEANINGS", {})


def _compared(part: Part) -> dict[str, dict[str, Any]]:
    if part.before is None:
        return {}
    now, before = part.section.figures, part.before.figures
    return {
        name: {"now": now.get(name), "before": before.get(name), "change": change(now.get(name), before.get(name))}
        for name in part.member.MEASURES
    }


def change(now: Any, before: Any) -> Any:
    """How much more it is now; of shares the difference of the rates, and None where one of them has none."""
    if isinstance(now, Money) and isinstance(before, Money):
        return Money(now.minor - before.minor, now.currency) if now.currency == before.currency else None
    rates = _rate(now), _rate(before)
    if rates[0] is not None and rates[1] is not None:
        return round(rates[0] - rates[1], 6)
    if isinstance(now, int | float) and isinstance(before, int | float):
        return now - before if isinstance(now, int) and isinstance(before, int) else round(now - before, 6)
    return None


def _rate(value: Any) -> float | None:
    if isinstance(value, Rate):
        return value.value if value.denominator >= FEWEST_FOR_PERCENT else None
    return value.get("fraction") if isinstance(value, dict) else None


def _comparison(member: ModuleType, compared: dict[str, dict[str, Any]]) -> Table:
    columns = [Column("Measure"), *(Column(title, "right") for title in ("Now", "Before", "Change"))]
    rows = [
        [member.MEASURES[name].title, in_words(one["now"]), in_words(one["before"]), _change_in_words(one)]
        for name, one in compared.items()
    ]
    return Table(columns, rows)


def in_words(value: Any) -> Any:
    """A value of a measure as a table shows it: a share of money as its percentage."""
    if isinstance(value, dict):
        return "none to count" if value["fraction"] is None else f"{value['fraction']:.1%}"
    return f"{value:.2f}" if isinstance(value, float) else value


def _change_in_words(one: dict[str, Any]) -> str:
    difference = one["change"]
    if difference is None:
        return ""
    if isinstance(difference, Money):
        return ("+" if difference.minor > 0 else "") + str(difference)
    if _rate(one["now"]) is not None:
        return f"{100 * difference:+.1f} points"
    return f"{difference:+,}" if isinstance(difference, int) else f"{difference:+.2f}"
