"""Who bought how much in the period, by the grade they have now."""

from typing import Any, NamedTuple

from retain_cli.document import Block, Column, Note, Rate, Table
from retain_cli.model.grade import GRADES, NONE_YET
from retain_cli.model.money import Money
from retain_cli.report.pareto import curve
from retain_cli.report.scope import About
from retain_cli.report.section import Asked, Measure, Section
from retain_cli.report.share import in_words, share

TITLE = "Grades"
ORDER = 1
MEASURES = {
    "customers": Measure("Customers", "Everybody who is known, whether or not they bought in the period.", "more"),
    "buying-rate": Measure(
        "Bought in the period", "Of all customers, those with a purchase in the period.", "more"
    ),
    "net-sales": Measure(
        "Net amount",
        "What was bought in the period in the shop's currency; returns subtract, other currencies are told apart.",
        "more",
    ),
    "share-of-a": Measure("Share of A", "The part of the net amount that those bought who are an A now."),
}
MEANINGS = {"None yet": "Customers without a purchase in the months that count for a grade."}


class _Grade(NamedTuple):
    grade: str | None
    customers: int
    bought: int
    foreign: int
    amount: int


class _Foreign(NamedTuple):
    grade: str | None
    currency: str
    amount: int


# A purchase in any currency is one; who only gave something back bought nothing.
_GRADES = About(
    """
    select grade, count(*), coalesce(sum(bought.any_purchase), 0), coalesce(sum(bought.any_foreign), 0),
        coalesce(sum(bought.net), 0)
    from customer left join enrolment on enrolment.customer_id = customer.id left join (
        select customer_id, sum(case when currency = :currency then amount else 0 end) as net,
            max(case when amount >= 0 then 1 else 0 end) as any_purchase,
            max(case when currency <> :currency then 1 else 0 end) as any_foreign
        from purchase where bought_on between :first and :last group by customer_id
    ) as bought on bought.customer_id = customer.id
    where {among customer.id}
    group by grade
    """,
    _Grade,
)
_FOREIGN = About(
    """
    select grade, currency, sum(purchase.amount)
    from purchase left join enrolment on enrolment.customer_id = purchase.customer_id
    where bought_on between :first and :last and currency <> :currency and {among purchase.customer_id}
    group by grade, currency order by currency
    """,
    _Foreign,
)


def section(asked: Asked) -> Section:
    """Customers, those who bought, and net amount per grade."""
    currency = asked.policy.currency
    found = {row.grade: row for row in asked.ask(_GRADES, currency=currency)}
    foreign = list(asked.ask(_FOREIGN, currency=currency)) if any(row.foreign for row in found.values()) else []
    whole = Money(sum(row.amount for row in found.values()), currency)
    customers = sum(row.customers for row in found.values())
    bought = sum(row.bought for row in found.values())
    data: dict[str, dict[str, Any]] = {}
    for grade in (*GRADES, None):
        row = found.get(grade) or _Grade(grade, 0, 0, 0, 0)
        amount = Money(row.amount, currency)
        data[grade or NONE_YET] = {
            "customers": row.customers,
            "bought": Rate(row.bought, row.customers),
            "amount": amount,
            "share": share(amount, whole, bought),
            "other_currencies": [Money(one.amount, one.currency) for one in foreign if one.grade == grade],
        }
    figures = {
        "customers": customers,
        "buying-rate": Rate(bought, customers),
        "net-sales": whole,
        "share-of-a": data["A"]["share"],
    }
    blocks: list[Block] = [_table(data, figures), *_apart(foreign)]
    if chart := curve(asked):
        blocks.append(chart)
    return Section(data, blocks, [{"grade": grade, **entry} for grade, entry in data.items()], figures)


def _table(data: dict[str, dict[str, Any]], figures: dict[str, Any]) -> Table:
    titles = ("Customers", "Bought in the period", "Net amount", "Share")
    rows = [
        (
            grade if grade != NONE_YET else "none yet",
            entry["customers"],
            entry["bought"],
            entry["amount"],
            in_words(entry["share"]),
        )
        for grade, entry in data.items()
    ]
    rows.append(("all", figures["customers"], figures["buying-rate"], figures["net-sales"], ""))
    return Table([Column("Grade"), *(Column(title, "right") for title in titles)], rows, sums=True)


def _apart(foreign: list[_Foreign]) -> list[Block]:
    sums: dict[str, int] = {}
    for one in foreign:
        sums[one.currency] = sums.get(one.currency, 0) + one.amount
    if not sums:
        return []
    return [Note("Not added, in other currencies: " + ", ".join(str(Money(n, c)) for c, n in sums.items()) + ".")]
