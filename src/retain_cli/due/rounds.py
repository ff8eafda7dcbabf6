"""The days ahead as entries of a calendar: each day's round is one, with everybody on it, the best first."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from retain_cli.document import CalendarEntry
from retain_cli.due.load import DaysAhead, Planned
from retain_cli.store.question import Question
from retain_cli.store.store import Store
from retain_cli.wording import count_of

CUSTOMERS_NAMED = 60
"""More than that on one day are counted and not named: a telephone shows no more, and nobody sees as many."""


class _Reach(NamedTuple):
    name: str
    phone: str | None
    email: str | None
    address: str | None
    area: str | None


_REACH = Question("select name, phone, email, address, area from customer where id = :customer", _Reach)


def rounds(store: Store, ahead: DaysAhead, whose: str) -> list[CalendarEntry]:
    """One entry for each of the days that has something to do; a day has the same id every time.

    `whose` names the shop, or one of its staff, so that no two of them have entries with the same id.
    """
    by_day: dict[date, dict[int, list[Planned]]] = {}
    for one in ahead.planned:
        by_day.setdefault(one.on, {}).setdefault(one.customer.customer_id, []).append(one)
    return [
        _entry(store, on, sorted(found.values(), key=_rank), ahead.capacity(on), whose)
        for on, found in sorted(by_day.items())
    ]


def _rank(services: list[Planned]) -> tuple[int, str, int]:
    customer = services[0].customer
    return -(customer.amount or 0), customer.name, customer.customer_id


def _entry(store: Store, on: date, found: list[list[Planned]], room: int, whose: str) -> CalendarEntry:
    hours = sum(one.occurrence.minutes for services in found for one in services) / 60
    customers = count_of(len(found), "customer")
    more = f", room for {room:,}" if len(found) > room else ""
    lines = [line for services in found[:CUSTOMERS_NAMED] for line in _lines(store, services)]
    if len(found) > CUSTOMERS_NAMED:
        lines.append(f"and {len(found) - CUSTOMERS_NAMED:,} more")
    areas = dict.fromkeys(services[0].customer.area for services in found[:CUSTOMERS_NAMED])
    return CalendarEntry(
        f"{sha256(chr(10).join((whose, 'round', on.isoformat())).encode()).hexdigest()[:32]}@retain",
        on,
        f"{customers}, {hours:.1f} h{more}",
        "\n".join(lines),
        ", ".join(area for area in areas if area),
    )


def _lines(store: Store, services: list[Planned]) -> Iterator[str]:
    customer = services[0].customer
    known = store.first(_REACH, customer=customer.customer_id)
    assert known is not None  # noqa: S101
    grade = f" ({customer.grade})" if customer.grade else ""
    yield f"{known.name}{grade}: {', '.join(dict.fromkeys(one.occurrence.service for one in services))}"
    reach = [cell for cell in (known.phone or known.email, known.address or known.area) if cell]
    if reach:
        yield f"  {', '.join(reach)}"
