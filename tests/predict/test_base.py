"""Everyone's orders, days and amounts, against adding them up by hand."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from retain_cli.predict.base import base_on
from retain_cli.store.policy import Policy
from retain_cli.store.store import open_store

DAY = date(2026, 6, 30)


def by_hand(lines):
    """A day on which anything was bought is an order; of a day of returns alone only the amount counts."""
    days_of = defaultdict(lambda: defaultdict(list))
    for customer, day, amount, currency in lines:
        if currency == "CNY" and day <= DAY:
            days_of[customer][day].append(amount)
    found = {}
    for customer, days in sorted(days_of.items()):
        orders = sorted(day for day, amounts in days.items() if max(amounts) >= 0)
        if not orders:
            continue
        second = orders[1] if len(orders) > 1 else date.max
        found[customer] = (
            (len(orders) - 1, (orders[-1] - orders[0]).days, (DAY - orders[0]).days),
            sum(map(sum, days.values())),
            sum(sum(amounts) for day, amounts in days.items() if day >= second),
        )
    return found


@pytest.mark.parametrize("returned", [0.0, 0.1, 0.6])
def test_the_base_is_what_adding_up_by_hand_gives(tmp_path, returned):
    rng = random.Random(round(100 * returned))
    lines = [
        (
            rng.randrange(1, 61),
            DAY + timedelta(days=rng.randrange(-40, 4)),
            rng.choice((0, 5, 80)) if rng.random() >= returned else -rng.randrange(1, 60),
            rng.choice(("CNY", "CNY", "USD")),
        )
        for _ in range(600)
    ]
    with open_store(tmp_path / "shop.db", writes=True, creates=True) as store:
        store.run_many(
            "insert into customer (id, name, search_key, do_not_contact, created_on)"
            " values (?, 'Wang', 'wang', 0, '2026-01-01')",
            [(number,) for number in range(1, 61)],
        )
        store.run_many(
            "insert into purchase (customer_id, bought_on, amount, currency, order_number, product, category,"
            " quantity, nth) values (?, ?, ?, ?, ?, '', '', 1, 0)",
            [(who, day.isoformat(), amount, code, str(n)) for n, (who, day, amount, code) in enumerate(lines)],
        )
        policy = Policy(currency="CNY")
        everybody = [(one.customer_id, (tuple(one.history), *one[2:])) for one in base_on(store, policy, DAY)]
        some = base_on(store, policy, DAY, changed_after=590)
    assert everybody == list(by_hand(lines).items())
    bought_lately = {who for who, *_ in lines[590:]}
    assert [one.customer_id for one in some] == [who for who, _ in everybody if who in bought_lately]
    assert len(everybody) > 50
