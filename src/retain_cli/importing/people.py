"""Whom a row is about: matched by external id, then phone, then e-mail; never by name."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from retain_cli.importing.cells import Remembered
from retain_cli.model.name import search_key
from retain_cli.store.question import Question
from retain_cli.store.store import Store

COLUMNS = (
    "external_id", "name", "phone", "email", "address", "area",
    "birth_month", "birth_day", "birth_year", "do_not_contact", "note",
)  # fmt: skip

_NAME, _DO_NOT_CONTACT = COLUMNS.index("name"), COLUMNS.index("do_not_contact")


class Kept(NamedTuple):
    """What is known of a customer."""

    id: int
    external_id: str | None
    name: str
    phone: str | None
    email: str | None
    address: str | None
    area: str | None
    birth_month: int | None
    birth_day: int | None
    birth_year: int | None
    do_not_contact: int
    note: str | None


class _Id(NamedTuple):
    id: int


class _Candidate(NamedTuple):
    id: int
    external_id: str | None


class SeveralFit(ValueError):
    """Two or more customers fit a row; a person has to say which."""


_MOST_REMEMBERED = 250_000

_KEPT = Question(f"select id, {', '.join(COLUMNS)} from customer where id = :id", Kept)
_BY_EXTERNAL_ID = Question("select id from customer where external_id = :external_id", _Id)
_BY_EXTERNAL_IDS = "select external_id, id from customer where external_id in ({})"
_BY_PHONE = Question("select id, external_id from customer where phone = :value order by id limit 5", _Candidate)
_BY_EMAIL = Question("select id, external_id from customer where email = :value order by id limit 5", _Candidate)
_INSERT = f"insert into customer ({', '.join(COLUMNS)}, search_key, created_on, batch_id) values "
_ROW = f"({', '.join('?' * len(COLUMNS))}, ?, ?, ?)"
_ROWS_A_STATEMENT = 50


class People:
    """Finds, creates and updates customers for one import batch."""

    def __init__(self, store: Store, today: date, batch: int) -> None:
        self.created = 0
        self._store = store
        self._today = today.isoformat()
        self._batch = batch
        self.by_external_id: Remembered[int | None] = Remembered(self._with_external_id, _MOST_REMEMBERED)
        """The customer with an external id, or None; what is found is remembered."""

    def match(self, external_id: str, phone: str, email: str) -> int | None:
        """The one customer meant, or None; SeveralFit where two or more are."""
        if external_id:
            found = self.by_external_id[external_id]
            if found is not None:
                return found
        for question, value, what in ((_BY_PHONE, phone, "phone"), (_BY_EMAIL, email, "e-mail")):
            if not value:
                continue
            # Somebody known under another external id only shares the phone: a household, a company.
            fits = [
                row.id for row in self._store.ask(question, value=value) if not (external_id and row.external_id)
            ]
            if len(fits) > 1:
                named = ", ".join(f"#{number}" for number in fits)
                raise SeveralFit(f"the {what} {value} belongs to several customers: {named}")
            if fits:
                return fits[0]
        return None

    def create(self, values: Mapping[str, Any]) -> int:
        """A new customer from what a row says; without a name they are called by what identifies them."""
        made = self._store.run(_INSERT + _ROW, self._new(values)).lastrowid
        assert made is not None  # noqa: S101
        if external_id := values.get("external_id"):
            self.by_external_id[external_id] = made
        self.created += 1
        return made

    def update(self, customer: int, values: Mapping[str, Any]) -> bool:
        """Overwrite what the row says and says differently; whether anything changed.

        An empty cell overwrites nothing, and nobody who asked not to be contacted is contacted again by an import.
        """
        kept = self._store.first(_KEPT, id=customer)
        assert kept is not None  # noqa: S101
        known = kept._asdict()
        changed = {
            column: value
            for column, value in values.items()
            if column in COLUMNS and value not in ("", None, False) and value != known[column]
        }
        if "birth_month" in changed or "birth_day" in changed or "birth_year" in changed:
            changed |= _whole_birthday(known, values)
        if not changed:
            return False
        if "name" in changed:
            changed["search_key"] = search_key(changed["name"])
        if changed.get("external_id"):
            self.by_external_id[changed["external_id"]] = customer
        names = ", ".join(f"{column} = ?" for column in changed)
        self._store.run(f"update customer set {names} where id = ?", [*changed.values(), customer])
        return True

    def for_line(self, values: Mapping[str, Any]) -> int:
        """The customer of a purchase or visit, created from what the row says where nobody fits.

        Somebody found by phone or e-mail takes the row's id as theirs, or a later line with the id alone would
        make them a second time.
        """
        external_id = values.get("external_id") or ""
        found = self.match(external_id, values.get("phone") or "", values.get("email") or "")
        if found is None:
            return self.create(values)
        if external_id and self.by_external_id[external_id] is None:
            self.update(found, {"external_id": external_id})
        return found

    def for_external_ids(self, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
        """The customers of many rows that say nobody's phone or e-mail, by external id; who is new is created."""
        found: dict[str, int] = {}
        for some in _in_groups(list(rows)):
            found.update(self._store.run(_BY_EXTERNAL_IDS.format(", ".join("?" * len(some))), some))
        for some in _in_groups([external_id for external_id in rows if external_id not in found]):
            cells = [cell for external_id in some for cell in self._new(rows[external_id])]
            made = self._store.run(_INSERT + ", ".join([_ROW] * len(some)) + " returning external_id, id", cells)
            found.update(made)
            self.created += len(some)
        for external_id in rows:
            # That they were not there may be remembered.
            self.by_external_id.pop(external_id, None)
        return found

    def _new(self, values: Mapping[str, Any]) -> list[Any]:
        """The cells of a customer whom a row brings."""
        name = values.get("name") or values.get("external_id") or values.get("phone") or values.get("email")
        cells = [values.get(column) or None for column in COLUMNS]
        cells[_NAME] = name
        cells[_DO_NOT_CONTACT] = int(bool(values.get("do_not_contact")))
        return [*cells, search_key(str(name)), self._today, self._batch]

    def _with_external_id(self, external_id: str) -> int | None:
        row = self._store.first(_BY_EXTERNAL_ID, external_id=external_id)
        return row.id if row else None


def _in_groups(external_ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(external_ids), _ROWS_A_STATEMENT):
        yield external_ids[start : start + _ROWS_A_STATEMENT]


def _whole_birthday(known: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The row's birthday as one thing; a known year stays where the row has the same day without one."""
    month, day, year = values["birth_month"], values["birth_day"], values.get("birth_year")
    if year is None and (known["birth_month"], known["birth_day"]) == (month, day):
        year = known["birth_year"]
    return {"birth_month": month, "birth_day": day, "birth_year": year}
