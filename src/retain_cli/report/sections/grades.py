"""Who bought how much in the period, by the grade they have now."""

from typing import NamedTuple

from retain_cli.document import Block, Column, Rate, Table
from retain_cli.model.grade import GRADES, NONE_YET
from retain_cli.model.money import Money
from retain_cli.report.pareto import curve
from retain_cli.report.section import Asked, Section
from retain_cli.store.question import Question

TITLE = "Grades"
ORDER = 1


class _Grade(NamedTuple):
    grade: str | None
    customers: int
    bought: int
    amount: int


_GRADES = Question(
    """
    select grade, count(*), count(bought.customer_id), coalesce(sum(bought.net), 0)
    from customer left join enrolment on enrolment.customer_id = customer.id left join (
        select customer_id, sum(amount) as net from purchase
        where bought_on between :first and :last and currency = :currency group by customer_id
    ) as bought on bought.customer_id = customer.id
    group by grade
    """,
    _Grade,
)


def section(asked: Asked) -> Section:
    """Customers, those who bought, and net amount per grade."""
    currency = asked.policy.currency
    found = {row.grade: row for row in asked.store.ask(_GRADES, currency=currency, **asked.days)}
    total = sum(row.amount for row in found.values())
    data = {}
    for grade in (*GRADES, None):
        row = found.get(grade) or _Grade(grade, 0, 0, 0)
        data[grade or NONE_YET] = {
            "customers": row.customers,
            "bought": Rate(row.bought, row.customers),
            "amount": Money(row.amount, currency),
            "share_percent": round(100 * row.amount / total, 1) if total > 0 else None,
        }
    columns = (
        Column("Grade"),
        Column("Customers", "right"),
        Column("Bought in the period", "right"),
        Column("Net amount", "right"),
        Column("Share", "right"),
    )
    rows = [
        (
            grade if grade != NONE_YET else "none yet",
            entry["customers"],
            entry["bought"],
            entry["amount"],
            "" if entry["share_percent"] is None else f"{entry['share_percent']:.1f}%",
        )
        for grade, entry in data.items()
    ]
    measures = [{"grade": grade, **entry} for grade, entry in data.items()]
    blocks: list[Block] = [Table(columns, rows)]
    if chart := curve(asked):
        blocks.append(chart)
    return Section(data, blocks, measures)
