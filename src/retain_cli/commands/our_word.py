"""What a customer and the shop said to each other, and what came of it, as `retain show` answers it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.commands.parameters import Json
    from retain_cli.document import Note, Table
    from retain_cli.record.find import Found
    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store

_ROWS_SHOWN = 10
_WHO = ("customer_id", "external_id", "name")


def our_word(store: "Store", policy: "Policy", found: "Found", day: "date") -> "Json":
    """Promises, tickets, needs, feedback, offers, benefits, preferences and referrals, open and closed alike."""
    from retain_cli.commands.benefit_answer import benefits_of
    from retain_cli.commands.parameters import money
    from retain_cli.record.feedback import feedback_of
    from retain_cli.record.need import needs_of
    from retain_cli.record.offer import offers_to
    from retain_cli.record.preference import preferences
    from retain_cli.record.promise import promises_to
    from retain_cli.record.referral import brought_by, who_brought
    from retain_cli.record.ticket import tickets_of

    benefits = benefits_of(store, policy, found, day)
    del benefits["customer"]
    brought = who_brought(store, found.id, policy.currency)
    return {
        "preferences": [_own(one) for one in preferences(store, day, found.id)],
        "promises": [_own(one) for one in promises_to(store, found.id)],
        "tickets": [_own(one) for one in tickets_of(store, found.id)],
        "needs": [
            _own(one) | {"amount": money(one.amount, one.currency or "")} for one in needs_of(store, found.id)
        ],
        "feedback": [_own(one) for one in feedback_of(store, found.id)],
        "offers": [_own(one) for one in offers_to(store, found.id)],
        "benefits": benefits,
        "brought_by": brought
        and {"id": brought.customer_id, "external_id": brought.external_id, "name": brought.name},
        "brought": [
            {
                "customer": {
                    "id": one.brought_id,
                    "external_id": one.brought_external_id,
                    "name": one.brought_name,
                },
                "said_on": one.said_on,
                "converted_on": one.converted_on,
            }
            for one in brought_by(store, found.id, policy.currency)
        ],
    }


def word_pairs(data: "Json") -> list[tuple[str, Any]]:
    """What fits on one line each: how they like it, what they can use, and who brought whom."""
    benefits = data["benefits"]
    level = f" ({benefits['level']})" if benefits["level"] else ""
    to_use = [f"{benefits['points']:,} points{level}"] if benefits["points"] else []
    for one in benefits["coupons"]:
        if one["usable"]:
            until = f", until {one['expires_on']}" if one["expires_on"] else ""
            to_use.append(f"coupon {one['id']}: {one['amount'] or str(one['percent']) + ' %'} off{until}")
    return [
        *((one["kind"].capitalize(), one["words"]) for one in data["preferences"]),
        ("To use", to_use),
        ("Brought by", data["brought_by"] and data["brought_by"]["name"]),
        ("Brought", ", ".join(one["customer"]["name"] for one in data["brought"])),
    ]


def word_blocks(data: "Json", day: "date") -> "list[Table | Note]":
    """Everything else in one table, what waits first, and of the rest the newest."""
    from retain_cli.document import Column, Note, Table

    rows = sorted(_lines(data, day), key=lambda line: (line[0], line[1].toordinal() * (1 if line[0] == 0 else -1)))
    if not rows:
        return []
    columns = [Column("", wraps=False), Column("Day", wraps=False), Column("Words"), Column("State")]
    table = Table(columns, [line[2:] for line in rows[:_ROWS_SHOWN]], "Said and promised")
    more = len(rows) - _ROWS_SHOWN
    return [table, Note(f"and {more:,} more; -f json has them all.")] if more > 0 else [table]


def _lines(data: "Json", day: "date") -> "list[tuple[Any, ...]]":
    """Each with 0 where it waits and 1 where it is closed, the day it is sorted by, and the cells of its row."""
    from retain_cli.commands.benefit_answer import gift_state

    lines: list[tuple[Any, ...]] = []

    def add(waits: bool, on: "date", what: str, words: str, state: str) -> None:
        lines.append((0 if waits else 1, on, what, on, words, state))

    for one in data["promises"]:
        closed = one["closed_on"]
        late = day > one["due_on"] if closed is None else False
        state = _joined("past its day" if late else one["status"], closed, one["made_good"] or one["owner"])
        add(closed is None, one["due_on"], f"promise {one['id']}", one["words"], state)
    for one in data["tickets"]:
        resolved = one["resolved_on"]
        state = _joined("resolved" if resolved else "open", resolved, one["resolution"] or one["owner"])
        rated = f", rated {one['rating']}" if one["rating"] else ""
        what, words = f"ticket {one['id']}", f"{one['kind']}: {one['words']}"
        add(
            resolved is None,
            one["promised_on"] if resolved is None else one["opened_on"],
            what,
            words,
            state + rated,
        )
    for one in data["needs"]:
        words = _joined(one["what"], f"about {one['amount']}" if one["amount"] else None)
        is_open = one["status"] == "open"
        on = (one["wanted_on"] if is_open else None) or one["said_on"]
        add(is_open, on, f"need {one['id']}", words, _joined(one["status"], one["closed_on"]))
    for one in data["benefits"]["gifts"]:
        on = one["given_on"] or one["bought_on"] or one["for_on"] or one["thought_of_on"]
        add(one["given_on"] is None, on, f"gift {one['id']}", one["what"], gift_state(one))
    for one in data["feedback"]:
        state = one["action"] or "nothing done yet"
        if one["done_on"]:
            state = f"done: {one['result']}" + ("" if one["told_on"] else ", not told yet")
        what, words = f"feedback {one['id']}", f"{one['kind']}: {one['words']}"
        add(one["told_on"] is None, one["said_on"], what, words, state)
    for one in data["offers"]:
        add(False, one["offered_on"], "offer", one["service"], _joined(one["answer"], one["because"]))
    return lines


def _own(row: Any) -> "Json":
    """The row without the customer whom all of it is about."""
    return {name: value for name, value in row._asdict().items() if name not in _WHO}


def _joined(*words: Any) -> str:
    return ", ".join(str(word) for word in words if word)
