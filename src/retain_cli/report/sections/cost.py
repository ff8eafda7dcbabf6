"""What the care cost, beside what the same customers bought in the period."""

from typing import NamedTuple

from retain_cli.document import Column, Table
from retain_cli.model.grade import GRADES, NONE_YET
from retain_cli.model.money import Money
from retain_cli.report.section import Asked, Section
from retain_cli.store.question import Question

TITLE = "Cost"
ORDER = 5


class _Care(NamedTuple):
    grade: str | None
    visits: int
    customers: int
    cost: int
    with_cost: int
    amount: int


_CARE = Question(
    """
    select grade, sum(visits), count(*), sum(cost), sum(with_cost), coalesce(sum(net), 0)
    from (
        select customer_id, count(*) as visits,
            sum(case when currency = :currency then cost else 0 end) as cost, count(cost) as with_cost
        from visit where visited_on between :first and :last group by customer_id
    ) as contacted
        left join enrolment on enrolment.customer_id = contacted.customer_id
        left join (
            select customer_id, sum(amount) as net from purchase
            where bought_on between :first and :last and currency = :currency group by customer_id
        ) as bought on bought.customer_id = contacted.customer_id
    group by grade
    """,
    _Care,
)


def section(asked: Asked) -> Section:
    """Visits, what they cost, and net sales of the customers who were contacted, per grade."""
    currency = asked.policy.currency
    found = {row.grade: row for row in asked.store.ask(_CARE, currency=currency, **asked.days)}
    entries = {grade or NONE_YET: _entry(found[grade], currency) for grade in (*GRADES, None) if grade in found}
    total = _Care(
        None,
        sum(row.visits for row in found.values()),
        sum(row.customers for row in found.values()),
        sum(row.cost for row in found.values()),
        sum(row.with_cost for row in found.values()),
        sum(row.amount for row in found.values()),
    )
    data = {**_entry(total, currency), "grades": entries}
    columns = [Column("Grade")] + [
        Column(title, "right") for title in ("Visits", "Cost noted for", "Cost", "Customers", "They bought")
    ]
    rows = [_row(grade if grade != NONE_YET else "none yet", entry) for grade, entry in entries.items()]
    rows.append(_row("all", data))
    return Section(data, [Table(columns, rows, sums=True)], [{"grade": g, **e} for g, e in entries.items()])


def _entry(care: _Care, currency: str) -> dict[str, object]:
    return {
        "visits": care.visits,
        "visits_with_cost": care.with_cost,
        "cost": Money(care.cost, currency),
        "customers": care.customers,
        "net_sales": Money(care.amount, currency),
    }


def _row(grade: str, entry: dict[str, object]) -> list[object]:
    return [
        grade,
        entry["visits"],
        entry["visits_with_cost"],
        entry["cost"],
        entry["customers"],
        entry["net_sales"],
    ]
