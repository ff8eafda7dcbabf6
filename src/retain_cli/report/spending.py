"""What the care of a period cost in money and in time, noted or as usual, beside what the same customers bought."""

from typing import NamedTuple

from retain_cli.report.scope import About


class Care(NamedTuple):
    """The contacts of a grade, a member of the staff or a service; amounts in minor units.

    `usual` and `usual_minutes` are those of services, for contacts without a noted cost or noted minutes.
    """

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


class OnCustomer(NamedTuple):
    """The contacts with one customer, as in `Care`."""

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


class Sum(NamedTuple):
    """Amounts of one currency, in minor units."""

    currency: str
    amount: int
    times: int


# Each contact once, by customer, staff and service; what the customers bought is added once for each of them. Who
# was not reached, or refused, had nothing rendered, whatever the contact was meant for.
_CONTACTED = """
    with rendered as (
        select visit_service.visit_id, sum(service.cost) as usual,
            sum(service.minutes) as usual_minutes,
            case when count(*) = 1 then min(service.name) else 'several services' end as service
        from visit join visit_service on visit_service.visit_id = visit.id
            join service on service.id = visit_service.service_id
        where visited_on between :first and :last and outcome not in ('not-reached', 'refused')
        group by visit_service.visit_id
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
CARE = About(
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
    Care,
)
MOST_EXPENSIVE = About(
    _CONTACTED
    + f"""
    select customer.id, external_id, name, grade, {", ".join(_SUMMED)}, coalesce(net, 0)
    from (select customer_id, {_SUMS} from contacted group by customer_id) as theirs
        join customer on customer.id = theirs.customer_id
        left join enrolment on enrolment.customer_id = theirs.customer_id
        left join bought on bought.customer_id = theirs.customer_id
    where cost + usual > 0 order by cost + usual desc, search_key, customer.id limit :limit
    """,
    OnCustomer,
)
IN_OTHER_CURRENCIES = About(
    """
    select currency, sum(cost), count(*) from visit
    where visited_on between :first and :last and cost is not null and currency <> :currency and {among customer_id}
    group by currency order by currency
    """,
    Sum,
)
GIFTS = About(
    """
    select currency, sum(cost), count(*) from gift
    where bought_on between :first and :last and cost is not null and {among customer_id}
    group by currency order by currency
    """,
    Sum,
)
