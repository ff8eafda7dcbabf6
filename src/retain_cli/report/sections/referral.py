"""Who brought whom in the period, how many of them bought, and what they bring."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from retain_cli.document import Block, Column, Figures, Note, Rate, Table
from retain_cli.model.grade import GRADES, NONE_YET
from retain_cli.model.money import Money
from retain_cli.report.scope import About
from retain_cli.report.section import Asked, Measure, Section

TITLE = "Referral"
ORDER = 5
MEASURES = {
    "referrals": Measure("Brought", "Customers said to have been brought by another in the period.", "more"),
    "referral-rate": Measure(
        "Brought somebody",
        "Of the customers who bought by the end of the period, those who brought somebody in it.",
        "more",
    ),
    "conversion-rate": Measure(
        "Converted", "Of those brought in the period, the ones with a first purchase by its end.", "more"
    ),
    "revenue-brought": Measure(
        "Revenue brought",
        "What all who were ever brought bought in the period, net and in the shop's currency.",
        "more",
    ),
}
MEANINGS = {"Grade": "Of whoever brought them, as it is now."}

_SHOWN = 10


class _Brought(NamedTuple):
    id: int
    external_id: str | None
    name: str
    grade: str | None
    said_on: date
    converted_on: date | None
    revenue: int
    is_buyer: int
    """Whether who brought them had bought by the end of the period."""


class _Customers(NamedTuple):
    grade: str | None
    customers: int


# A customer who was merged with the one who brought them is brought by nobody.
_BROUGHT = About(
    """
    select who.id, who.external_id, who.name, grade, said_on,
        (select min(bought_on) from purchase
            where purchase.customer_id = referred.customer_id and amount > 0 and bought_on <= :last),
        (select coalesce(sum(amount), 0) from purchase
            where purchase.customer_id = referred.customer_id and currency = :currency
                and bought_on between :first and :last),
        exists (select 1 from purchase where purchase.customer_id = who.id and bought_on <= :last and amount >= 0)
    from referral join referred on referred.referral_id = referral.id
        join customer as who on who.id = referral.customer_id
        left join enrolment on enrolment.customer_id = who.id
    where said_on <= :last and referral.customer_id <> referred.customer_id and {among who.id}
    order by who.search_key, who.id
    """,
    _Brought,
)
_BUYERS = About(
    """
    select grade, count(*) from customer left join enrolment on enrolment.customer_id = customer.id
    where {among customer.id} and exists (
        select 1 from purchase where purchase.customer_id = customer.id and bought_on <= :last and amount >= 0
    )
    group by grade
    """,
    _Customers,
)


def section(asked: Asked) -> Section:
    """Referral rate, conversion and revenue, per grade and per customer."""
    currency = asked.policy.currency
    found = list(asked.ask(_BROUGHT, currency=currency))
    buyers = {row.grade: row.customers for row in asked.ask(_BUYERS)}
    total = _entry(asked, found, sum(buyers.values()))
    grades = {
        grade or NONE_YET: _entry(asked, [one for one in found if one.grade == grade], buyers.get(grade, 0))
        for grade in (*GRADES, None)
    }
    customers = _by_customer(asked, found)
    data = {**total, "grades": grades, "customers": customers}
    figures = {
        "referrals": total["brought"],
        "referral-rate": total["referral_rate"],
        "conversion-rate": total["converted"],
        "revenue-brought": total["revenue"],
    }
    if not found:
        return Section(data, [Note("Nobody is known to have brought anybody.")], [], figures)
    pairs = [
        ("Brought in the period", total["brought"]),
        ("of them bought", total["converted"]),
        ("Customers who brought somebody", total["referral_rate"]),
        ("Bought by all who were ever brought", total["revenue"]),
    ]
    blocks: list[Block] = [Figures(pairs), _by_grade(grades), _most(customers[: None if asked.names else _SHOWN])]
    measures = [*({"grade": grade, **entry} for grade, entry in grades.items()), *customers]
    return Section(data, blocks, measures, figures)


def _entry(asked: Asked, found: Sequence[_Brought], buyers: int) -> dict[str, Any]:
    new = [one for one in found if one.said_on >= asked.first]
    return {
        "brought": len(new),
        "converted": Rate(sum(one.converted_on is not None for one in new), len(new)),
        "referral_rate": Rate(len({one.id for one in new if one.is_buyer}), buyers),
        "revenue": Money(sum(one.revenue for one in found), asked.policy.currency),
    }


def _by_customer(asked: Asked, found: Sequence[_Brought]) -> list[dict[str, Any]]:
    """Everybody who brought somebody, those with the most revenue first."""
    of: dict[int, list[_Brought]] = {}
    for one in found:
        of.setdefault(one.id, []).append(one)
    entries = [
        {
            "customer": {"id": theirs[0].id, "external_id": theirs[0].external_id, "name": theirs[0].name},
            "brought_ever": len(theirs),
            "converted": Rate(sum(one.converted_on is not None for one in theirs), len(theirs)),
            "revenue": Money(sum(one.revenue for one in theirs), asked.policy.currency),
        }
        for theirs in of.values()
    ]
    return sorted(entries, key=_least_revenue)


def _least_revenue(entry: dict[str, Any]) -> int:
    revenue: Money = entry["revenue"]
    return -revenue.minor


def _by_grade(grades: dict[str, dict[str, Any]]) -> Table:
    titles = ("Brought", "Converted", "Brought somebody", "Revenue brought")
    keys = ("brought", "converted", "referral_rate", "revenue")
    rows = [
        [grade if grade != NONE_YET else "none yet", *(entry[key] for key in keys)]
        for grade, entry in grades.items()
    ]
    return Table([Column("Grade"), *(Column(title, "right") for title in titles)], rows)


def _most(customers: Sequence[dict[str, Any]]) -> Table:
    titles = ("Brought ever", "Converted", "Revenue brought")
    rows = [[one["customer"]["name"], one["brought_ever"], one["converted"], one["revenue"]] for one in customers]
    return Table([Column("Who"), *(Column(title, "right") for title in titles)], rows)
