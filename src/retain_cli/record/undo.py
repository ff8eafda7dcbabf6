"""Taking an import or a merge back: what it made goes, what it overwrote returns, what was edited since stays.

Who calls it sets the clocks right afterwards, for everyone in the temporary table `touched`.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.record.batches import Batch, batch
from retain_cli.record.undo_staff import Kept, take_staff_back
from retain_cli.record.used_since import PLAN, used_customers, used_rows
from retain_cli.store.journal import begin_change
from retain_cli.store.question import Question, Text
from retain_cli.store.rows import change_row, delete_row, insert_row, read_row
from retain_cli.store.store import Store


class Undone(NamedTuple):
    """What an undo did: rows taken away by table, rows whose old values are back, and what it kept."""

    number: int
    undid: Batch
    removed: dict[str, int]
    restored: int
    kept: list[Kept]


class _Entry(NamedTuple):
    table_name: str
    row_id: int
    column_name: str
    old: str | None
    new: str | None


class _Number(NamedTuple):
    id: int


class _Who(NamedTuple):
    id: int
    name: str


class _Gone(NamedTuple):
    batch_id: int
    file: str


_ENTRIES = Question(
    "select table_name, row_id, column_name, old, new from journal where batch_id = :number order by id", _Entry
)
_NAME = Question("select name from customer where id = :number", Text)
_MERGED_AWAY = Question(
    """
    select later.batch_id, file from journal as later join import_batch on import_batch.id = later.batch_id
    where kind = 'merge' and undone_by is null and later.batch_id > :number
        and table_name = 'customer' and column_name = '' and old is not null
        and row_id in (select row_id from journal where batch_id = :number and table_name = 'customer')
    order by later.batch_id desc
    """,
    _Gone,
)
_THERE_AGAIN = Question(
    """
    select id from purchase where customer_id = :customer_id and bought_on = :bought_on and amount = :amount
        and currency = :currency and order_number = :order_number and product = :product and nth = :nth
    """,
    _Number,
)
_GIVEN_BACK = "insert into ticket_event (ticket_id, happened_on, what, words, staff) values (?, ?, 'given', ?, ?)"
_TOUCHED = "create temp table if not exists touched (customer_id integer primary key)"
_TOUCH_VISITED = """
    insert or ignore into touched select distinct customer_id from visit where batch_id = ?
"""

# Worked out again from the visits after every undo.
_DERIVED = {"clock": ("last_on",), "enrolment": ("waits",), "visit": ("followed_on",)}
# What of a customer belongs together; each other column stands alone.
_TOGETHER = (
    ("name", "search_key"),
    ("external_id", "source"),
    ("birth_month", "birth_day", "birth_year", "birth_calendar", "birth_leap_month"),
)

_REMOVE = {
    table: f"delete from {table} where batch_id = ? and id not in (select id from staying)"
    for table in ("purchase", "visit", "customer_identity", "review_item")
}
_REMOVE_FROM_PLAN = [
    f"delete from {table} where customer_id in (select customer_id from leaving_for_good)" for table in PLAN
]


def undo(store: Store, number: int, today: date) -> Undone:
    """Take the import or merge of that number back; WrongUse where there is nothing to take back."""
    found = _to_undo(store, number)
    store.run("pragma defer_foreign_keys = on")
    store.run(_TOUCHED)
    store.run("delete from touched")
    undoing = _Undoing(store, found, today)
    if found.kind == "merge":
        undoing.put_back_merged()
    else:
        undoing.take_back_import()
    own = begin_change(store, "undo", f"batch {number}", today)
    store.run("update import_batch set undone_by = ? where id = ?", (own, number))
    store.run("update import_batch set updated = ? where id = ?", (undoing.restored, own))
    removed = {table: n for table, n in undoing.removed.items() if n}
    return Undone(own, found, removed, undoing.restored, undoing.kept)


def _to_undo(store: Store, number: int) -> Batch:
    found = batch(store, number)
    if found is None:
        raise WrongUse(f"there is no batch {number}", "See them with: retain batches.", code="batch-unknown")
    if found.undone_by is not None:
        raise WrongUse(f"batch {number} is undone already", "Import it again to have it back.", code="undone")
    if found.kind == "undo":
        raise WrongUse(
            f"batch {number} is itself an undo", "Import the file, or merge, once more.", code="undo-of-undo"
        )
    if found.kind == "merge" and (later := store.first(_MERGED_AWAY, number=number)):
        raise WrongUse(
            f"who was merged in {number} was merged again in {later.batch_id}",
            f"First: retain undo {later.batch_id}.",
            code="merged-since",
        )
    return found


class _Undoing:
    def __init__(self, store: Store, found: Batch, today: date) -> None:
        self._today = today
        self.removed: dict[str, int] = {}
        self.restored = 0
        self.kept: list[Kept] = []
        self._store = store
        self._number = found.id
        self._whole: list[_Entry] = []
        self._cells: dict[tuple[str, int], dict[str, tuple[Any, Any]]] = {}
        for entry in store.ask(_ENTRIES, number=found.id):
            if not entry.column_name:
                self._whole.append(entry)
                continue
            row = self._cells.setdefault((entry.table_name, entry.row_id), {})
            # Two changes of one cell by one import: what stood there before the first, and after the last.
            old = row[entry.column_name][0] if entry.column_name in row else json.loads(entry.old or "null")
            row[entry.column_name] = (old, json.loads(entry.new or "null"))

    def put_back_merged(self) -> None:
        """The second customer is there again, with what was theirs."""
        for entry in self._whole:
            if entry.new is not None:
                delete_row(self._store, entry.table_name, entry.row_id)
        self._restore_cells(row for row in self._cells if row[0] == "customer")
        for entry in self._whole:
            if entry.old is not None:
                self._insert(entry)
                if entry.table_name == "customer":
                    self._touch(entry.row_id)
        self._restore_cells(row for row in self._cells if row[0] != "customer")

    def take_back_import(self) -> None:
        """What the import created is taken away unless somebody uses it; what it overwrote stands there again."""
        store, number = self._store, self._number
        store.run(_TOUCH_VISITED, (number,))
        self._restore_cells(self._cells)
        used = used_rows(store, number)
        for table in _REMOVE:
            for row, why in used.get(table, {}).items():
                self._keep_row(table, row, why)
            self._remove(table, used.get(table, ()))
        self._put_back_purchases()
        self._remove_customers()
        added = {one.row_id: one.new for one in self._whole if one.table_name == "staff" and one.new is not None}
        if added:
            self.removed["staff"], stay = take_staff_back(store, added)
            self.kept += stay

    def _put_back_purchases(self) -> None:
        """Lines that the import took out, unless they are there again, or what brought them was undone as well."""
        for entry in self._whole:
            if entry.table_name != "purchase" or entry.old is None:
                continue
            row = json.loads(entry.old)
            came_with = batch(self._store, row["batch_id"])
            if (came_with and came_with.undone_by is not None) or self._store.first(_THERE_AGAIN, **row):
                continue
            if read_row(self._store, "customer", row["customer_id"]) is None:
                why = "its customer is not there any more"
                self.kept.append(Kept(None, "", f"purchase of {row['bought_on']}", why))
                continue
            self._insert(entry)
            self._touch(row["customer_id"])
            self.restored += 1

    def _remove_customers(self) -> None:
        store, number = self._store, self._number
        used = used_customers(store, number)
        for customer in sorted(used):
            self._keep(customer, "customer", used[customer])
        store.run("create temp table if not exists leaving_for_good (customer_id integer primary key)")
        store.run("delete from leaving_for_good")
        store.run("insert into leaving_for_good select id from customer where batch_id = ?", (number,))
        store.run_many("delete from leaving_for_good where customer_id = ?", ((customer,) for customer in used))
        for remove in _REMOVE_FROM_PLAN:
            store.run(remove)
        self.removed["customer"] = store.run(
            "delete from customer where id in (select customer_id from leaving_for_good)"
        ).rowcount

    def _remove(self, table: str, but: Iterable[int]) -> None:
        store = self._store
        store.run("create temp table if not exists staying (id integer primary key)")
        store.run("delete from staying")
        store.run_many("insert into staying values (?)", ((number,) for number in but))
        self.removed[table] = store.run(_REMOVE[table], (self._number,)).rowcount

    def _restore_cells(self, rows: Iterable[tuple[str, int]]) -> None:
        for table, number in rows:
            cells = self._cells[table, number]
            now = read_row(self._store, table, number)
            if now is None or now.get("batch_id") == self._number:
                continue  # gone meanwhile, or about to go
            if "customer_id" in now:
                self._touch(now["customer_id"])
                self._touch(cells.get("customer_id", (None, None))[0])
            back = False
            for columns in _groups(table, cells):
                back = self._restore(table, number, now, {column: cells[column] for column in columns}) or back
            self.restored += back

    def _restore(self, table: str, number: int, now: dict[str, Any], cells: dict[str, tuple[Any, Any]]) -> bool:
        if all(now[column] == old for column, (old, _) in cells.items()):
            return False
        before = {column: old for column, (old, _) in cells.items()}
        untouched = all(now[column] == new for column, (_, new) in cells.items())
        if untouched and change_row(self._store, table, number, before):
            if table == "ticket" and "owner" in before:
                self._store.run(
                    _GIVEN_BACK, (number, self._today.isoformat(), f"to {before['owner']}", before["owner"])
                )
            return True
        self._keep_row(table, number, ", ".join(cells).replace("_", " ") + " changed since")
        return False

    def _insert(self, entry: _Entry) -> None:
        row = json.loads(entry.old or "{}")
        table = entry.table_name
        if table != "customer" and read_row(self._store, table, entry.row_id) is not None:
            # Its number was given to another row meanwhile; nothing points at it.
            row.pop("id", None)
        insert_row(self._store, table, row)

    def _touch(self, customer: int | None) -> None:
        if customer is not None:
            self._store.run("insert or ignore into touched values (?)", (customer,))

    def _keep_row(self, table: str, number: int, why: str) -> None:
        row = read_row(self._store, table, number)
        assert row is not None  # noqa: S101
        if table == "staff":
            self.kept.append(Kept(None, row["name"], "staff", why))
            return
        if table == "goal":
            self.kept.append(Kept(None, row["measure"], "goal", why))
            return
        words = {"purchase": f"purchase of {row.get('bought_on')}", "visit": f"visit of {row.get('visited_on')}"}
        self._keep(row.get("customer_id", number), words.get(table, table.replace("_", " ")), why)

    def _keep(self, customer: int, what: str, why: str) -> None:
        name = self._store.first(_NAME, number=customer)
        self.kept.append(Kept(customer, str(name.value) if name else "", what, why))


def _groups(table: str, cells: dict[str, tuple[Any, Any]]) -> Iterator[list[str]]:
    """The columns that return together or not at all; what is worked out from the visits is left out."""
    derived = _DERIVED.get(table, ())
    left = [column for column in cells if column not in derived]
    if table != "customer":
        if left:
            yield left
        return
    for columns in _TOGETHER:
        if group := [column for column in columns if column in left]:
            yield group
    together = {column for columns in _TOGETHER for column in columns}
    for column in left:
        if column not in together:
            yield [column]
