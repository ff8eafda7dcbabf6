"""Two customers that are one person: everything of the second goes to the first.

The first keeps what is known of them; the second only fills what is missing. The second's own place on the plan
ends with them, since two places on the plan for one person were one too many.
"""

from typing import Any, NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.rows import OF_CUSTOMERS, change_row, delete_row, read_row, rows_of
from retain_cli.store.store import Store

_FILLED = ("phone", "email", "address", "area", "note", "owner_id")
_BIRTHDAY = ("birth_month", "birth_day", "birth_year", "birth_calendar", "birth_leap_month")
_PLAN = ("enrolment", "clock", "past_enrolment")
# The next grading finds them from the purchases of both.
_FOUND_ANEW = ("rhythm", "prediction")

_MOVE = {table: f"update {table} set customer_id = ? where customer_id = ?" for table in OF_CUSTOMERS}
_MOVE_RUNNING = _MOVE | {"clock": _MOVE["clock"] + " and until_on is null"}
_DELETE = {table: f"delete from {table} where customer_id = ?" for table in (*_PLAN, *_FOUND_ANEW)}
_HOW_FAR = "case {table}.state when 'chosen' then 0 when 'failed' then 1 when 'sending' then 2 else 3 end"
# Where both were invited to one event, one invitation knows what either did; so it is with campaigns.
_ONCE = (
    """
    update invitation set came = (invitation.came or theirs.came),
        visit_id = coalesce(invitation.visit_id, theirs.visit_id),
        invited_on = coalesce(invitation.invited_on, theirs.invited_on),
        answered_on = case when invitation.answer is null then theirs.answered_on else invitation.answered_on end,
        answer = coalesce(invitation.answer, theirs.answer)
    from invitation as theirs
    where invitation.customer_id = :kept and theirs.customer_id = :other
        and theirs.event_id = invitation.event_id
    """,
    """
    delete from invitation where customer_id = :other and event_id in (
        select event_id from invitation where customer_id = :kept)
    """,
    f"""
    update campaign_contact set state = theirs.state, error = theirs.error, sent_on = theirs.sent_on,
        by_hand = theirs.by_hand, visit_id = theirs.visit_id
    from campaign_contact as theirs
    where campaign_contact.customer_id = :kept and theirs.customer_id = :other
        and theirs.campaign_id = campaign_contact.campaign_id
        and {_HOW_FAR.format(table="theirs")} > {_HOW_FAR.format(table="campaign_contact")}
    """,
    """
    update campaign_contact set answered_on = theirs.answered_on, answer = theirs.answer
    from campaign_contact as theirs
    where campaign_contact.customer_id = :kept and theirs.customer_id = :other
        and theirs.campaign_id = campaign_contact.campaign_id and campaign_contact.answer is null
    """,
    """
    delete from campaign_contact where customer_id = :other and campaign_id in (
        select campaign_id from campaign_contact where customer_id = :kept)
    """,
)


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
    _join_days(store, kept, other)
    for settle in _ONCE:
        store.run(settle, {"kept": kept, "other": other})
    for table, move in _MOVE.items():
        if table not in ("purchase", *_PLAN, *_FOUND_ANEW):
            moved[table] = store.run(move, (kept, other)).rowcount
    store.run("delete from customer where id = ?", (other,))
    filled = _gaps(ours, theirs)
    if filled:
        change_row(store, "customer", kept, filled)
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
        if ours.was_ever:
            for table in ("enrolment", "clock"):
                store.run(_MOVE_RUNNING[table], (kept, other))
        else:
            for table in _PLAN:
                store.run(_MOVE[table], (kept, other))
    elif theirs.amount is not None:
        # The next grading counts what both bought; until then the sum is the better guess.
        store.run("update enrolment set amount = amount + ? where customer_id = ?", (theirs.amount, kept))
    for delete in _DELETE.values():
        store.run(delete, (other,))


def _join_days(store: Store, kept: int, other: int) -> None:
    """The first's own days, plan, pin and lot stand; the second's only fill what is missing."""
    store.run("delete from moved_day where customer_id = ?", (other,))
    store.run(
        "delete from customer_day where customer_id = ?"
        " and name in (select name from customer_day where customer_id = ?)",
        (other, kept),
    )
    store.run(
        "delete from holdout_member where customer_id = ?"
        " and holdout_id in (select holdout_id from holdout_member where customer_id = ?)",
        (other, kept),
    )
    if store.run("select 1 from pin where customer_id = ? and ended_on is null", (kept,)).fetchone():
        store.run("delete from pin where customer_id = ? and ended_on is null", (other,))
    _join_own_plans(store, kept, other)


def _join_own_plans(store: Store, kept: int, other: int) -> None:
    """Service by service: the first's own lines stand, and the second's hold where the first has none in force."""
    ours = list(rows_of(store, "plan_line", [kept]).values())
    decided = {line["service_id"] for line in ours if line["removed_on"] is None}
    # A line that was taken out keeps its place, for what was planned by it stays known.
    places = {(line["service_id"], line["anchor_of"]): line["id"] for line in ours}
    for number, line in rows_of(store, "plan_line", [other]).items():
        place = places.get((line["service_id"], line["anchor_of"]))
        if line["service_id"] in decided or (place is not None and line["removed_on"] is not None):
            store.run("delete from clock where plan_line_id = ?", (number,))
            delete_row(store, "plan_line", number)
        elif place is not None:
            store.run("update clock set plan_line_id = ? where plan_line_id = ?", (place, number))
            delete_row(store, "plan_line", number)
            terms = {name: cell for name, cell in line.items() if name not in ("id", "customer_id")}
            change_row(store, "plan_line", place, terms)


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
    cells = read_row(store, "customer", customer)
    assert cells is not None  # noqa: S101
    return cells
