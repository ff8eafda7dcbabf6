"""The list against a naive oracle: the rules in words as a loop over plain values, on random shops day by day."""

import random
from calendar import isleap
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import holidays
import pytest

from retain_cli.classify.grading import grade_everyone
from retain_cli.due.listing import whom_to_contact
from retain_cli.plan.clocks import follow_visits
from retain_cli.plan.enrolment import enrol
from retain_cli.plan.lines import first_day, read_plan
from retain_cli.record.visit import log_visit, named_services
from retain_cli.store.policy import read_policy, set_policy
from retain_cli.store.question import Question
from retain_cli.store.store import open_store

DAY = timedelta(days=1)
MONTHS = {
    "A": {"return visit": 1, "maintenance": 6, "senior visit": 12},
    "B": {"return visit": 3, "maintenance": 12},
    "C": {"return visit": 6},
}
GRACE = {("A", "return visit"): 7, ("B", "return visit"): 14}
"""Days; 30 for everything else that is counted from the last time."""
BIRTHDAY = {"A": ("birthday gift", 7), "B": ("birthday wish", 0), "C": ("birthday wish", 0)}
"""The service, and how many days before it shows; three days after, it lapses."""
SERVICES = ["return visit", "maintenance", "birthday gift", "birthday wish", "senior visit"]
_CHINA = holidays.country_holidays("CN", years=range(2024, 2034))
PUBLIC, MADE_UP = set(_CHINA), set(_CHINA.weekend_workdays)


class Visit(NamedTuple):
    day: date
    reached: bool
    services: list[str]
    next_on: date | None


class Shop(NamedTuple):
    """What the oracle knows; the first days are those that levelling gave, everything after them is its own."""

    grades: dict[int, str]
    since: dict[int, date]
    first: dict[tuple[int, str], date]
    birthdays: dict[int, tuple[int, int]]
    left_alone: set[int]
    visits: dict[int, list[Visit]]
    leap_day_on_1_march: bool


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    lengths = [31, 29 if isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return date(year, month + 1, min(day.day, lengths[month]))


def moved(day: date, service: str) -> date:
    """Off a Sunday or a public holiday: visits to the next work day, everything else to the one before."""
    step = DAY if service in ("return visit", "senior visit") else -DAY
    while day not in MADE_UP and (day in PUBLIC or day.weekday() == 6):
        day += step
    return day


def oracle(shop: Shop, today: date, ahead: int) -> set[tuple]:
    """Everyone due on the day or within so many days: customer, service, due day, days late, missed, late."""
    horizon = today + DAY * ahead
    due = set()
    for customer, visits in shop.visits.items():
        grade = shop.grades.get(customer)
        for service, months in MONTHS.get(grade, {}).items():
            # Any visit resets the return visit; maintenance is only reset by maintenance.
            days = [v.day for v in visits if v.reached and (service == "return visit" or service in v.services)]
            anchor, nth, first = None, 0, shop.first[customer, service]
            if days and (max(days) >= shop.since[customer] or months_after(max(days), months) > first):
                anchor, nth = max(days), 1
            nominal = [months_after(anchor or first, months * (nth + k)) for k in range(40)]
            planned = moved(nominal[0], service)
            if planned <= horizon:
                late = max((today - max(planned, nominal[0])).days, 0)
                missed = max(sum(day <= today for day in nominal) - 1, 0)
                due.add((customer, service, nominal[0], late, missed, late > GRACE.get((grade, service), 30)))
        for year in (today.year - 1, today.year, today.year + 1):
            if grade is None or customer not in shop.birthdays:
                continue
            month, day = shop.birthdays[customer]
            if (month, day) == (2, 29) and not isleap(year):
                month, day = (3, 1) if shop.leap_day_on_1_march else (2, 28)
            on, (service, lead) = date(year, month, day), BIRTHDAY[grade]
            begins = moved(on, service) - DAY * lead
            settled = any(
                v.reached and begins <= v.day <= on + DAY * 3
                and (service == "birthday wish" or service in v.services)
                for v in visits
            )  # fmt: skip
            # The days before it are counted from the day it is moved to, which may be off itself.
            if moved(on, service) <= horizon + DAY * lead and today <= on + DAY * 3 and not settled:
                due.add((customer, service, on, max((today - on).days, 0), 0, False))
        for n, visit in enumerate(visits):
            later = any(v.reached and (v.day, m) > (visit.day, n) for m, v in enumerate(visits))
            if visit.next_on and visit.next_on <= horizon and not later:
                late = max((today - visit.next_on).days, 0)
                due.add((customer, "follow-up", visit.next_on, late, 0, late > 0))
    return due


class _Enrolled(NamedTuple):
    customer_id: int
    grade: str
    since_on: date
    first_on: date
    phase: int


ENROLLED = Question("select customer_id, grade, since_on, first_on, phase from enrolment", _Enrolled)


def grade(store, shop: Shop, today: date) -> None:
    policy = read_policy(store)
    grade_everyone(store, policy, today)
    enrol(store, policy, today)
    plan = read_plan(store)
    shop.grades.clear()
    for row in store.ask(ENROLLED):
        shop.grades[row.customer_id], shop.since[row.customer_id] = row.grade, row.since_on
        for line in plan:
            if line.grade == row.grade:
                day = first_day(plan, line, row.first_on, row.phase)
                shop.first[row.customer_id, line.service] = day


def visit_somebody(store, shop: Shop, today: date, chance: random.Random) -> None:
    customer = chance.choice(list(shop.visits))
    day = today - DAY * chance.choice([0, 0, 0, 0, 1, 12])
    services = [service for service in SERVICES if chance.random() < 0.25]
    next_on = day + DAY * chance.randint(1, 40) if chance.random() < 0.3 else None
    outcome = chance.choice(["done", "done", "done", "refused", "incident", "not-reached"])
    rendered = named_services(store, services)
    log_visit(store, customer, day, channel="call", outcome=outcome, services=rendered, next_on=next_on)
    follow_visits(store, customer)
    shop.visits[customer].append(Visit(day, outcome != "not-reached", services, next_on))


def birthday_near(chance: random.Random, start: date) -> tuple[int, int]:
    near = start + DAY * chance.randint(-20, 130)
    return (2, 29) if chance.random() < 0.25 else (near.month, near.day)


@pytest.mark.parametrize("seed", range(16))
def test_the_list_of_every_day_is_what_the_rules_say(retain, csv_file, machine, seed):
    chance = random.Random(seed)
    # Two winters with 29 February and two without; every other shop is watched for a year, every third day.
    start, days = date(2025 + seed % 4, 12, 1), range(0, 360, 3) if seed % 2 else range(120)
    shop = Shop({}, {}, {}, {}, set(), {n: [] for n in range(1, chance.randint(6, 20))}, seed % 3 == 0)
    people, orders, more = [], [], []
    for n in shop.visits:
        birthday = ""
        if chance.random() < 0.6:
            shop.birthdays[n] = month, day = birthday_near(chance, start)
            year = chance.choice(["-", 1980])
            birthday = f"{year}-{month:02}-{day:02}"
        if chance.random() < 0.15:
            shop.left_alone.add(n)
        people.append(f"{n},Customer {n},{birthday},{'yes' if n in shop.left_alone else 'no'}")
        if chance.random() < 0.9:
            orders.append(f"{n},{start - DAY * 30},{chance.randint(10, 999)}")
        if chance.random() < 0.5:
            more.append(f"{n},{start + DAY * 30},{chance.randint(10, 2999)}")
    customers = csv_file("c.csv", "\n".join(["Customer ID,Name,Birthday,Do not contact", *people, ""]))
    bought = csv_file("o.csv", "\n".join(["Customer ID,Date,Amount", *orders, ""]))
    bought_later = csv_file("m.csv", "\n".join(["Customer ID,Date,Amount", *more, ""]))
    assert retain("import", customers, bought, bought_later, today=start.isoformat()).code == 0

    differences, seen = [], set()
    with open_store(Path(machine / "shop.db"), writes=True) as store:
        set_policy(store, "leap_day_on_1_march", int(shop.leap_day_on_1_march))
        for _ in range(chance.randint(0, 5)):
            visit_somebody(store, shop, start - DAY * chance.randint(0, 60), chance)
        for number in days:
            today = start + DAY * number
            if number in (0, 60, 90):
                grade(store, shop, today)
            if chance.random() < 0.25:
                visit_somebody(store, shop, today, chance)
            ahead = chance.choice([0, 0, 0, 7, 60])
            found = whom_to_contact(store, read_policy(store), today, ahead=ahead)
            listed = {
                (o.customer_id, o.service, o.due_on, o.days_late, o.missed, o.late)
                for line in found.lines
                for o in line.occurrences
            }
            expected = oracle(shop, today, ahead)
            visible = {one for one in expected if one[0] not in shop.left_alone}
            differences += [(today, ahead, sign, *one) for sign, one in _difference(listed, visible)]
            assert found.total == len({one[0] for one in visible}) == len(found.lines)
            assert found.suppressed == len({one[0] for one in expected} & shop.left_alone)
            seen |= {one[1] for one in visible}
    assert differences == []
    assert "return visit" in seen


def _difference(listed: set[tuple], expected: set[tuple]) -> list[tuple[str, tuple]]:
    return [("only listed", one) for one in sorted(listed - expected)] + [
        ("only expected", one) for one in sorted(expected - listed)
    ]
