"""Rows of visits into the base, with the days and the people they were logged with."""

import re
from collections import Counter, defaultdict
from typing import Any, NamedTuple

from retain_cli.importing import cells
from retain_cli.importing.batch import Batch, PutAside
from retain_cli.importing.fields import IDENTIFIES
from retain_cli.importing.source import Row
from retain_cli.model.words import CHANNELS, OUTCOMES
from retain_cli.store.question import Question
from retain_cli.store.store import Store

_COLUMNS = (
    "customer_id", "visited_on", "channel", "outcome", "satisfaction", "note", "cost", "currency", "minutes",
    "next_on", "staff",
)  # fmt: skip
_INSERT = f"insert into visit ({', '.join(_COLUMNS)}, batch_id) values ({', '.join('?' * len(_COLUMNS))}, ?)"
_RENDERED = "insert into visit_service (visit_id, service_id) values (?, ?) on conflict do nothing"
_WHO = ("external_id", "phone", "email", "name", "address", "area")


class _Service(NamedTuple):
    id: int
    name: str


class _Known(NamedTuple):
    channel: str
    outcome: str
    satisfaction: int | None
    note: str | None
    cost: int | None
    minutes: int | None
    next_day: str | None
    staff: str | None


_SERVICES = Question("select id, name from service", _Service)
_SAME_DAY = Question(
    """
    select channel, outcome, satisfaction, note, cost, minutes, next_on, staff from visit
    where customer_id = :customer and visited_on = :day and (batch_id is null or batch_id <> :batch)
    """,
    _Known,
)


class _Loader:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._services = {service.name: service.id for service in batch.store.ask(_SERVICES)}
        self._brought: dict[tuple[int, str], Counter[_Known]] = defaultdict(Counter)

    def load_row(self, row: Row, values: dict[str, Any]) -> None:
        batch = self._batch
        if "visited_on" not in values:
            batch.refuse(row, "visited_on", "", "a visit needs its day")
            return
        if not any(values.get(name) for name in IDENTIFIES):
            batch.refuse(row, "", "", "says no customer id, phone or e-mail; a name alone may fit two people")
            return
        name = "channel"
        try:
            channel = cells.one_of(values.get("channel", "visit"), CHANNELS)
            name = "outcome"
            outcome = cells.one_of(values.get("outcome", "done"), OUTCOMES)
            name = "service"
            services = [self._service(word) for word in re.split("[;,]", values.get("service", "")) if word.strip()]
            name = "cost"
            cost = batch.columns.amount(values["cost"], batch.columns.currency) if "cost" in values else None
            if cost is not None and cost < 0:
                raise ValueError("below zero")
        except ValueError as problem:
            batch.refuse(row, name, values.get(name, ""), str(problem))
            return
        known = _Known(
            channel, outcome, values.get("satisfaction"), values.get("note"), cost,
            values.get("minutes"), values.get("next_on"), values.get("staff"),
        )  # fmt: skip
        day = values["visited_on"]
        kept = {"visited_on": day, "visit": list(known), "currency": batch.columns.currency, "services": services}
        try:
            customer = batch.customer_of_line(
                row, {field: values[field] for field in _WHO if field in values}, lambda: kept
            )
        except PutAside:
            return
        self._keep(row, customer, day, known, services)

    def _keep(self, row: Row, customer: int, day: str, visit: _Known, services: list[int]) -> None:
        """Two equal rows of one file are two visits; a row that was there before the file came is known."""
        batch = self._batch
        brought = self._brought[customer, day]
        brought[visit] += 1
        before = Counter(batch.store.ask(_SAME_DAY, customer=customer, day=day, batch=batch.number))
        if brought[visit] <= before[visit]:
            batch.counts.unchanged += 1
            batch.tell(row[0], "unchanged", customer, why="the same visit is known")
            return
        _write(batch.store, batch.number, customer, day, visit, batch.columns.currency, services)
        batch.counts.created += 1
        batch.tell(row[0], "created", customer, why="a visit not known yet")

    def _service(self, word: str) -> int:
        name = " ".join(word.casefold().replace("-", " ").split())
        if name not in self._services:
            raise ValueError(f"no service of the catalogue; known are {', '.join(self._services)}")
        return self._services[name]


def _write(
    store: Store, batch: int, customer: int, day: str, visit: _Known, currency: str, services: list[int]
) -> None:
    cells_of_row = [
        customer, day, visit.channel, visit.outcome, visit.satisfaction, visit.note, visit.cost,
        None if visit.cost is None else currency, visit.minutes, visit.next_day, visit.staff, batch,
    ]  # fmt: skip
    made = store.run(_INSERT, cells_of_row).lastrowid
    store.run_many(_RENDERED, [(made, service) for service in services])


def apply(store: Store, batch: int, customer: int, values: dict[str, Any]) -> None:
    """Keep the visit of a row that waited, now that it is known whose it is."""
    visit = _Known(*values["visit"])
    _write(store, batch, customer, values["visited_on"], visit, values["currency"], values["services"])


def load(batch: Batch) -> None:
    """Keep one visit for each row."""
    loader = _Loader(batch)
    converters = batch.converters()
    for row in batch.rows():
        values = batch.values(row, converters)
        if values is not None:
            loader.load_row(row, values)
    batch.counts.customers_created = batch.people.created
