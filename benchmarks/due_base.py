"""A base of any size with a chosen number of customers due and every reason on, in the program's own schema."""

import sys
from datetime import date, timedelta
from pathlib import Path

from retain_cli.plan.changing import index_for
from retain_cli.plan.days_off import remember_days_off
from retain_cli.plan.lines import read_plan
from retain_cli.store.policy import read_policy
from retain_cli.store.store import Store, open_store

TODAY = date(2026, 11, 23)

_CUSTOMER = (
    "insert into customer (id, external_id, name, search_key, phone, area, birth_month, birth_day, birth_calendar,"
    " owner_id, do_not_contact, created_on) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '2025-01-01')"
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
    "insert into visit (id, customer_id, visited_on, channel, outcome, note, next_on)"
    " values (?, ?, ?, 'call', 'done', 'all is well, thank you', ?)"
)
_PURCHASE = (
    "insert into purchase"
    " (customer_id, bought_on, order_number, product, category, quantity, amount, currency, nth)"
    " values (?, ?, '', 'a floor', 'floors', 1, 50000, 'CNY', 0)"
)
# What every other reason is made of: some of the customers have it, for a day that is far away.
_RECORDS = {
    "insert into promise (customer_id, words, made_on, due_on, status)"
    " values (?, 'a quote', '2026-11-01', ?, 'open')": (20, "2027-02-01"),
    "insert into need (customer_id, what, category, said_on, wanted_on, status)"
    " values (?, 'a carpet', '', '2026-11-01', ?, 'open')": (20, "2027-06-01"),
    "insert into ticket (customer_id, kind, words, opened_on, promised_on, rated_after)"
    " values (?, 'repair', 'a joint', '2026-11-01', ?, 0)": (50, "2027-01-10"),
    "insert into points_entry (customer_id, happened_on, points, expires_on, words)"
    " values (?, '2026-11-01', 100, ?, '')": (10, "2027-11-01"),
    "insert into rhythm (customer_id, found_on, purchase_days, last_on, median_days)"
    " values (?, '2026-11-01', 4, ?, 90)": (1, "2026-09-15"),
    "insert into customer_day (customer_id, name, month, day, calendar, leap_month)"
    " values (?, 'wedding', 5, ?, 'solar', 0)": (10, 20),
    "insert into decision (customer_id, kind, decided_on, until_on) values (?, 'pause', '2026-11-01', ?)": (
        40, "2027-03-01"
    ),
    "insert into decision (customer_id, kind, decided_on, reason, service, due_on, through_on)"
    " values (?, 'skip', '2026-03-01', 'return visit', 'return visit', '2026-02-01', ?)": (10, "2026-03-01"),
}  # fmt: skip
_MORE_LINES = (
    "insert into plan_line (grade, service_id, anchor, anchor_of, every, after, lead_days, grace_days, channel)"
    " values (?, ?, ?, ?, ?, ?, 0, 7, 'message')"
)


def make(path: Path, customers: int, due: int) -> None:
    """Everyone was visited within the last three weeks, but for the first `due`, whose visit was 200 days ago."""
    with open_store(path, writes=True, creates=True) as store:
        store.run(
            "insert into grading (graded_on, scheme, window_months, currency, customers, lowest_a, lowest_b)"
            " values ('2026-01-01', 'amount', 24, 'CNY', ?, 100000, 50000)",
            (customers,),
        )
        remember_days_off(store, read_policy(store), TODAY)
        for anchor in ("holiday", "purchase", "anniversary"):
            index_for(store, anchor)
        for grade in "ABC":
            store.run(_MORE_LINES, (grade, 8, "holiday", "Mid-Autumn Festival", "1y", None))
            store.run(_MORE_LINES, (grade, 10, "purchase", "", "once", "3d"))
            store.run(_MORE_LINES, (grade, 11, "purchase", "", "once", "30d"))
        store.run_many(
            "insert into staff (id, name, search_key, minutes_per_day) values (?, ?, ?, 480)",
            ((n, f"Seller {n}", f"seller {n}") for n in range(1, 6)),
        )
        _write(store, customers, due)


def _write(store: Store, customers: int, due: int) -> None:
    numbers = range(1, customers + 1)
    lines = {
        grade: [(line.service_id, line.id) for line in read_plan(store) if line.grade == grade and line.runs]
        for grade in "ABC"
    }
    store.run_many(_CUSTOMER, (_customer(n) for n in numbers))
    store.run_many(_ENROLMENT, ((n, _grade(n), 1_000_000 - n) for n in numbers))
    store.run_many(
        _CLOCK,
        (
            (n, service, line, _last(n, due) if service == 1 else "2026-11-01")
            for n in numbers
            for service, line in lines[_grade(n)]
        ),
    )
    store.run_many(
        _VISIT, ((n, n, _last(n, due), "2027-01-15" if n > due and n % 30 == 0 else None) for n in numbers)
    )
    store.run_many(_PURCHASE, ((n, f"2026-0{1 + n % 9}-{1 + n % 28:02d}") for n in numbers))
    for insert, (every, value) in _RECORDS.items():
        store.run_many(insert, ((n, value) for n in numbers if n > due and n % every == 0))


def _customer(number: int) -> tuple[object, ...]:
    name, month, day = f"Customer {number}", 1 + number % 9, 1 + number % 28
    return (
        number,
        f"C{number:07d}",
        name,
        name.lower(),
        f"+86138{number:08d}",
        f"area {number % 50}",
        *(
            (month, day, "lunar" if number % 7 == 0 and month < 8 else "solar")
            if number % 3
            else (None, None, None)
        ),
        1 + number % 5,
    )


def _grade(number: int) -> str:
    return "AABBBCCCCC"[number % 10]


def _last(number: int, due: int) -> str:
    ago = 200 if number <= due else 1 + number % 21
    return (TODAY - timedelta(days=ago)).isoformat()


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
