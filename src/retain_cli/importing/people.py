"""Whom a row is about: matched by external id, then phone, then e-mail; never by name."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from retain_cli.importing.cells import Remembered
from retain_cli.importing.owners import Owners
from retain_cli.model.name import search_key
from retain_cli.store.erasure import ErasedPeople
from retain_cli.store.journal import write_changed
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

COLUMNS = (
    "external_id", "name", "phone", "email", "address", "area",
    "birth_month", "birth_day", "birth_year", "birth_calendar", "birth_leap_month", "do_not_contact", "owner_id",
    "note",
)  # fmt: skip

_NAME, _DO_NOT_CONTACT = COLUMNS.index("name"), COLUMNS.index("do_not_contact")

USUAL_SOURCE = "shop"
"""Where ids come from when nobody says."""


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
    birth_calendar: str | None
    birth_leap_month: int | None
    do_not_contact: int
    owner_id: int | None
    note: str | None
    source: str
    search_key: str


class _Id(NamedTuple):
    id: int


class _Candidate(NamedTuple):
    id: int
    has_an_id: int


class SeveralFit(ValueError):
    """Two or more customers fit a row; a person has to say which."""

    def __init__(self, why: str, candidates: Sequence[int]) -> None:
        super().__init__(why)
        self.candidates = list(candidates)


class Suppressed(Exception):
    """The row is about somebody who was erased; they do not come back."""


_MOST_REMEMBERED = 250_000

_KEPT = Question(f"select id, {', '.join(COLUMNS)}, source, search_key from customer where id = :id", Kept)
_BY_EXTERNAL_ID = Question("select id from customer where external_id = :external_id and source = :source", _Id)
_BY_FURTHER_ID = Question(
    "select customer_id from customer_identity where external_id = :external_id and source = :source", _Id
)
_FURTHER_IDS = Question("select count(*) from (select 1 from customer_identity limit 1) as any_identity", Number)
_FITS = """
    select id, case when (external_id is not null and source = :source) or exists (
        select 1 from customer_identity
        where customer_identity.customer_id = customer.id and customer_identity.source = :source
    ) then 1 else 0 end
    from customer where {column} = :value order by id limit 1000
"""
_BY_PHONE = Question(_FITS.format(column="phone"), _Candidate)
_BY_EMAIL = Question(_FITS.format(column="email"), _Candidate)
_BY_EXTERNAL_IDS = "select external_id, id from customer where source = ? and external_id in ({})"
_INSERT = f"insert into customer ({', '.join(COLUMNS)}, source, search_key, created_on, batch_id) values "
_ROW = f"({', '.join('?' * (len(COLUMNS) + 4))})"
_ROWS_A_STATEMENT = 50
_INSERT_IDENTITY = """
    insert into customer_identity (source, external_id, customer_id, batch_id) values (?, ?, ?, ?)
"""

Changes = dict[str, tuple[Any, Any]]
"""What was overwritten: column by column, the old value and the new one."""


class People:
    """Finds, creates and updates customers for one import batch; `source` says whose ids the rows have."""

    def __init__(self, store: Store, today: date, batch: int, source: str = USUAL_SOURCE) -> None:
        self.created = 0
        self.source = source
        self.owners = Owners(store, batch)
        self._store = store
        self._today = today.isoformat()
        self._batch = batch
        self._erased = ErasedPeople(store)
        further = store.first(_FURTHER_IDS)
        self._further_ids = bool(further and further.value)
        self.by_external_id: Remembered[str, int | None] = Remembered(self._with_external_id, _MOST_REMEMBERED)
        """The customer with an external id, or None; what is found is remembered."""
        self.found_by = ""
        """By what the last match found somebody: `id`, `phone` or `e-mail`."""

    def match(self, external_id: str, phone: str, email: str) -> int | None:
        """The one customer meant, or None; SeveralFit where two or more are."""
        if external_id:
            found = self.by_external_id[external_id]
            if found is not None:
                self.found_by = "id"
                return found
        for question, value, what in ((_BY_PHONE, phone, "phone"), (_BY_EMAIL, email, "e-mail")):
            if not value:
                continue
            # Somebody whom the same program knows under another id only shares the phone: a household, a company.
            fits = [
                row.id
                for row in self._store.ask(question, value=value, source=self.source)
                if not (external_id and row.has_an_id)
            ]
            if len(fits) > 1:
                named = ", ".join(f"#{number}" for number in fits[:10]) + (" and more" if fits[10:] else "")
                raise SeveralFit(f"the {what} {value} belongs to several customers: {named}", fits)
            if fits:
                self.found_by = what
                return fits[0]
        self.found_by = ""
        return None

    def create(self, values: Mapping[str, Any]) -> int:
        """A new customer from what a row says; without a name they are called by what identifies them.

        Suppressed where they were erased.
        """
        external_id, phone, email = (values.get(name) or "" for name in ("external_id", "phone", "email"))
        if self._erased.include(source=self.source, external_id=external_id, phone=phone, email=email):
            raise Suppressed
        values = self._with_owner(values)
        made = self._store.run(_INSERT + _ROW, self._new(values)).lastrowid
        assert made is not None  # noqa: S101
        if external_id:
            self.by_external_id[external_id] = made
        self.created += 1
        return made

    def update(self, customer: int, values: Mapping[str, Any]) -> Changes:
        """Overwrite what the row says and says differently; what was changed, which is nothing where it is empty.

        An empty cell overwrites nothing, and nobody who asked not to be contacted is contacted again by an import.
        """
        kept = self.kept(customer)
        values = self._with_owner(values)
        known = kept._asdict()
        changed = {
            column: value
            for column, value in values.items()
            if column in COLUMNS and value not in ("", None, False) and value != known[column]
        }
        if values.get("birth_month"):
            birthday = _whole_birthday(known, values)
            changed = {column: value for column, value in (changed | birthday).items() if value != known[column]}
        told: Changes = {column: (known[column], value) for column, value in changed.items()}
        if "owner_id" in told:
            told["owner"] = tuple(map(self.owners.name, told.pop("owner_id")))  # type: ignore[assignment]
        if external_id := changed.pop("external_id", None):
            if self.by_external_id[external_id] is not None:
                del told["external_id"]
            elif kept.external_id is None:
                changed |= {"external_id": external_id, "source": self.source}
                self.by_external_id[external_id] = customer
            else:
                told["external_id"] = (None, external_id)
                self._learn(customer, external_id)
        if "name" in changed:
            changed["search_key"] = search_key(changed["name"])
        if changed:
            write_changed(self._store, self._batch, "customer", customer, known, changed)
            names = ", ".join(f"{column} = ?" for column in changed)
            self._store.run(f"update customer set {names} where id = ?", [*changed.values(), customer])
        return told

    def for_line(self, values: Mapping[str, Any]) -> int:
        """The customer of a purchase or visit, created from what the row says where nobody fits.

        Somebody found by phone or e-mail takes the row's id as theirs, or a later line with the id alone would
        make them a second time.
        """
        external_id = values.get("external_id") or ""
        found = self.match(external_id, values.get("phone") or "", values.get("email") or "")
        if found is None:
            return self.create(values)
        self.know_as(found, external_id)
        return found

    @property
    def known_by_one_id(self) -> bool:
        """Whether nobody has further ids and nobody was erased, so that an id alone says who it is."""
        return not (self._further_ids or self._erased.any)

    def for_external_ids(self, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
        """The customers of many rows that say nobody's phone or e-mail, by external id; who is new is created.

        Only where they are `known_by_one_id`.
        """
        found: dict[str, int] = {}
        for some in _in_groups(list(rows)):
            marks = ", ".join("?" * len(some))
            found.update(self._store.run(_BY_EXTERNAL_IDS.format(marks), [self.source, *some]))
        for some in _in_groups([external_id for external_id in rows if external_id not in found]):
            cells = [cell for external_id in some for cell in self._new(rows[external_id])]
            made = self._store.run(_INSERT + ", ".join([_ROW] * len(some)) + " returning external_id, id", cells)
            found.update(made)
            self.created += len(some)
        for external_id in rows:
            # That they were not there may be remembered.
            self.by_external_id.pop(external_id, None)
        return found

    def _with_owner(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values with the number of whoever the row says serves the customer."""
        if not (name := values.get("owner")):
            return values
        return {**values, "owner_id": self.owners.number(name)}

    def _new(self, values: Mapping[str, Any]) -> list[Any]:
        """The cells of a customer whom a row brings."""
        name = values.get("name") or values.get("external_id") or values.get("phone") or values.get("email")
        cells = [values.get(column) or None for column in COLUMNS]
        cells[_NAME] = name
        cells[_DO_NOT_CONTACT] = int(bool(values.get("do_not_contact")))
        return [*cells, self.source, search_key(str(name)), self._today, self._batch]

    def know_as(self, customer: int, external_id: str) -> None:
        """From now on the id is this customer's, if it is nobody's yet."""
        if external_id and self.by_external_id[external_id] is None:
            self.update(customer, {"external_id": external_id})

    def kept(self, customer: int) -> Kept:
        """What is known of a customer."""
        found = self._store.first(_KEPT, id=customer)
        assert found is not None  # noqa: S101
        return found

    def is_there(self, customer: int | None) -> bool:
        """Whether there is, still, a customer of that number."""
        return customer is not None and self._store.first(_KEPT, id=customer) is not None

    def _learn(self, customer: int, external_id: str) -> None:
        self._store.run(_INSERT_IDENTITY, (self.source, external_id, customer, self._batch))
        self._further_ids = True
        self.by_external_id[external_id] = customer

    def _with_external_id(self, external_id: str) -> int | None:
        row = self._store.first(_BY_EXTERNAL_ID, external_id=external_id, source=self.source)
        if row is None and self._further_ids:
            row = self._store.first(_BY_FURTHER_ID, external_id=external_id, source=self.source)
        return row.id if row else None


def _in_groups(external_ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(external_ids), _ROWS_A_STATEMENT):
        yield external_ids[start : start + _ROWS_A_STATEMENT]


def _whole_birthday(known: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The row's birthday as one thing; a known year stays where the row has the same day without one."""
    whole = {column: values.get(column) for column in COLUMNS if column.startswith("birth_")}
    same_day = all(whole[column] == known[column] for column in whole if column != "birth_year")
    if whole["birth_year"] is None and same_day:
        whole["birth_year"] = known["birth_year"]
    return whole
