"""Can it be done? What the plan asks of each of the staff in an average week, against the time they have."""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.recurrence import Interval, interval
from retain_cli.plan.days_off import work_days
from retain_cli.plan.lines import Line, read_plan
from retain_cli.plan.staff import absences, team, who_serves
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store

_DAYS_IN_A_YEAR = 365.25
_CADENCES = ("2w", "1m", "2m", "3m", "4m", "6m", "1y", "2y")


class Asked(NamedTuple):
    """A week's work: services to render, their time, and their cost in minor units."""

    touches: float
    minutes: float
    cost: float


class Person(NamedTuple):
    """What is asked of one of the staff, or of whoever is there (`staff_id` is None), and the time they have."""

    staff_id: int | None
    name: str
    customers: int
    asked: Asked
    capacity_minutes: float | None

    @property
    def shortfall_minutes(self) -> float:
        """The time that is missing; 0 where there is enough, or where nobody's hours are known."""
        return 0.0 if self.capacity_minutes is None else max(self.asked.minutes - self.capacity_minutes, 0.0)


class Cadence(NamedTuple):
    """A service that would have to come less often for all of the plan to fit."""

    grade: str
    service: str
    every: str
    fits_at: str


class Feasible(NamedTuple):
    """The answer: each person, and what would have to give where the hours do not reach."""

    weeks: int
    people: list[Person]
    cadence: list[Cadence]
    fits: bool
    """Whether the plan fits as it is."""
    would_fit: bool
    """Whether it does with the cadence named."""


class _Group(NamedTuple):
    owner_id: int | None
    grade: str
    customers: int
    birthdays: int


class _Days(NamedTuple):
    owner_id: int | None
    grade: str
    name: str
    days: int


class _Bought(NamedTuple):
    owner_id: int | None
    grade: str
    category: str
    customers: int
    purchases: int


_GROUPS = Question(
    """
    select owner_id, coalesce(grade, 'none'), count(*), count(birth_month)
    from customer left join enrolment on enrolment.customer_id = customer.id
    where do_not_contact = false or do_not_contact is null
    group by owner_id, coalesce(grade, 'none')
    """,
    _Group,
)
_OWN_DAYS = Question(
    """
    select owner_id, coalesce(grade, 'none'), customer_day.name, count(*)
    from customer_day join customer on customer.id = customer_day.customer_id
        left join enrolment on enrolment.customer_id = customer.id
    group by owner_id, coalesce(grade, 'none'), customer_day.name
    """,
    _Days,
)
_PURCHASES = Question(
    """
    select owner_id, coalesce(grade, 'none'), category, count(distinct customer.id), count(*)
    from purchase join customer on customer.id = purchase.customer_id
        left join enrolment on enrolment.customer_id = customer.id
    where purchase.amount > 0 and bought_on > :since and bought_on <= :day
    group by owner_id, coalesce(grade, 'none'), category
    """,
    _Bought,
)


def can_it_be_done(store: Store, policy: Policy, day: date, weeks: int) -> Feasible:
    """What an average week asks under the plan, shared out to who serves on each of the days ahead.

    Every service is counted with its own minutes, although one trip may settle several: a little too much rather
    than too little.
    """
    plan = read_plan(store)
    asked = _by_owner(store, plan, day)
    customers: dict[int | None, int] = defaultdict(int)
    for group in store.ask(_GROUPS):
        if group.grade != "none":
            customers[group.owner_id] += group.customers
    capacity = _capacity(store, policy, day, weeks)
    served = _shared_out(store, policy, asked, day, weeks)
    names = {person.id: person.name for person in team(store)}
    people = [
        Person(
            who, names.get(who or 0, "anybody"), customers[who], served.get(who, Asked(0, 0, 0)), capacity.get(who)
        )
        for who in sorted({*served, *capacity, *customers}, key=lambda who: (who is None, names.get(who or 0, "")))
    ]
    everything, there = sum(p.asked.minutes for p in people), sum(capacity.values())
    if not capacity:
        return Feasible(weeks, people, [], True, True)
    cadence, left = _what_gives(store, plan, day, everything, there)
    fits = everything <= there and not any(person.shortfall_minutes for person in people)
    return Feasible(weeks, people, cadence, fits, left <= there)


def _rate(step: Interval) -> float:
    """How often in a week: months as the year has them, 12 to 365.25 days."""
    days = step.days or step.months * _DAYS_IN_A_YEAR / 12
    return 7 / days


def _by_owner(store: Store, plan: list[Line], day: date) -> dict[int | None, dict[int, tuple[Line, float]]]:
    """For each owner and line: how many services a week."""
    found: dict[int | None, dict[int, tuple[Line, float]]] = defaultdict(dict)
    groups, days = store.ask(_GROUPS), store.ask(_OWN_DAYS)
    since = day - timedelta(days=365)
    bought = store.ask(_PURCHASES, since=since.isoformat(), day=day.isoformat()) if _buys(plan) else []

    def add(owner: int | None, line: Line, a_week: float) -> None:
        before = found[owner].get(line.id, (line, 0.0))[1]
        found[owner][line.id] = (line, before + a_week)

    for line in plan:
        if line.customer_id is not None:
            continue
        if line.anchor in ("last-done", "birthday", "holiday"):
            for group in groups:
                if group.grade == line.grade:
                    count = group.birthdays if line.anchor == "birthday" else group.customers
                    yearly = line.anchor != "last-done"
                    add(group.owner_id, line, count * _rate(Interval(months=12) if yearly else line.interval))
        elif line.anchor == "anniversary":
            for own in days:
                if own.grade == line.grade and line.anchor_of in ("", own.name):
                    add(own.owner_id, line, own.days * _rate(Interval(months=12)))
        else:
            for one in bought:
                if one.grade == line.grade and line.anchor_of in ("", one.category):
                    once = one.purchases * _rate(Interval(months=12))
                    add(one.owner_id, line, once if line.every == "once" else one.customers * _rate(line.interval))
    return found


def minutes_a_week(store: Store, day: date) -> dict[tuple[int | None, str], float]:
    """What an average week of the plan asks for the customers of each owner and grade, in minutes."""
    found: dict[tuple[int | None, str], float] = defaultdict(float)
    for owner, lines in _by_owner(store, read_plan(store), day).items():
        for line, a_week in lines.values():
            found[owner, line.grade or "none"] += line.minutes * a_week
    return dict(found)


def _buys(plan: list[Line]) -> bool:
    return any(line.anchor == "purchase" for line in plan)


def _shared_out(
    store: Store, policy: Policy, asked: dict[int | None, dict[int, tuple[Line, float]]], day: date, weeks: int
) -> dict[int | None, Asked]:
    """What is asked of whoever serves: while an owner is away, their part is their backup's."""
    week = work_days(store, policy, day, day + timedelta(days=7 * weeks))
    days = [one for one in (day + timedelta(days=n) for n in range(7 * weeks)) if week.works(one)]
    sums: dict[int | None, Asked] = defaultdict(lambda: Asked(0, 0, 0))
    for owner, lines in asked.items():
        touches = sum(a_week for _, a_week in lines.values())
        minutes = sum(line.minutes * a_week for line, a_week in lines.values())
        cost = sum(line.cost * a_week for line, a_week in lines.values())
        shares: dict[int | None, int] = defaultdict(int)
        for one in days:
            duty = who_serves(store, one).get(owner) if owner is not None else None
            shares[duty.server_id if duty else owner] += 1
        for server, count in shares.items():
            part, before = count / len(days), sums[server]
            sums[server] = Asked(
                before.touches + touches * part, before.minutes + minutes * part, before.cost + cost * part
            )
    return dict(sums)


def _capacity(store: Store, policy: Policy, day: date, weeks: int) -> dict[int | None, float]:
    """The minutes a week each of the staff has over the weeks ahead, days off and days away left out."""
    from retain_cli.dates.work_days import WorkWeek

    last = day + timedelta(days=7 * weeks - 1)
    shop, away = work_days(store, policy, day, last), absences(store, day, last)
    found: dict[int | None, float] = {}
    for person in team(store):
        if person.retired_on is not None and person.retired_on <= day:
            continue
        own = WorkWeek(person.work_days) if person.work_days else None
        there = 0
        for one in (day + timedelta(days=n) for n in range(7 * weeks)):
            gone = any(x.staff_id == person.id and x.from_on <= one <= x.until_on for x in away)
            retired = person.retired_on is not None and one >= person.retired_on
            there += shop.works(one) and (own is None or own.works(one)) and not gone and not retired
        found[person.id] = person.minutes_per_day * there / weeks
    return found


def _what_gives(
    store: Store, plan: list[Line], day: date, asked: float, there: float
) -> tuple[list[Cadence], float]:
    """Services made rarer until all of it fits: the lowest grade's first, the one that takes most time first."""
    by_line: dict[int, tuple[Line, float]] = {}
    for lines in _by_owner(store, plan, day).values():
        for number, (line, a_week) in lines.items():
            by_line[number] = (line, by_line.get(number, (line, 0.0))[1] + a_week)
    changed: list[Cadence] = []
    runs = [(line, a_week) for line, a_week in by_line.values() if line.anchor == "last-done" and a_week]
    for line, a_week in sorted(runs, key=lambda one: (one[0].grade or "", one[0].minutes * one[1]), reverse=True):
        if asked <= there:
            break
        usual, fits = line.minutes * a_week, line.every
        for cadence in _CADENCES:
            if _rate(interval(cadence)) >= _rate(line.interval):
                continue
            fits = cadence
            rarer = usual * _rate(interval(cadence)) / _rate(line.interval)
            if asked - usual + rarer <= there:
                break
        if fits != line.every:
            asked += usual * _rate(interval(fits)) / _rate(line.interval) - usual
            changed.append(Cadence(line.grade or "", line.service, line.every, fits))
    return changed, asked
