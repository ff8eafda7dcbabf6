"""What the care cost in money and in time, beside what the same customers bought in the period."""

from collections.abc import Sequence
from typing import Any

from retain_cli.document import Block, Column, Note, Table
from retain_cli.model.grade import GRADES, NONE_YET
from retain_cli.model.money import Money
from retain_cli.report.section import Asked, Measure, Section
from retain_cli.report.share import share
from retain_cli.report.spending import CARE, GIFTS, IN_OTHER_CURRENCIES, MOST_EXPENSIVE, Care, OnCustomer

TITLE = "Cost"
ORDER = 10
MEASURES = {
    "contacts": Measure("Contacts", "Every contact logged in the period, also those that reached nobody."),
    "cost": Measure(
        "Cost",
        "What was noted, and for contacts without a noted cost the usual cost of the services they rendered; in "
        "the shop's currency, others are told apart.",
        "less",
    ),
    "contacted-sales": Measure(
        "They bought",
        "Net amount that the contacted customers bought in the same period; returns subtract.",
        "more",
    ),
    "minutes": Measure(
        "Minutes",
        "What was noted, and for contacts without noted minutes what the services they rendered usually take.",
        "less",
    ),
    "cost-share": Measure(
        "Cost of what they bought",
        "The cost as a share of what the same customers bought in the same period.",
        "less",
    ),
}
MEANINGS = {
    "Staff": "Whoever was there. A customer whom two of them contacted is counted, with what they bought, at both.",
    "Service": "What the contact rendered; a contact that rendered several stands apart, so that no "
    "cost is counted twice.",
    "came back": "Bought in the same period, not because of it: what they would have bought anyway is unknown.",
}

_SHOWN = 10
_MINUTES_AN_HOUR = 60
_NOT_SAID = {"staff": "not said", "service": "none named"}


def section(asked: Asked) -> Section:
    """Contacts, their cost and minutes, and what the contacted customers bought, per grade, staff and service."""
    currency = asked.policy.currency
    care = list(asked.ask(CARE, currency=currency))
    of_grade = {row.part: row for row in care if row.kind == "grade"}
    grades = {grade: _entry(of_grade[grade], currency) for grade in (*GRADES, NONE_YET) if grade in of_grade}
    staff, services = _named(care, "staff", currency), _named(care, "service", currency)
    total = _entry(_total(of_grade.values()), currency)
    others, gifts = (list(asked.ask(question, currency=currency)) for question in (IN_OTHER_CURRENCIES, GIFTS))
    most = list(asked.ask(MOST_EXPENSIVE, currency=currency, limit=-1 if asked.names else _SHOWN))
    data: dict[str, Any] = {
        **total,
        "other_currencies": [{"amount": Money(one.amount, one.currency), "visits": one.times} for one in others],
        "gifts": [{"amount": Money(one.amount, one.currency), "gifts": one.times} for one in gifts],
        "grades": grades,
        "staff": staff,
        "services": services,
        "most_expensive": [_of_customer(one, currency) for one in most],
    }
    rows = [("none yet" if grade == NONE_YET else grade, entry) for grade, entry in grades.items()]
    blocks: list[Block] = [_table("Grade", [*rows, ("all", total)], sums=True)]
    for title, key, entries in (("Staff", "staff", staff), ("Service", "service", services)):
        if any(entry[key] != _NOT_SAID[key] for entry in entries):
            blocks.append(_table(title, [(entry[key], entry) for entry in entries]))
    if most:
        blocks.append(_most_expensive(data["most_expensive"]))
    blocks += _apart(data)
    measures = [
        *({"grade": grade, **entry} for grade, entry in grades.items()), *staff, *services, *data["most_expensive"]
    ]  # fmt: skip
    figures = {
        "contacts": total["visits"],
        "cost": _spent(total),
        "contacted-sales": total["net_sales"],
        "minutes": _took(total),
        "cost-share": total["cost_share"],
    }
    return Section(data, blocks, measures, figures)


def _total(rows: Any) -> Care:
    # Each customer is in one grade, so that the sum over the grades counts nobody twice.
    return (
        Care("", "", *(sum(numbers) for numbers in zip(*(row[2:] for row in rows), strict=True))) if rows else _NONE
    )


_NONE = Care("", "", *(0,) * 9)


def _entry(care: "Care | OnCustomer", currency: str) -> dict[str, Any]:
    spent, net = Money(care.cost + care.usual, currency), Money(care.net, currency)
    return {
        "visits": care.visits,
        "visits_with_cost": care.with_cost,
        "cost": Money(care.cost, currency),
        "usual_cost": Money(care.usual, currency),
        "visits_with_minutes": care.with_minutes,
        "minutes": care.minutes,
        "usual_minutes": care.usual_minutes,
        **({"customers": care.customers} if isinstance(care, Care) else {}),
        "net_sales": net,
        "cost_share": share(spent, net, care.visits),
    }


def _named(care: Sequence[Care], kind: str, currency: str) -> list[dict[str, Any]]:
    """One entry for each of the staff or services, those contacts last that do not say."""
    rows = sorted((row for row in care if row.kind == kind), key=lambda row: (not row.part, row.part))
    return [{kind: row.part or _NOT_SAID[kind], **_entry(row, currency)} for row in rows]


def _of_customer(one: OnCustomer, currency: str) -> dict[str, Any]:
    who = {"id": one.id, "external_id": one.external_id, "name": one.name}
    return {"customer": who, "grade": one.grade, **_entry(one, currency)}


def _table(title: str, rows: Sequence[tuple[str, dict[str, Any]]], *, sums: bool = False) -> Table:
    titles = ("Contacts", "Hours", "Cost", "Customers", "They bought")
    columns = [Column(title), *(Column(name, "right") for name in titles)]
    cells = [
        [name, one["visits"], _hours(one), _spent(one), one["customers"], one["net_sales"]] for name, one in rows
    ]
    return Table(columns, cells, sums=sums)


def _spent(entry: dict[str, Any]) -> Money:
    return Money(entry["cost"].minor + entry["usual_cost"].minor, entry["cost"].currency)


def _took(entry: dict[str, Any]) -> int:
    minutes: int = entry["minutes"] + entry["usual_minutes"]
    return minutes


def _hours(entry: dict[str, Any]) -> str:
    return f"{_took(entry) / _MINUTES_AN_HOUR:.1f}"


def _most_expensive(most: Sequence[dict[str, Any]]) -> Table:
    columns = [Column("Most was spent on"), Column("Grade"), Column("Contacts", "right"), Column("Cost", "right"),
               Column("They bought", "right")]  # fmt: skip
    rows = [
        (
            one["customer"]["name"],
            one["grade"],
            one["visits"],
            _spent(one),
            one["net_sales"],
        )
        for one in most
    ]
    return Table(columns, rows)


def _apart(data: dict[str, Any]) -> list[Block]:
    notes: list[Block] = []
    if data["visits"]:
        notes.append(
            Note(
                f"Of {data['visits']:,} contacts {data['visits_with_cost']:,} have their cost noted, "
                f"{data['visits_with_minutes']:,} their minutes."
            )
        )
    if data["usual_cost"].minor:
        notes.append(
            Note(f"{data['usual_cost']} of it is what services usually cost whose own cost was not noted.")
        )
    if data["usual_minutes"]:
        usual = f"{data['usual_minutes'] / _MINUTES_AN_HOUR:.1f}"
        notes.append(Note(f"{usual} of the hours are what services usually take whose own minutes were not noted."))
    if data["other_currencies"]:
        sums = ", ".join(f"{one['amount']} for {one['visits']:,}" for one in data["other_currencies"])
        notes.append(Note(f"Not added, noted in other currencies: {sums}."))
    if data["gifts"]:
        sums = ", ".join(f"{one['amount']} for {one['gifts']:,}" for one in data["gifts"])
        notes.append(Note(f"Not added, gifts that were bought: {sums}."))
    return notes
