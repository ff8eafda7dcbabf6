"""The list against a naive oracle on random shops, day by day: customer by customer, reason by reason."""

import importlib.util
import random
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest

from retain_cli.classify.grading import grade_everyone
from retain_cli.commands.deciding import things_due
from retain_cli.due.listing import whom_to_contact
from retain_cli.errors import WrongUse
from retain_cli.plan.clocks import follow_visits
from retain_cli.plan.enrolment import enrol
from retain_cli.plan.lines import first_day, read_plan
from retain_cli.record.benefit import buy, hand_over, think_of
from retain_cli.record.decisions import contact_again, decide, take_back_last
from retain_cli.record.find import Found
from retain_cli.record.promise import kept, promise
from retain_cli.record.visit import log_visit, named_services
from retain_cli.store.policy import read_policy, set_policy
from retain_cli.store.question import Question
from retain_cli.store.store import open_store

_spec = importlib.util.spec_from_file_location("oracle", Path(__file__).with_name("oracle.py"))
oracle = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(oracle)

DAY = timedelta(days=1)
SERVICES = ["return visit", "maintenance", "birthday gift", "birthday wish", "senior visit"]
CHANNELS = ["visit", "call", "message", "mail"]
# Reasons that come from what the shop knows beside plan, visits, promises and decisions have tests of their own.
QUIET = {"cold_percent": 100_000, "win_back_months": 0}


class _Enrolled(NamedTuple):
    customer_id: int
    grade: str
    since_on: date
    first_on: date
    phase: int


class _Clock(NamedTuple):
    customer_id: int
    service: str
    first_on: date


CLOCKS = Question(
    """
    select customer_id, service.name, first_on from clock join service on service.id = service_id
    where until_on is null
    """,
    _Clock,
)
ENROLLED = Question("select customer_id, grade, since_on, first_on, phase from enrolment", _Enrolled)


class Life:
    """One random shop: everything is done to the program and told to the oracle."""

    def __init__(self, store, chance, start, shop):
        self.store, self.chance, self.start, self.shop = store, chance, start, shop
        # Days on which something begins or is over, where a comparison that is a day off shows.
        self.borders = set()

    def grade(self, today):
        policy = read_policy(self.store)
        grade_everyone(self.store, policy, today)
        enrol(self.store, policy, today)
        plan = read_plan(self.store)
        for who in self.shop["customers"].values():
            who["grade"] = None
        for row in self.store.ask(ENROLLED):
            who = self.shop["customers"][row.customer_id]
            who.update(grade=row.grade, since=row.since_on)
            # The days that levelling gave to the newcomers; everything after them is the oracle's own.
            for line in plan:
                if line.grade == row.grade:
                    who["first"][line.service] = first_day(plan, line, row.first_on, row.phase)
        for clock in self.store.ask(CLOCKS):
            self.shop["customers"][clock.customer_id]["first"][clock.service] = clock.first_on

    def visit(self, today):
        number = self.chance.choice(list(self.shop["customers"]))
        day = today - DAY * self.chance.choice([0, 0, 0, 0, 1, 12])
        services = [service for service in SERVICES if self.chance.random() < 0.2]
        following = day + DAY * self.chance.randint(1, 40) if self.chance.random() < 0.3 else None
        outcome = self.chance.choice(["done", "done", "done", "refused", "incident", "not-reached"])
        way = self.chance.choice(CHANNELS)
        rendered = named_services(self.store, services)
        log_visit(self.store, number, day, channel=way, outcome=outcome, services=rendered, next_on=following)
        follow_visits(self.store, number)
        reached = outcome != "not-reached"
        self.borders |= {day + DAY * self.shop["touch_days"], following}
        self.shop["customers"][number]["visits"].append(
            {"day": day, "reached": reached, "services": services, "next": following, "way": way}
        )

    def promise(self, today):
        number, who = self.chance.choice(list(self.shop["customers"].items()))
        still = [one for one in who["promises"] if one["open"]]
        if still and self.chance.random() < 0.6:
            done = self.chance.choice(still)
            kept(self.store, done["id"], today)
            done["open"] = False
        else:
            due_on = today + DAY * self.chance.randint(0, 30)
            made = promise(self.store, number, "a catalogue", today, due_on)
            who["promises"].append({"id": made.id, "on": due_on, "open": True})

    def gift(self, today):
        number, who = self.chance.choice(list(self.shop["customers"].items()))
        ideas = [one for one in who["gifts"] if one["idea"]]
        if ideas and self.chance.random() < 0.6:
            chosen = self.chance.choice(ideas)
            if self.chance.random() < 0.5:
                buy(self.store, number, chosen["id"], today, None, "CNY")
            else:
                hand_over(self.store, number, chosen["id"], today)
            chosen["idea"] = False
        else:
            meant_for = today + DAY * self.chance.randint(0, 40) if self.chance.random() < 0.8 else None
            made = think_of(self.store, number, f"gift {len(who['gifts'])}", today, meant_for)
            self.borders |= {meant_for and meant_for - DAY * oracle.GIFT_LEAD}
            who["gifts"].append({"id": made.id, "for": meant_for, "idea": True})

    def decide(self, today):
        number, who = self.chance.choice(list(self.shop["customers"].items()))
        kind = self.chance.choice(["skip", "skip", "snooze", "snooze", "pause", "never", "channel", "channel",
                                   "deceased", "again", "again", "undo", "undo"])  # fmt: skip
        until = today + DAY * self.chance.randint(1, 60)
        self.borders |= {until}
        if kind in ("skip", "snooze"):
            self._about(number, who, kind, today, until)
        elif kind == "pause":
            decide(self.store, number, kind, today, until=until)
            who["decisions"] = [d for d in who["decisions"] if d["kind"] != "pause"]
            who["decisions"].append({"kind": "pause", "day": today, "until": until})
        elif kind in ("never", "channel", "deceased"):
            channel = self.chance.choice(CHANNELS) if kind == "channel" else None
            kind = "never" if kind == "channel" else kind
            decide(self.store, number, kind, today, channel=channel)
            who["decisions"].append({"kind": kind, "day": today, "channel": channel})
        elif kind == "again":
            contact_again(self.store, number, today)
            lifted = ("never", "inactive", "deceased")
            who["decisions"] = [d for d in who["decisions"] if d["kind"] not in lifted]
            who["left_alone"] = False
        else:
            kind = self.chance.choice(["skip", "snooze", "pause"])
            take_back_last(self.store, number, kind, today)
            last = max((d["day"] for d in who["decisions"] if d["kind"] == kind), default=None)
            who["decisions"] = [d for d in who["decisions"] if (d["kind"], d["day"]) != (kind, last)]

    def _about(self, number, who, kind, today, until):
        due = oracle.due_to(self.shop, who, today, today)
        try:
            about = things_due(self.store, read_policy(self.store), today, Found(number, None, "", None, None), [])
        except WrongUse:
            assert due == []
            return
        decide(self.store, number, kind, today, about=about, until=until if kind == "snooze" else None)
        services = {one["service"] for one in due}
        if kind == "snooze":
            # The last word on a service counts.
            who["decisions"] = [
                d for d in who["decisions"] if d["kind"] != "snooze" or d["service"] not in services
            ]
        who["decisions"] += [
            {"kind": kind, "day": today, "until": until, "service": one["service"], "on": one["on"],
             "through": max(one["on"], today)}
            for one in due
        ]  # fmt: skip

    def differences(self, today, ahead):
        """What only one of the two has on its list, and what only one of them leaves out."""
        last = today + DAY * ahead
        policy = read_policy(self.store)
        found = whom_to_contact(self.store, policy, today, ahead=ahead)
        expected = {n: oracle.listed(self.shop, who, today, last) for n, who in self.shop["customers"].items()}
        shown = {_plain(n, one) for n, (due, _) in expected.items() for one in due}
        left = {_plain(n, one) for n, (_, due) in expected.items() for one in due}
        ours = _ours(found)
        assert found.total == len(found.lines) == len({one[0] for one in shown} | {one[0] for one in ours})
        assert found.suppressed == len({one[0] for one in left})
        ours_left = left
        if self.chance.random() < 0.3:
            hidden = whom_to_contact(self.store, policy, today, ahead=ahead, suppressed=True)
            ours_left = _ours(hidden)
            assert hidden.total == found.suppressed
        return [
            (today, ahead, sign, *one)
            for sign, ones in (
                ("only listed", ours - shown),
                ("only expected", shown - ours),
                ("only left out", ours_left - left),
                ("only expected to be left out", left - ours_left),
            )
            for one in sorted(ones)
        ]


def _plain(number, one):
    return (number, one["service"], one["on"], one["late"], one["missed"], one["is_late"], one["way"])


def _ours(found):
    return {
        (line.customer.id, o.service, o.due_on, o.days_late, o.missed, o.late, o.channel)
        for line in found.lines
        for o in line.occurrences
    }


def birthday_near(chance, start):
    near = start + DAY * chance.randint(-20, 400)
    return (2, 29) if chance.random() < 0.25 else (near.month, near.day)


def live(retain, csv_file, machine, seed, every):
    """A shop for 400 days, compared with the oracle on every so many of them; which decisions there were."""
    chance = random.Random(seed)
    # Two winters with 29 February in sight and two without.
    start = date(2025 + seed % 4, 12, 1) + DAY * chance.randint(0, 40)
    numbers = range(1, chance.randint(6, 20))
    shop = {
        "leap_day_on_1_march": seed % 3 == 0,
        "days_off": {start + DAY * chance.randint(0, 500) for _ in range(chance.choice([0, 5, 60]))},
        "touch_days": chance.choice([10, 30, 60]),
        "touches": {grade: chance.choice([0, 1, 2, 3, 5]) for grade in ("A", "B", "C", None)},
        "customers": {
            n: {"grade": None, "since": None, "first": {}, "birthday": None, "left_alone": False, "visits": [],
                "promises": [], "gifts": [], "decisions": []}
            for n in numbers
        },
    }  # fmt: skip
    people, orders, more = [], [], []
    for n, who in shop["customers"].items():
        birthday = ""
        if chance.random() < 0.6:
            who["birthday"] = month, day = birthday_near(chance, start)
            birthday = f"{chance.choice(['-', 1980])}-{month:02}-{day:02}"
        who["left_alone"] = chance.random() < 0.1
        people.append(f"{n},Customer {n},{birthday},{'yes' if who['left_alone'] else 'no'}")
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
        rules = {
            "region": "XX",
            "days_off_kept": f"XX 2000 2040 {version('holidays')}",
            "touch_days": shop["touch_days"],
            **QUIET,
        }
        rules |= {f"touches_{(g or 'none').lower()}": most for g, most in shop["touches"].items()}
        for name, value in (rules | {"leap_day_on_1_march": int(shop["leap_day_on_1_march"])}).items():
            set_policy(store, name, value)
        store.run_many(
            "insert into day_off (country, day_on, kind, name) values ('XX', ?, 'off', '')",
            [(day.isoformat(),) for day in shop["days_off"]],
        )
        life = Life(store, chance, start, shop)
        for _ in range(chance.randint(0, 5)):
            life.visit(start - DAY * chance.randint(0, 60))
        for number in range(400):
            today = start + DAY * number
            if number in (0, 60, 91, 200):
                life.grade(today)
            for happens, likely in (
                (life.visit, 0.25),
                (life.promise, 0.05),
                (life.gift, 0.05),
                (life.decide, 0.2),
            ):
                if chance.random() < likely:
                    happens(today)
            if number % every == 0 or today in life.borders:
                differences += life.differences(today, chance.choice([0, 0, 0, 0, 0, 7, 60]))
                assert differences == []
            seen |= {d["kind"] for who in shop["customers"].values() for d in who["decisions"]}
    return seen


@pytest.mark.parametrize("seed", range(5))
def test_the_list_of_every_day_is_what_the_rules_say(retain, csv_file, machine, seed):
    assert live(retain, csv_file, machine, seed, every=8) > {"skip", "snooze", "pause"}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(200))
def test_many_more_shops_are_what_the_rules_say(retain, csv_file, machine, seed):
    live(retain, csv_file, machine, seed, every=1)
