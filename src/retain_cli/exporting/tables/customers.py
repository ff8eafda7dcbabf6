"""Customers, as a list to contact where that is asked: without whom the suppression rule leaves alone."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.due import suppression
from retain_cli.exporting.asked import AS_KEPT, Asked, Record
from retain_cli.model.partial_date import PartialDate
from retain_cli.store.question import Question

COLUMNS = ("external_id", "name", "phone", "email", "address", "area", "birthday", "do_not_contact", "note")
KEPT = ("id", "source", "owner_id", "created_on", "batch_id")
_CALLED = {AS_KEPT + column: column for column in KEPT}


class _Customer(NamedTuple):
    external_id: str | None
    name: str
    phone: str | None
    email: str | None
    address: str | None
    area: str | None
    birth_month: int | None
    birth_day: int | None
    birth_year: int | None
    birth_calendar: str | None
    birth_leap_month: int | None
    do_not_contact: int
    note: str | None
    id: int
    source: str
    owner_id: int | None
    created_on: date
    batch_id: int | None
    left_out: str | None
    contacted_enough: int


class _LeftOut(NamedTuple):
    why: str
    customers: int


_CUSTOMERS = Question(
    f"""
    select external_id, name, phone, email, address, area, birth_month, birth_day, birth_year, birth_calendar,
        birth_leap_month, do_not_contact, note, customer.id, source, owner_id, created_on, batch_id,
        {suppression.LEFT_OUT}, {suppression.CONTACTED_ENOUGH}
    from customer left join enrolment on enrolment.customer_id = customer.id
    where source = :source
    order by customer.id
    """,
    _Customer,
)
_EVERYBODY = Question(
    """
    select external_id, name, phone, email, address, area, birth_month, birth_day, birth_year, birth_calendar,
        birth_leap_month, do_not_contact, note, id, source, owner_id, created_on, batch_id, null, 0
    from customer where source = :source order by id
    """,
    _Customer,
)
_LEFT_OUT = Question(
    f"""
    select why, count(*) from (
        select coalesce({suppression.LEFT_OUT},
            case when {suppression.CONTACTED_ENOUGH} then '{suppression.ENOUGH}' end) as why
        from customer left join enrolment on enrolment.customer_id = customer.id
    ) as everybody
    where why is not null group by why order by why
    """,
    _LeftOut,
)


def rows(asked: Asked) -> Iterator[Record]:
    """One row for each customer, the oldest first."""
    if asked.for_contact:
        as_of = suppression.parameters(asked.policy, asked.today)
        found = asked.store.stream(_CUSTOMERS, source=asked.source, **as_of)
    else:
        found = asked.store.stream(_EVERYBODY, source=asked.source)
    for one in found:
        if not (one.left_out or one.contacted_enough):
            yield {
                "external_id": one.external_id,
                "name": one.name,
                "phone": one.phone,
                "email": one.email,
                "address": one.address,
                "area": one.area,
                "birthday": _birthday(one),
                "do_not_contact": bool(one.do_not_contact),
                "note": one.note,
                **{called: getattr(one, column) for called, column in _CALLED.items()},
            }


def left_out(asked: Asked) -> dict[str, int]:
    """How many customers may not be contacted, for which reason."""
    as_of = suppression.parameters(asked.policy, asked.today)
    return {row.why: row.customers for row in asked.store.ask(_LEFT_OUT, **as_of)}


def _birthday(one: _Customer) -> str | None:
    if one.birth_month is None or one.birth_day is None:
        return None
    calendar, leap = one.birth_calendar or "solar", bool(one.birth_leap_month)
    return str(PartialDate(one.birth_month, one.birth_day, one.birth_year, calendar, leap))
