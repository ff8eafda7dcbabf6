"""Rows of customers into the base."""

from datetime import date
from typing import Any

from retain_cli.dates import lunar
from retain_cli.importing.batch import Batch, PutAside
from retain_cli.importing.fields import IDENTIFIES
from retain_cli.importing.people import SeveralFit, Suppressed
from retain_cli.importing.source import Row
from retain_cli.model.partial_date import PartialDate


def load(batch: Batch) -> None:
    """Create or update one customer for each row; a row says whom it is about, or is refused."""
    converters = batch.converters()
    for row in batch.rows():
        values = batch.values(row, converters)
        if values is not None:
            _load_row(batch, row, values)
    batch.counts.customers_created = batch.people.created
    batch.counts.staff_created = batch.people.owners.added


def _solar(birthday: PartialDate, year: int) -> date:
    if birthday.calendar == "lunar":
        return lunar.solar_day(year, birthday.month, birthday.day, leap=birthday.leap_month)
    return date(year, birthday.month, birthday.day)


def _load_row(batch: Batch, row: Row, values: dict[str, Any]) -> None:
    if not any(values.get(name) for name in IDENTIFIES):
        batch.refuse(row, "", "", "says no customer id, phone or e-mail; a name alone may fit two people")
        return
    if birthday := values.pop("birthday", None):
        if birthday.year and _solar(birthday, birthday.year) > batch.today:
            batch.refuse(row, "birthday", str(birthday), "lies in the future")
            return
        values |= {"birth_month": birthday.month, "birth_day": birthday.day, "birth_year": birthday.year}
        if birthday.calendar == "lunar":
            values |= {"birth_calendar": "lunar", "birth_leap_month": birthday.leap_month or None}
    people = batch.people
    before = people.created
    try:
        customer = _whom(batch, row, values)
    except Suppressed:
        batch.suppress(row)
        return
    except PutAside:
        return
    if people.created > before:
        batch.counts.created += 1
        batch.tell(row[0], "created", customer, why="nobody has this id, phone or e-mail")
        return
    changes = people.update(customer, values)
    why = f"found by {people.found_by}" if people.found_by else "decided in the review"
    if changes:
        batch.counts.updated += 1
        batch.tell(row[0], "updated", customer, changes, why)
    else:
        batch.counts.unchanged += 1
        batch.tell(row[0], "unchanged", customer, why=why)


def _whom(batch: Batch, row: Row, values: dict[str, Any]) -> int:
    try:
        found = batch.people.match(*(values.get(name) or "" for name in IDENTIFIES))
    except SeveralFit as several:
        return batch.settle(row, values, several)
    return batch.people.create(values) if found is None else found
