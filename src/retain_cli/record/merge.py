"""Two customers that are one person: everything of the second goes to the first.

The first keeps what is known of them; the second only fills what is missing. The second's own place on the plan
ends with them, since two places on the plan for one person were one too many.
"""

from typing import Any, NamedTuple

from retain_cli.store.journal import tables_of_customers
from retain_cli.store.question import Question
from retain_cli.store.store import Store

_FILLED = ("phone", "email", "address", "area", "note", "owner_id")
_BIRTHDAY = ("birth_month", "birth_day", "birth_year", "birth_calendar", "birth_leap_month")
_PLAN = ("enrolment", "clock", "past_enrolment")
# The next grading finds it from the purchases of both.
_FOUND_ANEW = ("rhythm",)


class Merged(NamedTuple):
    """What a merge moved, by table, and which cells it filled."""

    moved: dict[str, int]
    filled: dict[str, Any]


class _Line(NamedTuple):
    id: int
    customer_id: int
    nth: int
    key: str


class _Place(NamedTuple):
    amount: int | None
    was_ever: int


_LINES = Question(
    """
    select id, customer_id, nth,
        bought_on || '|' || amount || '|' || currency || '|' || length(order_number) || '|'
            || order_number || product
    from purchase where customer_id in (:kept, :other) order by nth, id
    """,
    _Line,
)
_PLACE = Question(
    """
    select (select amount from enrolment where customer_id = :customer),
        (select count(*) from past_enrolment where customer_id = :customer)
    """,
    _Place,
)


def merge(store: Store, kept: int, other: int) -> Merged:
    """Move everything of `other` to `kept` and take `other` away; to be called while the journal records both."""
    ours, theirs = _cells(store, kept), _cells(store, other)
    moved = {"purchase": _move_purchases(store, kept, other)}
    _join_plans(store, kept, other)
    for table in tables_of_customers(store):
        if table not in ("purchase", *_PLAN, *_FOUND_ANEW):
            moved[table] = store.run(
                f"update {table} set customer_id = ? where customer_id = ?", (kept, other)
            ).rowcount
    store.run("delete from customer where id = ?", (other,))
    filled = _gaps(ours, theirs)
    if filled:
        names = ", ".join(f"{column} = ?" for column in filled)
        store.run(f"update customer set {names} where id = ?", [*filled.values(), kept])
    if theirs["external_id"] is not None and "external_id" not in filled:
        store.run(
            "insert into customer_identity (source, external_id, customer_id, batch_id) values (?, ?, ?, null)",
            (theirs["source"], theirs["external_id"], kept),
        )
    return Merged({table: count for table, count in moved.items() if count}, filled)


def _move_purchases(store: Store, kept: int, other: int) -> int:
    """Lines that are equal once they have one owner stay two lines: the second's get the next free numbers."""
    next_free: dict[str, int] = {}
    theirs = []
    for line in store.ask(_LINES, kept=kept, other=other):
        if line.customer_id == kept:
            next_free[line.key] = max(next_free.get(line.key, 0), line.nth + 1)
        else:
            theirs.append(line)
    moved = []
    for line in theirs:
        nth = max(line.nth, next_free.get(line.key, 0))
        next_free[line.key] = nth + 1
        moved.append((kept, nth, line.id))
    store.run_many("update purchase set customer_id = ?, nth = ? where id = ?", moved)
    return len(moved)


def _join_plans(store: Store, kept: int, other: int) -> None:
    ours, theirs = store.first(_PLACE, customer=kept), store.first(_PLACE, customer=other)
    assert ours is not None and theirs is not None  # noqa: S101, PT018
    if ours.amount is None:
        for table in _PLAN if not ours.was_ever else ("enrolment", "clock"):
            running = " and until_on is null" if table == "clock" and ours.was_ever else ""
            store.run(f"update {table} set customer_id = ? where customer_id = ?{running}", (kept, other))
    elif theirs.amount is not None:
        # The next grading counts what both bought; until then the sum is the better guess.
        store.run("update enrolment set amount = amount + ? where customer_id = ?", (theirs.amount, kept))
    for table in (*_PLAN, *_FOUND_ANEW):
        store.run(f"delete from {table} where customer_id = ?", (other,))


def _gaps(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """What the second knows and the first does not; who asked not to be contacted stays so."""
    filled = {name: theirs[name] for name in _FILLED if ours[name] in (None, "") and theirs[name]}
    if ours["birth_month"] is None and theirs["birth_month"] is not None:
        filled |= {name: theirs[name] for name in _BIRTHDAY}
    if ours["external_id"] is None and theirs["external_id"] is not None:
        filled |= {"external_id": theirs["external_id"], "source": theirs["source"]}
    if ours["name"] in (ours["external_id"], ours["phone"], ours["email"]):
        filled |= {"name": theirs["name"], "search_key": theirs["search_key"]}
    if theirs["do_not_contact"] and not ours["do_not_contact"]:
        filled["do_not_contact"] = 1
    if theirs["created_on"] < ours["created_on"]:
        filled["created_on"] = theirs["created_on"]
    return filled


def _cells(store: Store, customer: int) -> dict[str, Any]:
    cursor = store.run("select * from customer where id = ?", (customer,))
    return dict(zip((about[0] for about in cursor.description), cursor.fetchone(), strict=True))
