"""Levelling a large base, against putting the same customers in order and nothing else."""

import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from retain_cli.classify.grading import grade_everyone
from retain_cli.plan.enrolment import enrol
from retain_cli.plan.levelling import level, level_everyone
from retain_cli.plan.waiting import Contact
from retain_cli.store.policy import read_policy, set_policy
from retain_cli.store.store import open_store

DAY = date(2026, 11, 23)


def levelled_and_sorted(customers: int) -> tuple[float, float]:
    """Seconds for levelling contacts of two months, and for putting the same in the order of day and rank."""
    chance = random.Random(1)
    contacts = [
        Contact(number, DAY + timedelta(days=(at := chance.randrange(60))), DAY + timedelta(days=at + 7), number)
        for number in range(customers)
    ]
    begun = time.perf_counter()
    level(contacts, lambda day: 0 if day.weekday() == 6 else customers // 45, DAY)
    between = time.perf_counter()
    sorted(contacts, key=lambda one: (one.planned_on, one.rank))
    return between - begun, time.perf_counter() - between


def whole(customers: int) -> tuple[float, float]:
    """Seconds for the first days of a new shop, and for levelling it when everybody was seen within a month."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "shop.db", writes=True, creates=True) as store,
    ):
        people = ((f"c{n}", f"c{n}", DAY.isoformat()) for n in range(customers))
        store.run_many("insert into customer (name, search_key, created_on) values (?, ?, ?)", people)
        bought = ((n, "2026-10-01", customers - n, "CNY", "", "", "", 1, 0) for n in range(1, customers + 1))
        columns = "customer_id, bought_on, amount, currency, order_number, product, category, quantity, nth"
        store.run_many(f"insert into purchase ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", bought)
        set_policy(store, "daily_capacity", customers // 50)
        policy = read_policy(store)
        grade_everyone(store, policy, DAY)
        begun = time.perf_counter()
        enrol(store, policy, DAY)
        between = time.perf_counter()
        store.run("update enrolment set first_on = date('2026-11-24', '+' || (customer_id % 28) || ' days')")
        middle = time.perf_counter()
        level_everyone(store, policy, DAY)
        return between - begun, time.perf_counter() - middle


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    leveling, sorting = levelled_and_sorted(number)
    first_days, everyone = whole(number)
    print(f"{number:,} customers")
    print(f"levelling alone {leveling:.2f} s, sorting alone {sorting:.2f} s, ratio {leveling / sorting:.1f}")
    print(f"first days of a new shop {first_days:.2f} s, levelling all of it {everyone:.2f} s")
