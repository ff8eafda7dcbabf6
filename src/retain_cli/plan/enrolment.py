"""Putting customers on the plan of their grade: their first day, and when their other services begin.

Nobody is put on a day by hand. Customers whom nobody visited yet need one row each: the day of their first contact,
spread by `first_days`, from which every service's first day follows. Whoever was visited has clocks instead.
"""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.dates.work_days import WorkWeek
from retain_cli.plan.change_of_grade import start_for_overdue, start_for_visited, stay_due, stop
from retain_cli.plan.days_off import remember_days_off, work_days
from retain_cli.plan.first_days import spread
from retain_cli.plan.levelling import load_by_day, settle_after_change
from retain_cli.plan.lines import grade_interval, read_plan
from retain_cli.plan.own_room import own_room
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

PHASES = 12
_DAYS_LOOKED_AHEAD = 400


class _Joining(NamedTuple):
    grade: str
    from_rank: int
    customers: int


class _Newcomer(NamedTuple):
    customer_id: int
    owner_id: int


_PAST = """
    insert into past_enrolment (customer_id, grade, amount, since_on, until_on)
    select enrolment.customer_id, grade, amount, since_on, :day
    from leaving cross join enrolment where enrolment.customer_id = leaving.customer_id
"""
_END = "delete from enrolment where customer_id in (select customer_id from leaving)"
_MAKE_SLOTS = """
    create temp table if not exists slot (
        from_rank integer primary key, to_rank integer not null, grade text not null, day text not null
    )
"""
# In the order of the table, not of the ranks: rows that follow each other are appended, a third faster.
_START = f"""
    insert into enrolment (customer_id, grade, amount, since_on, first_on, phase, waits)
    select customer_id, slot.grade, amount, :day, slot.day, rank % {PHASES}, 1
    from slot cross join joining on rank between from_rank and to_rank
    order by customer_id
"""
# Whoever is on the list already, and was never seen, stays on it: a change of grade is no reason to forget them.
_MAKE_OVERDUE = """
    create temp table if not exists overdue (customer_id integer primary key, first_on text not null, phase integer)
"""
_NOTE_OVERDUE = """
    insert into overdue (customer_id, first_on, phase)
    select enrolment.customer_id, first_on, phase
    from leaving cross join enrolment where enrolment.customer_id = leaving.customer_id
        and waits = 1 and first_on <= :day
"""
_KEEP_OVERDUE = """
    update enrolment set (first_on, phase) = (
        select first_on, phase from overdue where overdue.customer_id = enrolment.customer_id
    )
    where customer_id in (select customer_id from overdue)
"""
_OF_TODAY = Question(
    """
    select customer_id, owner_id from enrolment join customer on customer.id = customer_id
    where waits = 1 and grade in ('A', 'B', 'C') and first_on = :day and since_on = :day
        and owner_id is not null and customer_id not in (select customer_id from overdue)
    order by amount desc, customer_id
    """,
    _Newcomer,
    needs="overdue",
)
_ANYBODY = Question("select 1 from enrolment limit 1", Number)
_JOINING = Question("select grade, from_rank, customers from graded order by grade", _Joining, needs="graded")


def enrol(store: Store, policy: Policy, day: date) -> None:
    """Move everyone in the temporary tables `leaving` and `joining`, which a grading left."""
    remember_days_off(store, policy, day)
    store.run(_MAKE_OVERDUE)
    store.run("delete from overdue")
    store.run(_NOTE_OVERDUE, {"day": day.isoformat()})
    were_due = stop(store, day)
    store.run(_PAST, {"day": day.isoformat()})
    store.run(_END)
    store.run(_MAKE_SLOTS)
    store.run("delete from slot")
    newcomers = store.ask(_JOINING)
    if newcomers:
        _place(store, policy, newcomers, day)
        start_for_visited(store)
        start_for_overdue(store)
        stay_due(store, were_due, day)
    # Newcomers alone are level as they were placed.
    settle_after_change(store, policy, day)


def _place(store: Store, policy: Policy, newcomers: list[_Joining], day: date) -> None:
    """Give everyone in `joining` the day of their first contact."""
    plan = read_plan(store)
    until = day + timedelta(days=_DAYS_LOOKED_AHEAD)
    week = work_days(store, policy, day, until)
    load = load_by_day(store, plan, week, day, until) if store.first(_ANYBODY) else Counter()
    first = week.next(day)
    for joining in newcomers:
        slots = spread(
            joining.customers,
            first,
            grade_interval(plan, joining.grade),
            week,
            policy.daily_capacity,
            load,
        )
        store.run_many(
            "insert into slot (from_rank, to_rank, grade, day) values (?, ?, ?, ?)",
            [
                (
                    joining.from_rank + slot.from_rank,
                    joining.from_rank + slot.to_rank,
                    joining.grade,
                    slot.day.isoformat(),
                )
                for slot in slots
            ],
        )
    store.run(_START, {"day": day.isoformat()})
    store.run(_KEEP_OVERDUE)
    _leave_own_room(store, policy, week, day)


def _leave_own_room(store: Store, policy: Policy, week: WorkWeek, day: date) -> None:
    """Newcomers of today whom their owner has no room for today come on the next day, and are levelled with it.

    Levelling itself leaves today as it is, for what is on a list stays there; newcomers are on none yet.
    """
    newcomers = store.ask(_OF_TODAY, day=day.isoformat())
    if not newcomers:
        return
    room = own_room(store, policy, week, day, day)
    left: dict[int, int] = {}
    later = []
    for one in newcomers:
        server, customers = room(one.owner_id, day)
        left[server] = left.get(server, customers) - 1
        if left[server] < 0:
            later.append((week.next(day + timedelta(days=1)).isoformat(), one.customer_id))
    store.run_many("update enrolment set first_on = ? where customer_id = ?", later)
