"""A base of any size with a chosen number of customers due, written through the program's own schema."""

import sys
from datetime import date, timedelta
from pathlib import Path

from retain_cli.store.store import Store, open_store

TODAY = date(2026, 11, 23)

_CUSTOMER = (
    "insert into customer (id, external_id, name, search_key, phone, area, do_not_contact, created_on)"
    " values (?, ?, ?, ?, ?, ?, 0, '2025-01-01')"
)
_ENROLMENT = (
    "insert into enrolment (customer_id, grade, amount, since_on, first_on, phase, waits)"
    " values (?, ?, ?, '2026-01-01', '2026-01-01', 0, 0)"
)
_CLOCK = (
    "insert into clock (customer_id, service_id, plan_line_id, since_on, first_on, last_on)"
    " values (?, ?, ?, '2026-01-01', '2026-01-01', ?)"
)
_VISIT = (
    "insert into visit (id, customer_id, visited_on, channel, outcome, note)"
    " values (?, ?, ?, 'call', 'done', 'all is well, thank you')"
)
_LINES = {"A": ((1, 1), (2, 2)), "B": ((1, 4), (2, 5)), "C": ((1, 7),)}
"""For each grade, (service, plan line) as the first migration numbers them."""


def make(path: Path, customers: int, due: int) -> None:
    """Everyone was visited within the last three weeks, but for the first `due`, whose visit was 200 days ago."""
    with open_store(path, writes=True, creates=True) as store:
        store.run(
            "insert into grading (graded_on, scheme, window_months, currency, customers, lowest_a, lowest_b)"
            " values ('2026-01-01', 'amount', 24, 'CNY', ?, 100000, 50000)",
            (customers,),
        )
        _write(store, customers, due)


def _write(store: Store, customers: int, due: int) -> None:
    numbers = range(1, customers + 1)
    store.run_many(
        _CUSTOMER,
        ((n, f"C{n:07d}", f"Customer {n}", f"customer {n}", f"+86138{n:08d}", f"area {n % 50}") for n in numbers),
    )
    store.run_many(_ENROLMENT, ((n, _grade(n), 1_000_000 - n) for n in numbers))
    store.run_many(
        _CLOCK,
        (
            (n, service, line, _last(n, due) if service == 1 else "2026-11-01")
            for n in numbers
            for service, line in _LINES[_grade(n)]
        ),
    )
    store.run_many(_VISIT, ((n, n, _last(n, due)) for n in numbers))


def _grade(number: int) -> str:
    return "AABBBCCCCC"[number % 10]


def _last(number: int, due: int) -> str:
    ago = 200 if number <= due else 1 + number % 21
    return (TODAY - timedelta(days=ago)).isoformat()


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
