"""Promises, tickets, benefits, offers, referrals and a trial for the shop of the report."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from retain_cli.store.store import Store

TODAY = date(2026, 11, 23)
DAYS = 730

_PROMISE = (
    "insert into promise (customer_id, words, made_on, due_on, owner, status, closed_on)"
    " values (?, 'a quote', ?, ?, ?, ?, ?)"
)
_TICKET = (
    "insert into ticket (customer_id, kind, words, opened_on, promised_on, owner, resolved_on, rating, rated_on,"
    " rated_after) values (?, ?, 'a scratch', ?, ?, ?, ?, ?, ?, 0)"
)
_POINTS = (
    "insert into points_entry (id, customer_id, happened_on, points, expires_on, grant_id, words)"
    " values (?, ?, ?, ?, ?, ?, 'bought')"
)
_COUPON = (
    "insert into coupon (customer_id, granted_on, percent, min_spend, currency, expires_on, used_on, saved, words)"
    " values (?, ?, 10, 0, 'CNY', ?, ?, ?, 'thanks')"
)
_OFFER = "insert into offer (customer_id, service_id, offered_on, answer) values (?, ?, ?, ?)"
_STAFF = ("Chen", "Li", "Wang", "Zhou")


def keep_records(store: Store, rng: random.Random, customers: int) -> None:
    """Two promises and two grants of points for each customer, a ticket and an offer, and rarer things."""
    store.run_many(_PROMISE, (_promise(rng, customers) for _ in range(2 * customers)))
    store.run_many(_TICKET, (_ticket(rng, customers) for _ in range(customers)))
    store.run_many(_POINTS, _points(rng, customers))
    store.run_many(_COUPON, (_coupon(rng, customers) for _ in range(customers // 2)))
    answers = ("accepted", "declined", "not-reached")
    store.run_many(
        _OFFER,
        ((_anybody(rng, customers), rng.randrange(1, 5), day(rng), rng.choice(answers)) for _ in range(customers)),
    )
    store.run_many(
        "insert into referral (id, customer_id, said_on, words) values (?, ?, ?, 'told a neighbour')",
        ((number, _anybody(rng, customers), day(rng)) for number in range(1, customers // 10 + 1)),
    )
    store.run_many(
        "insert into referred (customer_id, referral_id) values (?, ?)",
        ((_anybody(rng, customers), number) for number in range(1, customers // 10 + 1)),
    )
    _trial(store, customers)


def day(rng: random.Random) -> str:
    """Any day of the time the shop was open."""
    return (TODAY - timedelta(days=rng.randrange(DAYS))).isoformat()


def _anybody(rng: random.Random, customers: int) -> int:
    return rng.randrange(1, customers + 1)


def _later(iso: str, days: int) -> str:
    return (date.fromisoformat(iso) + timedelta(days=days)).isoformat()


def _promise(rng: random.Random, customers: int) -> tuple[object, ...]:
    made_on = day(rng)
    status = rng.choice(("kept", "kept", "late", "broken", "open"))
    closed_on = None if status == "open" else _later(made_on, 5)
    return _anybody(rng, customers), made_on, _later(made_on, 7), rng.choice(_STAFF), status, closed_on


def _ticket(rng: random.Random, customers: int) -> tuple[object, ...]:
    opened_on, kind = day(rng), rng.choice(("complaint", "repair", "maintenance", "question"))
    resolved_on = _later(opened_on, rng.randrange(14)) if rng.random() < 0.9 else None
    rating = rng.randrange(1, 6) if resolved_on and rng.random() < 0.5 else None
    return (
        _anybody(rng, customers), kind, opened_on, _later(opened_on, 3), rng.choice(_STAFF), resolved_on, rating,
        resolved_on if rating else None,
    )  # fmt: skip


def _points(rng: random.Random, customers: int) -> Iterator[tuple[object, ...]]:
    number = 0
    for _ in range(2 * customers):
        number += 1
        who, granted_on = _anybody(rng, customers), day(rng)
        yield number, who, granted_on, 100, _later(granted_on, 365), None
        if rng.random() < 0.3:
            yield number + 1, who, _later(granted_on, 30), -50, None, number
            number += 1


def _coupon(rng: random.Random, customers: int) -> tuple[object, ...]:
    granted_on = day(rng)
    used_on = _later(granted_on, 20) if rng.random() < 0.4 else None
    return _anybody(rng, customers), granted_on, _later(granted_on, 90), used_on, 2000 if used_on else None


def _trial(store: Store, customers: int) -> None:
    store.run(
        "insert into holdout (id, started_on, percent, seed, birthdays, customers, held_out)"
        " values (1, '2026-01-01', 10, 1, 0, :customers, :held_out)",
        {"customers": customers // 2, "held_out": customers // 20},
    )
    store.run_many(
        "insert into holdout_member (holdout_id, customer_id, held) values (1, ?, ?)",
        ((n, n % 20 == 5) for n in range(1, customers + 1) if n % 10 >= 5),
    )
    store.run(
        "insert into goal (measure, target, unit, months, set_on, by_on)"
        " values ('repeat-rate', 5000, 'share', 12, '2026-01-01', '2026-12-31')"
    )
