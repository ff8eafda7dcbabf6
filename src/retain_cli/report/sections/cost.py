"""What the care cost in money and in time, beside what the same customers bought in the period."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from retain_cli.document import Block, Column, Note, Table
from retain_cli.model.grade import GRADES, NONE_YET
from retain_cli.model.money import Money
from retain_cli.report.scope import About
from retain_cli.report.section import Asked, Measure, Section
from retain_cli.report.share import share

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


class _Care(NamedTuple):
    kind: str
    part: str
    customers: int
    visits: int
    cost: int
    with_cost: int
    usual: int
    minutes: int
    with_minutes: int
    usual_minutes: int
    net: int


class _Customer(NamedTuple):
    id: int
    external_id: str | None
    name: str
    grade: str | None
    visits: int
    cost: int
    with_cost: int
    usual: int
    minutes: int
    with_minutes: int
    usual_minutes: int
    net: int


class _Sum(NamedTuple):
    currency: str
    amount: int
    times: int


# Each contact once, by customer, staff and service; what the customers bought is added once for each of them.
_CONTACTED = """
    with rendered as (
        select visit_service.visit_id, sum(service.cost) as usual,
            sum(service.minutes) as usual_minutes,
            case when count(*) = 1 then min(service.name) else 'several services' end as service
        from visit join visit_service on visit_service.visit_id = visit.id
            join service on service.id = visit_service.service_id
        where visited_on between :first and :last group by visit_service.visit_id
    ), contacted as (
        select visit.customer_id, coalesce(staff, '') as staff, coalesce(service, '') as service,
            count(*) as visits, sum(case when currency = :currency then cost else 0 end) as cost,
            count(case when currency = :currency then cost end) as with_cost,
            sum(case when cost is null then coalesce(usual, 0) else 0 end) as usual,
            coalesce(sum(minutes), 0) as minutes, count(minutes) as with_minutes,
            sum(case when minutes is null then coalesce(usual_minutes, 0) else 0 end) as usual_minutes
        from visit left join rendered on rendered.visit_id = visit.id
        where visited_on between :first and :last and {among visit.customer_id}
        group by visit.customer_id, coalesce(staff, ''), coalesce(service, '')
    ), bought as (
        select customer_id, sum(amount) as net from purchase
        where bought_on between :first and :last and currency = :currency
            and customer_id in (select customer_id from contacted)
        group by customer_id
    )
"""
_SUMMED = ("visits", "cost", "with_cost", "usual", "minutes", "with_minutes", "usual_minutes")
_SUMS = ", ".join(f"sum({name}) as {name}" for name in _SUMMED)
_CARE = About(
    _CONTACTED
    + f"""
    select kind, part, count(*), {_SUMS}, coalesce(sum(net), 0)
    from (
        select 'grade' as kind, coalesce(grade, 'none') as part, contacted.customer_id, {_SUMS}
        from contacted left join enrolment on enrolment.customer_id = contacted.customer_id
        group by coalesce(grade, 'none'), contacted.customer_id
        union all
        select 'staff', staff, customer_id, {_SUMS} from contacted group by staff, customer_id
        union all
        select 'service', service, customer_id, {_SUMS} from contacted group by service, customer_id
    ) as parts left join bought on bought.customer_id = parts.customer_id
    group by kind, part order by kind, part
    """,
    _Care,
)
_CUSTOMERS = About(
    _CONTACTED
    + f"""
    select customer.id, external_id, name, grade, {", ".join(_SUMMED)}, coalesce(net, 0)
    from (select customer_id, {_SUMS} from contacted group by customer_id) as theirs
        join customer on customer.id = theirs.customer_id
        left join enrolment on enrolment.customer_id = theirs.customer_id
        left join bought on bought.customer_id = theirs.customer_id
    where cost + usual > 0 order by cost + usual desc, search_key, customer.id limit :limit
    """,
    _Customer,
)
_OTHERS = About(
    """
    select currency, sum(cost), count(*) from visit
    where visited_on between :first and :last and cost is not null and currency <> :currency and {among customer_id}
    group by currency order by currency
    """,
    _Sum,
)
_GIFTS = About(
    """
    select currency, sum(cost), count(*) from gift
    where bought_on between :first and :last and cost is not null and {among customer_id}
    group by currency order by currency
    """,
    _Sum,
)


def section(asked: Asked) -> Section:
    """Contacts, their cost and minutes, and what the contacted customers bought, per grade, staff and service."""
    currency = asked.policy.currency
    care = list(asked.ask(_CARE, currency=currency))
    of_grade = {row.part: row for row in care if row.kind == "grade"}
    grades = {grade: _entry(of_grade[grade], currency) for grade in (*GRADES, NONE_YET) if grade in of_grade}
    staff, services = _named(care, "staff", currency), _named(care, "service", currency)
    total = _entry(_total(of_grade.values()), currency)
    others, gifts = (list(asked.ask(question, currency=currency)) for question in (_OTHERS, _GIFTS))
    most = list(asked.ask(_CUSTOMERS, currency=currency, limit=-1 if asked.names else _SHOWN))
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


def _total(rows: Any) -> _Care:
    # Each customer is in one grade, so that the sum over the grades counts nobody twice.
    return (
        _Care("", "", *(sum(numbers) for numbers in zip(*(row[2:] for row in rows), strict=True)))
        if rows
        else _NONE
    )


_NONE = _Care("", "", *(0,) * 9)


def _entry(care: "_Care | _Customer", currency: str) -> dict[str, Any]:
    spent, net = Money(care.cost + care.usual, currency), Money(care.net, currency)
    return {
        "visits": care.visits,
        "visits_with_cost": care.with_cost,
        "cost": Money(care.cost, currency),
        "usual_cost": Money(care.usual, currency),
        "visits_with_minutes": care.with_minutes,
        "minutes": care.minutes,
        "usual_minutes": care.usual_minutes,
        **({"customers": care.customers} if isinstance(care, _Care) else {}),
        "net_sales": net,
        "cost_share": share(spent, net, care.visits),
    }


def _named(care: Sequence[_Care], kind: str, currency: str) -> list[dict[str, Any]]:
    """One entry for each of the staff or services, those contacts last that do not say."""
    rows = sorted((row for row in care if row.kind == kind), key=lambda row: (not row.part, row.part))
    return [{kind: row.part or _NOT_SAID[kind], **_entry(row, currency)} for row in rows]


def _of_customer(one: _Customer, currency: str) -> dict[str, Any]:
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
