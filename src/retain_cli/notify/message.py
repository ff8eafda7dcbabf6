"""A digest in words for a person and in data for a program, with or without the customers' names."""

import shlex
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from retain_cli.due.listing import DueLine
from retain_cli.due.occurrence import Occurrence
from retain_cli.notify.digest import Digest
from retain_cli.wording import count_of

Safe = Callable[[str], str]
"""Writes out what a terminal or a telephone would obey."""


class Message(NamedTuple):
    """What goes through a channel."""

    title: str
    text: str
    data: dict[str, Any]
    """The same as plain values; days are ISO."""
    customers: int
    words: Mapping[str, str] = MappingProxyType({})
    """What further places in a command stand for, such as `phone`."""


def message(digest: Digest, *, include_names: bool, safe: Safe) -> Message:
    """The digest as it is sent.

    Without names a customer is `#12`, which `retain show '#12'` opens: neither name, phone, place nor words leave
    this machine.
    """
    title = f"{_day(digest.day)}: {count_of(digest.total, 'customer')} {_to_do(digest.staff, safe)}"
    return Message(
        title, "\n".join(_lines(digest, include_names, safe)), _data(digest, include_names), digest.total
    )


def trial(day: date, *, safe: Safe) -> Message:
    """What `retain notify test` sends, which is no digest."""
    words = "This is a test of retain. Digests of whom to contact will arrive like this."
    return Message("retain: a test", safe(words), {"day": day.isoformat(), "test": True}, 0)


def _lines(digest: Digest, include_names: bool, safe: Safe) -> list[str]:
    lines = []
    for number, line in enumerate(digest.lines, start=1):
        who = [safe(line.customer.name) if include_names else f"#{line.customer.id}"]
        if line.customer.grade:
            who.append(f"({line.customer.grade})")
        if digest.staff and line.duty and line.duty.covered:
            who.append(f"for {safe(line.duty.owner)}")
        lines.append(
            f"{number}. {' '.join(who)}: {'; '.join(_reason(one, digest.day) for one in line.occurrences)}"
        )
        if include_names:
            details = (line.customer.phone or line.customer.email, line.customer.address or line.customer.area)
            known = [safe(detail) for detail in details if detail]
            lines += [f"   {', '.join(known)}"] if known else []
    if digest.total > len(digest.lines):
        lines.append(f"and {digest.total - len(digest.lines):,} more: retain due{_option(digest.staff)}")
    if digest.unowned:
        lines.append(f"On nobody's list: {count_of(digest.unowned, 'customer')}: retain due --staff nobody")
    if digest.lapsed:
        lines.append("Was due while no digest went out, and is not on the list any more:")
    for gone in digest.lapsed:
        name = safe(gone.name) if include_names else f"#{gone.customer_id}"
        lines.append(f"- {name}: {gone.occurrence.service}, {gone.occurrence.due_on}")
    return lines


def _to_do(staff: str | None, safe: Safe) -> str:
    if staff is None:
        return "to contact"
    return "whom nobody serves" if staff == "nobody" else f"for {safe(staff)} to contact"


def _option(staff: str | None) -> str:
    return f" --staff {shlex.quote(staff)}" if staff else ""


def _reason(occurrence: Occurrence, today: date) -> str:
    away = (occurrence.due_on - today).days
    days = count_of(abs(away), "day")
    when = (
        "today" if not away else f"in {days}" if away > 0 else f"{'late by' if occurrence.late else 'since'} {days}"
    )
    missed = f", {occurrence.missed} missed" if occurrence.missed else ""
    return f"{occurrence.service} ({occurrence.channel}, {when}{missed})"


def _data(digest: Digest, include_names: bool) -> dict[str, Any]:
    return {
        "day": digest.day.isoformat(),
        "staff": digest.staff,
        "total": digest.total,
        "suppressed": digest.suppressed,
        "unowned": digest.unowned,
        "customers": [_customer(line, include_names) for line in digest.lines],
        "lapsed": [
            {"id": gone.customer_id, **_occurrence(gone.occurrence)}
            | ({"name": gone.name} if include_names else {})
            for gone in digest.lapsed
        ],
    }


def _customer(line: DueLine, include_names: bool) -> dict[str, Any]:
    customer = line.customer
    told: dict[str, Any] = {"id": customer.id, "grade": customer.grade}
    if include_names:
        told |= {name: getattr(customer, name) for name in ("external_id", "name", "phone", "email")}
        told["where"] = customer.address or customer.area
        told["last_words"] = line.last_words.note if line.last_words else None
    if line.duty:
        told |= {"owner": line.duty.owner, "served_by": line.duty.server}
    return told | {"reasons": [_occurrence(occurrence) for occurrence in line.occurrences]}


def _occurrence(occurrence: Occurrence) -> dict[str, Any]:
    names = ("reason", "service", "days_late", "late", "missed", "channel")
    return {"due_on": occurrence.due_on.isoformat()} | {name: getattr(occurrence, name) for name in names}


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"
