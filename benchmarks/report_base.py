"""A shop for the report: customers, ten purchases and three visits each, over two years, on the usual plan."""

import random
import sys
from datetime import date, timedelta
from pathlib import Path

from report_records import day, keep_records
from retain_cli.store.store import Store, open_store

BEGAN = date(2025, 1, 1)
"""When the shop began with retain."""

_CUSTOMER = (
    "insert into customer (id, external_id, name, search_key, phone, do_not_contact, birth_month, birth_day,"
    " created_on) values (?, ?, ?, ?, ?, ?, ?, ?, '2025-01-01')"
)
_PURCHASE = (
    "insert into purchase"
    " (customer_id, bought_on, amount, currency, order_number, product, category, quantity, nth)"
    " values (?, ?, ?, 'CNY', ?, ?, ?, 1, 0)"
)
_ENROLMENT = (
    "insert into enrolment (customer_id, grade, amount, since_on, first_on, phase, waits)"
    " values (?, ?, ?, '2025-01-01', '2025-01-01', 0, 0)"
)
_CLOCK = (
    "insert into clock (customer_id, service_id, plan_line_id, since_on, first_on, last_on)"
    " values (?, ?, ?, '2025-01-01', ?, '2026-11-01')"
)
_VISIT = (
    "insert into visit (id, customer_id, visited_on, channel, outcome, satisfaction, cost, currency, note)"
    " values (?, ?, ?, ?, ?, ?, ?, ?, 'all is well')"
)
_LINES = {"A": ((1, 1), (2, 2)), "B": ((1, 4), (2, 5)), "C": ((1, 7),)}
"""For each grade, (service, plan line) as the first migration numbers them."""


def make(path: Path, customers: int, purchases: int, visits: int, seed: int = 1) -> None:
    """Write the shop through the program's own schema; few customers buy much, most little."""
    rng = random.Random(seed)
    with open_store(path, writes=True, creates=True) as store:
        _people(store, rng, customers)
        weights = [rng.paretovariate(1.3) for _ in range(customers)]
        whose = rng.choices(range(1, customers + 1), weights, k=purchases)
        store.run_many(_PURCHASE, (_purchase(rng, number, who) for number, who in enumerate(whose)))
        store.run_many(_VISIT, (_visit(rng, number, customers) for number in range(1, visits + 1)))
        store.run_many(
            "insert into visit_service (visit_id, service_id) values (?, ?)",
            ((number, 1 if number % 4 else 2) for number in range(1, visits + 1)),
        )
        keep_records(store, rng, customers)
        store.run("analyze")


def _people(store: Store, rng: random.Random, customers: int) -> None:
    numbers = range(1, customers + 1)
    store.run_many(
        _CUSTOMER,
        (
            (
                n,
                f"C{n:07d}",
                f"Customer {n}",
                f"customer {n}",
                f"+86138{n:08d}",
                n % 200 == 0,
                1 + n % 12,
                1 + n % 28,
            )
            for n in numbers
        ),
    )
    store.run_many(_ENROLMENT, ((n, _grade(n), 1_000_000 - n) for n in numbers))
    store.run_many(
        _CLOCK,
        (
            (n, service, line, (BEGAN + timedelta(days=rng.randrange(90))).isoformat())
            for n in numbers
            for service, line in _LINES[_grade(n)]
        ),
    )


def _purchase(rng: random.Random, number: int, who: int) -> tuple[object, ...]:
    product = rng.randrange(2000)
    amount = rng.randrange(500, 500_000) * (-1 if number % 40 == 0 else 1)
    return who, day(rng), amount, f"S{number:07d}", f"product {product:04d}", f"category {product % 20:02d}"


def _visit(rng: random.Random, number: int, customers: int) -> tuple[object, ...]:
    outcome = "done" if number % 10 else "not-reached"
    score = rng.randrange(1, 6) if outcome == "done" and number % 3 else None
    who = rng.randrange(1, customers + 1)
    cost = (rng.randrange(500, 5000), "CNY") if number % 2 else (None, None)
    return number, who, day(rng), "call", outcome, score, *cost


def _grade(number: int) -> str:
    return "AABBBCCCCC"[number % 10]


if __name__ == "__main__":
    make(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
