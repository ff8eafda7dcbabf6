"""Levelling: no day asks for more customers than the team can see, as long as a day within their grace has room.

Nor for more customers of one of the team than that one can see: where customers have an owner, a day is full for
them when the team's day is, or the day of whoever serves them then.

An occurrence is never brought forward, for no customer is due before their interval is over. It may wait until its
grace is over. On each day those who cannot wait longest go first, and among them the best customers.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.recurrence import latest_anchor, nth_day
from retain_cli.dates.work_days import WorkWeek
from retain_cli.plan.days_off import remember_days_off, work_days
from retain_cli.plan.lines import Line, first_day, read_plan
from retain_cli.plan.own_room import OwnRoom, own_room, owners
from retain_cli.plan.purchases import follow_purchases
from retain_cli.plan.staff import absences, team
from retain_cli.plan.waiting import Contact, WaitingContacts
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

DAYS_LEVELLED = 62


class _Clock(NamedTuple):
    customer_id: int
    first: str
    last: str | None
    amount: int


class _Waiting(NamedTuple):
    customer_id: int
    first: str
    phase: int
    amount: int


class _Upcoming(NamedTuple):
    customer_id: int
    line: int
    nominal_on: date
    planned_on: date
    latest_on: date
    amount: int


_BY_LAST = Question(
    """
    select clock.customer_id, clock.first_on, last_on, coalesce(amount, 0)
    from clock left join enrolment on enrolment.customer_id = clock.customer_id
    where plan_line_id = :line and until_on is null and last_on >= clock.since_on
        and last_on > :after and last_on <= :last
    """,
    _Clock,
)
_BY_FIRST = Question(
    """
    select clock.customer_id, clock.first_on, last_on, coalesce(amount, 0)
    from clock left join enrolment on enrolment.customer_id = clock.customer_id
    where plan_line_id = :line and until_on is null and (last_on is null or last_on < clock.since_on)
        and clock.first_on <= :last
    """,
    _Clock,
)
_WAITING = Question(
    """
    select customer_id, first_on, phase, amount from enrolment
    where grade = :grade and waits = 1 and first_on <= :last
    """,
    _Waiting,
)


_ANY_CLOCK = Question("select 1 from clock limit 1", Number)
# Newcomers were placed by what the team can do, and not by what each of its people can.
_ANY_OWNER = Question("select 1 from customer where owner_id is not null limit 1", Number)


def level(
    contacts: Iterable[Contact],
    capacity: Callable[[date], int],
    first: date,
    own: Callable[[int, date], OwnRoom] | None = None,
) -> dict[tuple[int, date], date]:
    """The day of every contact that has to wait, by customer and planned day; none before `first`.

    `own` is the room there is for an owner's customers on a day, beside the `capacity` of the team. Earliest end of
    grace first: where the contacts fit at all, each is within its grace. What does not fit stays on the last day of
    its grace, and every day on which it could have been before is full.
    """
    by_day: dict[date, list[Contact]] = defaultdict(list)
    for contact in contacts:
        by_day[max(contact.planned_on, first)].append(contact)
    moved: dict[tuple[int, date], date] = {}
    waiting = WaitingContacts()
    day, left = first, sorted(by_day, reverse=True)
    while left or waiting:
        if not waiting:
            day = left[-1]
        while left and left[-1] <= day:
            for contact in by_day[left.pop()]:
                waiting.add(contact)
        for contact in waiting.taken(day, capacity(day), own):
            if day > contact.planned_on:
                moved[contact.customer_id, contact.planned_on] = day
        day += timedelta(days=1)
    return moved


def level_everyone(store: Store, policy: Policy, day: date) -> int:
    """Level the weeks after `day` anew; how many occurrences were put on another day.

    What is due already stays where it is: nothing that is on the list may leave it.
    """
    until = day + timedelta(days=DAYS_LEVELLED)
    week = work_days(store, policy, day, until + timedelta(days=366))
    store.run("delete from moved_day where nominal_on > ?", (day.isoformat(),))
    capacity = capacity_by_day(store, policy, week, day, until + timedelta(days=366))
    together: dict[tuple[int, date], list[_Upcoming]] = defaultdict(list)
    for one in _upcoming(store, week, day, until):
        if one.planned_on > day:
            together[one.customer_id, one.planned_on].append(one)
    load = Counter(planned_on for _, planned_on in together)
    whose = owners(store)
    room = own_room(store, policy, week, day, until + timedelta(days=366)) if whose else None
    own_load = Counter(
        (room(whose[customer], on), on) for customer, on in together if room is not None and customer in whose
    )
    if all(count <= capacity(on) for on, count in load.items()) and all(
        count <= found.customers for (found, _), count in own_load.items()
    ):
        return 0
    ranks = {amount: rank for rank, amount in enumerate(sorted({-group[0].amount for group in together.values()}))}
    contacts = [
        Contact(
            customer, planned_on, min(one.latest_on for one in group), ranks[-group[0].amount], whose.get(customer)
        )
        for (customer, planned_on), group in together.items()
    ]
    moved = level(contacts, capacity, day + timedelta(days=1), room)
    rows = [
        (one.customer_id, one.line, one.nominal_on.isoformat(), to.isoformat())
        for key, to in sorted(moved.items())
        for one in together[key]
    ]
    store.run_many(
        "insert into moved_day (customer_id, plan_line_id, nominal_on, moved_on) values (?, ?, ?, ?)"
        " on conflict (customer_id, plan_line_id, nominal_on) do update set moved_on = excluded.moved_on",
        rows,
    )
    return len(rows)


def settle_after_change(store: Store, policy: Policy, day: date) -> None:
    """After purchases and visits came or went in bulk: set what begins with a purchase, and level anew."""
    follow_purchases(store, day)
    if store.first(_ANY_CLOCK) or store.first(_ANY_OWNER):
        remember_days_off(store, policy, day)
        level_everyone(store, policy, day)


def capacity_by_day(store: Store, policy: Policy, week: WorkWeek, first: date, last: date) -> Callable[[date], int]:
    """How many customers the team can see on a day: the shop's number, by how many of the staff are there."""
    people = [person for person in team(store) if person.retired_on is None or person.retired_on > first]
    minutes = sum(person.minutes_per_day for person in people)
    away = absences(store, first, last)
    weeks = {person.id: WorkWeek(person.work_days) if person.work_days else None for person in people}

    def capacity(day: date) -> int:
        if not week.works(day):
            return 0
        if not minutes:
            return max(policy.daily_capacity, 1)
        gone = {one.staff_id for one in away if one.from_on <= day <= one.until_on}
        there = 0
        for person in people:
            own = weeks[person.id]
            retired = person.retired_on is not None and day >= person.retired_on
            if person.id not in gone and not retired and (own is None or own.works(day)):
                there += person.minutes_per_day
        return round(policy.daily_capacity * there / minutes)

    return capacity


def load_by_day(store: Store, plan: list[Line], week: WorkWeek, day: date, last: date) -> Counter[date]:
    """How many customers are to be seen on each day from `day` on; who gets several services is seen once."""
    load: Counter[date] = Counter()
    seen: set[tuple[int, date]] = set()
    for one in _upcoming(store, week, day, last, plan):
        if one.planned_on >= day and (one.customer_id, one.planned_on) not in seen:
            seen.add((one.customer_id, one.planned_on))
            load[one.planned_on] += 1
    return load


def _upcoming(
    store: Store, week: WorkWeek, day: date, until: date, plan: list[Line] | None = None
) -> Iterator[_Upcoming]:
    """The next occurrence of every clock whose nominal day is not after `until`, nor long before `day`.

    There are many customers and few days: what follows from a day is worked out once for each.
    """
    lines = read_plan(store) if plan is None else plan
    for line in lines:
        if not line.runs:
            continue
        grace = timedelta(days=min(line.grace_days, line.interval.usual_days - 1))
        days: dict[date, tuple[date, date]] = {}
        for customer, nominal_on, amount in _of_line(store, lines, line, day, until):
            found = days.get(nominal_on)
            if found is None:
                planned_on = week.moved(nominal_on, line.moves)
                found = days[nominal_on] = (planned_on, max(planned_on, week.before(nominal_on + grace)))
            yield _Upcoming(customer, line.id, nominal_on, *found, amount)


def _of_line(store: Store, plan: list[Line], line: Line, day: date, until: date) -> Iterator[tuple[int, date, int]]:
    step = line.interval
    after, last_day = latest_anchor(step, day - timedelta(days=15)), latest_anchor(step, until)
    after_last: dict[str | None, date] = {None: date.min}

    def following(last: str | None) -> date:
        found = after_last.get(last)
        if found is None:
            found = after_last[last] = nth_day(date.fromisoformat(last or ""), step, 1)
        return found

    for row in store.stream(_BY_LAST, line=line.id, after=after.isoformat(), last=last_day.isoformat()):
        yield row.customer_id, following(row.last), row.amount
    firsts: dict[str, date] = {}
    for row in store.stream(_BY_FIRST, line=line.id, last=until.isoformat()):
        first = firsts.get(row.first) or firsts.setdefault(row.first, date.fromisoformat(row.first))
        nominal_on = max(first, following(row.last))
        if nominal_on <= until:
            yield row.customer_id, nominal_on, row.amount
    if line.customer_id is None and line.anchor == "last-done":
        begins: dict[tuple[str, int], date] = {}
        for customer, written, phase, amount in store.stream(_WAITING, grade=line.grade, last=until.isoformat()):
            begin = begins.get((written, phase))
            if begin is None:
                begin = first_day(plan, line, date.fromisoformat(written), phase)
                begins[written, phase] = begin
            if begin <= until:
                yield customer, begin, amount
