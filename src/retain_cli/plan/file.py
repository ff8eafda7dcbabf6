"""The plan and the catalogue as a TOML file: written, and read back as exactly the same plan."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from retain_cli.errors import BadInput
from retain_cli.model.money import Money, minor_units
from retain_cli.model.words import CHANNELS
from retain_cli.plan.changing import Kept, remove_line, set_line
from retain_cli.plan.services import KnownService, catalogue, put_service
from retain_cli.plan.terms import MOVES, SETTLED_BY, Terms, Unfit, check_terms
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Owned(NamedTuple):
    """A line in force, with whose it is."""

    id: int
    grade: str | None
    customer_id: int | None
    external_id: str | None
    service: str
    every: str
    anchor: str
    anchor_of: str
    after: str | None
    lead_days: int
    grace_days: int
    channel: str
    cost: int | None
    minutes: int | None


class _Read(NamedTuple):
    grade: str | None
    customer: int | None
    terms: Terms


class _Customer(NamedTuple):
    id: int


_LINES = Question(
    """
    select plan_line.id, grade, plan_line.customer_id, external_id, service.name, every, anchor, anchor_of, after,
        lead_days, grace_days, plan_line.channel, plan_line.cost, plan_line.minutes
    from plan_line join service on service.id = plan_line.service_id
        left join customer on customer.id = plan_line.customer_id
    where removed_on is null and service.retired_on is null
    order by plan_line.customer_id is not null, plan_line.customer_id, grade, service.id, anchor_of
    """,
    Owned,
)
_BY_ID = Question("select id from customer where external_id = :written order by id", _Customer)
_BY_NUMBER = Question("select id from customer where id = :number", _Customer)

_SERVICE_KEYS = ("name", "settled_by", "moves", "channel", "minutes", "cost")
_LINE_KEYS = (
    "grade", "customer", "service", "every", "anchor", "of", "after", "lead_days", "grace_days", "channel",
    "minutes", "cost",
)  # fmt: skip


def lines_in_force(store: Store) -> list[Owned]:
    """Every line, the grades' first."""
    return store.ask(_LINES)


def written(store: Store, policy: Policy) -> str:
    """The plan as a TOML text that `take_in` makes the same plan of."""
    parts = [f"currency = {_value(policy.currency)}"]
    parts += [
        _entry("service", {**service._asdict(), "cost": _money(service.cost, policy)}, _SERVICE_KEYS)
        for service in catalogue(store)
    ]
    for line in lines_in_force(store):
        values = {
            **line._asdict(),
            "customer": None if line.customer_id is None else line.external_id or f"#{line.customer_id}",
            "of": line.anchor_of or None,
            "cost": _money(line.cost, policy),
        }
        parts.append(_entry("plan", values, _LINE_KEYS))
    return "\n\n".join(parts) + "\n"


def take_in(store: Store, policy: Policy, text: str, name: str, day: date) -> None:
    """Make the plan what the text says; BadInput names line and key, and nothing is changed."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        said = str(problem)[:1].lower() + str(problem)[1:]
        raise BadInput(
            f"{name} is not TOML: {said}", "Mend that line; nothing was changed.", code="plan-bad"
        ) from None
    reading = _Reading(store, policy, text, name)
    services, lines = reading.services(found), reading.lines(found)
    for service in services:
        put_service(store, service)
    kept = lines_in_force(store)
    wanted = {(one.grade, one.customer, one.terms.service, one.terms.of) for one in lines}
    for line in kept:
        if (line.grade, line.customer_id, line.service, line.anchor_of) not in wanted:
            gone = Kept(line.id, line.service, *line[5:14], None, None)
            remove_line(store, policy, gone, day, grade=line.grade, customer=line.customer_id)
    unchanged = {(line.grade, line.customer_id, Terms(line.service, *line[5:14])) for line in kept}
    for one in lines:
        if one not in unchanged:
            set_line(store, policy, one.terms, day, grade=one.grade, customer=one.customer)


class _Reading:
    """A file as it is read, for saying where it is wrong."""

    def __init__(self, store: Store, policy: Policy, text: str, name: str) -> None:
        self._store, self._policy, self._text, self._name = store, policy, text, name
        self._known: set[str] = set()

    def services(self, found: dict[str, Any]) -> list[KnownService]:
        """The services of the file; whatever the catalogue has beside them stays."""
        for key in found:
            if key not in ("currency", "service", "plan"):
                raise self._bad("", 0, key, "is not known", "Known are currency, service and plan.")
        if found.get("currency", self._policy.currency) != self._policy.currency:
            raise self._bad("", 0, "currency", f"is not {self._policy.currency}, which the shop counts in")
        services = []
        for number, entry in self._entries(found, "service", _SERVICE_KEYS):
            get = self._getter("service", number, entry)
            name = " ".join(get("name", str, None).split())
            if not 1 <= len(name) <= 60:
                raise self._bad("service", number, "name", "has to have 1 to 60 letters")
            settled_by, moves = get("settled_by", str, "itself"), get("moves", str, "after")
            channel, minutes = get("channel", str, "visit"), get("minutes", int, 0)
            for key, word, words in (
                ("settled_by", settled_by, SETTLED_BY), ("moves", moves, MOVES), ("channel", channel, CHANNELS),
            ):  # fmt: skip
                if word not in words:
                    raise self._bad("service", number, key, f"{word!r} is none of {', '.join(words)}")
            if not 0 <= minutes <= 1440:
                raise self._bad("service", number, "minutes", "is not between 0 and 1440")
            services.append(KnownService(name, settled_by, moves, channel, minutes, self._cost(number, entry) or 0))
        self._known = {service.name for service in catalogue(self._store)} | {service.name for service in services}
        return services

    def lines(self, found: dict[str, Any]) -> list[_Read]:
        """The lines of the file."""
        lines: list[_Read] = []
        for number, entry in self._entries(found, "plan", _LINE_KEYS):
            get = self._getter("plan", number, entry)
            if ("grade" in entry) == ("customer" in entry):
                raise self._bad("plan", number, "grade", "or customer has to be said, and not both")
            terms = Terms(
                get("service", str, None), get("every", str, "1y"), get("anchor", str, "last-done"),
                get("of", str, ""), get("after", str, None) if "after" in entry else None, get("lead_days", int, 0),
                get("grace_days", int, 7), get("channel", str, "visit"), self._cost(number, entry, "plan"),
                get("minutes", int, None) if "minutes" in entry else None,
            )  # fmt: skip
            if terms.service not in self._known:
                raise self._bad("plan", number, "service", f"{terms.service!r} is not in the catalogue")
            grade = get("grade", str, None) if "grade" in entry else None
            customer = self._customer(number, get("customer", str, None)) if "customer" in entry else None
            try:
                check_terms(terms, grade)
            except Unfit as unfit:
                key = {"lead": "lead_days", "grace": "grace_days"}.get(unfit.key, unfit.key)
                raise self._bad("plan", number, key, unfit.why, unfit.hint) from None
            if any(
                (one.grade, one.customer, one.terms.service, one.terms.of)
                == (grade, customer, terms.service, terms.of)
                for one in lines
            ):
                raise self._bad("plan", number, "service", f"{terms.service!r} is there twice for the same")
            lines.append(_Read(grade, customer, terms))
        return lines

    def _entries(
        self, found: dict[str, Any], table: str, keys: tuple[str, ...]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        entries = found.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self._bad("", 0, table, f"has to be written as [[{table}]]")
        for number, entry in enumerate(entries, start=1):
            for key in entry:
                if key not in keys:
                    raise self._bad(table, number, key, "is not known", f"Known are {', '.join(keys)}.")
            yield number, entry

    def _getter(self, table: str, number: int, entry: dict[str, Any]) -> Any:
        def get(key: str, kind: type, usual: Any) -> Any:
            if key not in entry:
                if usual is None:
                    raise self._bad(table, number, key, "is missing")
                return usual
            if type(entry[key]) is not kind:
                raise self._bad(table, number, key, f"has to be {'a whole number' if kind is int else 'text'}")
            return entry[key]

        return get

    def _cost(self, number: int, entry: dict[str, Any], table: str = "service") -> int | None:
        if "cost" not in entry:
            return None
        said = entry["cost"]
        try:
            if type(said) not in (str, int):
                raise ValueError
            cost = minor_units(str(said), self._policy.currency)
            if cost < 0:
                raise ValueError
        except ValueError:
            why = f'is not an amount of {self._policy.currency} such as "12.50"'
            raise self._bad(table, number, "cost", why) from None
        return cost

    def _customer(self, number: int, named: str) -> int:
        if named.startswith("#") and named[1:].isdecimal():
            rows = self._store.ask(_BY_NUMBER, number=int(named[1:]))
        else:
            rows = self._store.ask(_BY_ID, written=named)
        if len(rows) != 1:
            raise self._bad("plan", number, "customer", f"{named!r} is nobody, or several")
        return rows[0].id

    def _bad(self, table: str, number: int, key: str, why: str, hint: str = "") -> BadInput:
        where = f"{self._name}:{self._line(table, number, key)}"
        return BadInput(f"{where}: {key} {why}", hint or "Mend it; nothing was changed.", code="plan-bad")

    def _line(self, table: str, number: int, key: str) -> int:
        """The line of the file that has the key, or the head of its entry where it is missing."""
        entry = begins = 0
        for line, words in enumerate(self._text.splitlines(), start=1):
            stripped = words.strip().replace(" ", "")
            if stripped.startswith("["):
                entry += stripped.startswith(f"[[{table}]]")
                if stripped.startswith(f"[[{table}]]") and entry == number:
                    begins = line
            here = not table or (entry == number and begins)
            if here and stripped.partition("=")[0].strip("\"'[]") == key:
                return line
        return begins or 1


def _entry(table: str, values: dict[str, Any], keys: tuple[str, ...]) -> str:
    lines = [f"[[{table}]]"]
    lines += [f"{key} = {_value(values[key])}" for key in keys if values.get(key) is not None]
    return "\n".join(lines)


def _money(minor: int | None, policy: Policy) -> str | None:
    return None if minor is None else Money(minor, policy.currency).plain()


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
