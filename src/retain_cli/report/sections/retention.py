"""Who came back: customers who bought more than once, those who had bought before, and those who stayed away."""

from datetime import date
from typing import Any, NamedTuple

from retain_cli.document import Block, Column, Figures, Note, Rate, Table
from retain_cli.model.money import Money
from retain_cli.report.cohorts import chart, cohorts
from retain_cli.report.periods import period_before
from retain_cli.report.scope import About
from retain_cli.report.section import Asked, Measure, Section

TITLE = "Retention"
ORDER = 3
MEASURES = {
    "customers-who-bought": Measure(
        "Customers who bought",
        "Different customers with a purchase in the period; a day of returns alone is none.",
        "more",
    ),
    "repeat-rate": Measure(
        "Bought on more than one day",
        "The repeat-purchase rate: of the customers who bought in the period, those who bought on two or more of "
        "its days. All lines and orders of one day are one occasion.",
        "more",
    ),
    "returning-rate": Measure(
        "Had bought before",
        "Of the customers who bought in the period, those who had bought before it began.",
        "more",
    ),
    "drifting-rate": Measure(
        "Drifted away",
        "Of the customers who bought in the period of the same length before this one, those who bought nothing in "
        "this one.",
        "less",
    ),
}
MEANINGS = {
    "Bought again": "Customers by the month of their first purchase ever (month 0); of them, those who bought in "
    "the first month after it, the second, and so on, until the last month that is over. A month that the period "
    "begins within is whole.",
}


class _Retention(NamedTuple):
    bought: int
    repeated: int
    returned: int
    before: int
    gone: int


class _Gone(NamedTuple):
    id: int
    external_id: str | None
    name: str
    last_on: date
    amount: int


# A day with a purchase is one occasion, however many lines and orders it has; a day of returns alone is none.
_RETENTION = About(
    """
    select count(begins), coalesce(sum(case when ends > begins then 1 else 0 end), 0),
        coalesce(sum(case when begins is not null and ever < :first then 1 else 0 end), 0),
        count(before), coalesce(sum(case when before is not null and begins is null then 1 else 0 end), 0)
    from (
        select min(bought_on) as ever, min(case when bought_on >= :first then bought_on end) as begins,
            max(bought_on) as ends,
            max(case when bought_on between :first_before and :last_before then 1 end) as before
        from purchase where amount >= 0 and bought_on <= :last and {among customer_id} group by customer_id
    ) as customers
    """,
    _Retention,
)
_GONE = About(
    """
    select customer.id, external_id, name, gone.last_on, net
    from (
        select customer_id, max(case when amount >= 0 then bought_on end) as last_on,
            sum(case when bought_on >= :first_before and currency = :currency then amount else 0 end) as net
        from purchase where bought_on <= :last and {among customer_id} group by customer_id
        having max(case when amount >= 0 then bought_on end) between :first_before and :last_before
    ) as gone join customer on customer.id = gone.customer_id
    order by net desc, search_key, customer.id
    """,
    _Gone,
)


def section(asked: Asked) -> Section:
    """Repeat-purchase rate, returning and drifting customers, over distinct customers; and cohorts."""
    first_before, last_before = period_before(asked.first, asked.last)
    before = {"first_before": first_before.isoformat(), "last_before": last_before.isoformat()}
    found = next(asked.ask(_RETENTION, **before))
    data: dict[str, Any] = {
        "customers": found.bought,
        "repeat_purchase": Rate(found.repeated, found.bought),
        "returning": Rate(found.returned, found.bought),
        "drifting_away": Rate(found.gone, found.before),
    }
    pairs = [
        ("Customers who bought", found.bought),
        ("of them on more than one day", data["repeat_purchase"]),
        ("of them had bought before", data["returning"]),
        (f"Bought from {first_before} to {last_before}", found.before),
        ("of them nothing since", data["drifting_away"]),
    ]
    measures: list[dict[str, Any]] = [{"measure": name, "value": value} for name, value in data.items()]
    figures = {
        "customers-who-bought": found.bought,
        "repeat-rate": data["repeat_purchase"],
        "returning-rate": data["returning"],
        "drifting-rate": data["drifting_away"],
    }
    blocks: list[Block] = [Figures(pairs)]
    newcomers = cohorts(asked)
    data["cohorts"] = [
        {"month": one.month, "customers": one.customers, "bought_again": list(one.bought)} for one in newcomers
    ]
    if newcomers:
        blocks.append(chart(newcomers))
    if asked.names:
        currency = asked.policy.currency
        gone = list(asked.ask(_GONE, currency=currency, **before))
        data["drifted"] = [
            {"id": one.id, "external_id": one.external_id, "name": one.name, "last_on": one.last_on,
             "amount": Money(one.amount, currency)}
            for one in gone
        ]  # fmt: skip
        blocks.append(_names(data["drifted"]))
        measures += [{"measure": "drifted", "name": one["name"], "value": one["amount"]} for one in data["drifted"]]
    return Section(data, blocks, measures, figures)


def _names(gone: list[dict[str, Any]]) -> Block:
    if not gone:
        return Note("Nobody drifted away.")
    rows = [(one["name"], one["last_on"], one["amount"]) for one in gone]
    columns = [Column("Drifted away"), Column("Bought last", wraps=False), Column("Bought for", "right")]
    return Table(columns, rows)
