"""Putting customers on the plan of their grade: their first day, and when their other services begin.

Nobody is put on a day by hand. Customers whom nobody visited yet need one row each: the day of their first contact,
spread by `first_days`, from which every service's first day follows. Whoever was visited has clocks instead.
"""

from collections import Counter
from datetime import date
from typing import NamedTuple

from retain_cli.plan import clocks
from retain_cli.plan.first_days import spread
from retain_cli.plan.lines import grade_interval, read_plan
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store

PHASES = 12


class _DayLoad(NamedTuple):
    first_on: date
    customers: int


class _Joining(NamedTuple):
    grade: str
    from_rank: int
    customers: int


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
# A row for each grade too: that is the order of the index, and leaves nothing to sort.
_LOAD = Question(
    "select first_on, count(*) from enrolment where waits = 1 and first_on >= :day group by grade, first_on",
    _DayLoad,
)
_JOINING = Question("select grade, from_rank, customers from graded order by grade", _Joining, needs="graded")


def enrol(store: Store, policy: Policy, day: date) -> None:
    """Move everyone in the temporary tables `leaving` and `joining`, which a grading left."""
    clocks.stop(store, day)
    store.run(_PAST, {"day": day.isoformat()})
    store.run(_END)
    store.run(_MAKE_SLOTS)
    store.run("delete from slot")
    newcomers = store.ask(_JOINING)
    if not newcomers:
        return
    load: Counter[date] = Counter()
    for row in store.ask(_LOAD, day=day.isoformat()):
        load[row.first_on] += row.customers
    plan = read_plan(store)
    first = policy.work_week.next(day)
    for joining in newcomers:
        slots = spread(
            joining.customers,
            first,
            grade_interval(plan, joining.grade),
            policy.work_week,
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
    clocks.start_for_visited(store)
