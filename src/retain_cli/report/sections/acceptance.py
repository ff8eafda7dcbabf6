"""Who took our services, who did not want them, and who never got them."""

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from retain_cli.document import Block, Column, Note, Rate, Table
from retain_cli.report.scope import About
from retain_cli.report.section import Asked, Measure, Section
from retain_cli.store.question import Number

TITLE = "Acceptance"
ORDER = 4
MEASURES = {
    "acceptance-rate": Measure(
        "Accepted",
        "Of the customers who answered an offer in the period, service by service, those whose last one was yes.",
        "more",
    ),
    "declined-offers": Measure(
        "Declined", "Customers whose last answer in the period was no, service by service.", "less"
    ),
}
MEANINGS = {
    "took it": "The service was rendered to them in the period, or they accepted it.",
    "declined": "They did not take it, and their last answer in the period was no.",
    "not reached": "It was offered in the period, and the last time they could not be reached.",
    "never got it": "Neither offered nor rendered in the period: nobody knows whether they want it.",
}

_TOOK, _DECLINED, _NOT_REACHED = "took", "declined", "not-reached"


class _Answered(NamedTuple):
    service: str
    state: str
    customers: int
    accepted: int


class _Why(NamedTuple):
    service: str
    because: str
    customers: int


class _Who(NamedTuple):
    service: str
    id: int
    external_id: str | None
    name: str
    because: str | None


# The last answer of each customer in the period; an earlier one that was changed does not count.
_LAST_ANSWERS = """
    with answered as (
        select service_id, customer_id, answer, because from (
            select service_id, customer_id, answer, because,
                row_number() over (partition by customer_id, service_id order by offered_on desc, id desc) as nth
            from offer where offered_on between :first and :last and {among customer_id}
        ) as offers where nth = 1
    )
"""
_ANSWERED = About(
    _LAST_ANSWERS
    + """
    select service.name, state, count(*), sum(accepted)
    from (
        select service_id, customer_id, case when max(got) = 1 then 'took' else max(answer) end as state,
            max(accepted) as accepted
        from (
            select service_id, customer_id, case when answer = 'accepted' then 1 else 0 end as got, answer,
                case when answer = 'accepted' then 1 else 0 end as accepted
            from answered
            union all
            select distinct service_id, customer_id, 1, '', 0
            from visit join visit_service on visit_service.visit_id = visit.id
            where visited_on between :first and :last and outcome not in ('not-reached', 'refused')
                and {among customer_id}
        ) as either group by service_id, customer_id
    ) as states join service on service.id = states.service_id
    group by service.id, service.name, state order by service.id, state
    """,
    _Answered,
)
_WHY = About(
    _LAST_ANSWERS
    + """
    select service.name, coalesce(because, ''), count(*) from answered join service on service.id = service_id
    where answer = 'declined' group by service.id, service.name, coalesce(because, '')
    order by service.id, count(*) desc
    """,
    _Why,
)
_WHO = About(
    _LAST_ANSWERS
    + """
    select service.name, customer.id, external_id, customer.name, because
    from answered join service on service.id = service_id join customer on customer.id = customer_id
    where answer = 'declined' order by service.id, search_key, customer.id
    """,
    _Who,
)
_CUSTOMERS = About("select count(*) from customer where {among customer.id}", Number)


def section(asked: Asked) -> Section:
    """For each service that was offered or rendered: took it, declined, not reached, never got it; and why not."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in asked.ask(_ANSWERED):
        counts[row.service][row.state] = row.customers
        counts[row.service]["accepted"] += row.accepted
    customers = next(asked.ask(_CUSTOMERS)).value or 0
    why = [row._asdict() | {"because": row.because or None} for row in asked.ask(_WHY)]
    said_no: Counter[str] = Counter()
    for one in why:
        said_no[one["service"]] += one["customers"]
    services = [_entry(name, count, said_no[name], customers) for name, count in counts.items()]
    accepted, answers = (sum(getattr(one["accepted"], part) for one in services) for part in Rate._fields)
    data: dict[str, Any] = {"accepted": Rate(accepted, answers), "services": services, "declined_because": why}
    figures = {"acceptance-rate": data["accepted"], "declined-offers": said_no.total()}
    if not services:
        return Section(data, [Note("No service was offered or rendered in this period.")], [], figures)
    blocks: list[Block] = [_table(services), Note(f"Of {customers:,} customers.")]
    if why:
        reasons = [f"{one['service']}: {one['because'] or 'no reason given'} ({one['customers']:,})" for one in why]
        blocks.append(Note("Declined, " + "; ".join(reasons) + "."))
    if asked.names:
        data["declined"] = [row._asdict() for row in asked.ask(_WHO)]
        blocks += [Note(f"Did not want {one['service']}: {one['name']}.") for one in data["declined"]]
    return Section(data, blocks, [*services, *why, *data.get("declined", ())], figures)


def _entry(name: str, count: Counter[str], said_no: int, customers: int) -> dict[str, Any]:
    reached = count[_TOOK] + count[_DECLINED] + count[_NOT_REACHED]
    return {
        "service": name,
        "customers": customers,
        "took": Rate(count[_TOOK], customers),
        "declined": count[_DECLINED],
        "not_reached": count[_NOT_REACHED],
        "never": customers - reached,
        "accepted": Rate(count["accepted"], count["accepted"] + said_no),
    }


def _table(services: list[dict[str, Any]]) -> Table:
    columns = [Column("Service", wraps=False)] + [
        Column(title, "right")
        for title in ("Took it", "Declined", "Not reached", "Never got it", "Accepted offers")
    ]
    keys = ("declined", "not_reached", "never", "accepted")
    return Table(
        columns, [[one["service"], one["took"].numerator, *(one[key] for key in keys)] for one in services]
    )
