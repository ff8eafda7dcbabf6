"""Putting customers onto the plan lines of their grade, and taking them off."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from retain_cli.dates.recurrence import latest_anchor
from retain_cli.plan.first_days import spread
from retain_cli.plan.lines import Line, read_plan
from retain_cli.record.clock import LAST_RENDERED
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class _DayLoad(NamedTuple):
    first_on: date
    customers: int


_STOP = """
    update clock set until_on = :day
    where until_on is null and customer_id in (select customer_id from regraded)
"""
_MAKE_NEWCOMERS = """
    create temp table if not exists newcomer (rank integer primary key, customer_id integer not null, last_on text)
"""
_FIND_NEWCOMERS = f"""
    insert into newcomer (rank, customer_id, last_on)
    select row_number() over (order by amount desc, customer_id) - 1, customer_id,
        case when :visits then ({LAST_RENDERED}) end
    from (select customer_id, amount, cast(:service as integer) as service_id from regraded where to_grade = :grade)
        as clock
"""
# The first day only ever delays: who was visited so lately that the plan calls later needs none.
_START = """
    insert into clock (customer_id, service_id, plan_line_id, since_on, first_on, last_on)
    select customer_id, :service, :line, :day,
        case when last_on is null or last_on < :anchor_of_slot then :slot end, last_on
    from newcomer where rank between :from_rank and :to_rank
"""
_LOAD = Question(
    """
    select first_on, count(*) from clock
    where until_on is null and first_on >= :day and (last_on is null or last_on < since_on) group by first_on
    """,
    _DayLoad,
)
_HAS_VISITS = Question("select count(*) from (select 1 from visit limit 1) as any_visit", Number)
_NEWCOMERS = Question("select count(*) from newcomer", Number, needs="newcomer")


def follow_grades(store: Store, policy: Policy, day: date) -> None:
    """Start the clocks of everyone in the temporary table `regraded` under the plan of their new grade."""
    store.run(_STOP, {"day": day.isoformat()})
    store.run(_MAKE_NEWCOMERS)
    load = Counter({row.first_on: row.customers for row in store.ask(_LOAD, day=day.isoformat())})
    for line in read_plan(store):
        if line.anchor == "last-done":
            _start_line(store, policy, line, day, load)


def _start_line(store: Store, policy: Policy, line: Line, day: date, load: Counter[date]) -> None:
    store.run("delete from newcomer")
    store.run(
        _FIND_NEWCOMERS,
        {"service": line.service_id, "grade": line.grade, "visits": _count(store, _HAS_VISITS)},
    )
    customers = _count(store, _NEWCOMERS)
    first = policy.work_week.next(day)
    for slot in spread(customers, first, line.interval, policy.work_week, policy.daily_capacity, load):
        store.run(
            _START,
            {
                "service": line.service_id,
                "line": line.id,
                "day": day.isoformat(),
                "slot": slot.day.isoformat(),
                "anchor_of_slot": latest_anchor(line.interval, slot.day).isoformat(),
                "from_rank": slot.from_rank,
                "to_rank": slot.to_rank,
            },
        )


def _count(store: Store, question: Question[Number]) -> int:
    answer = store.first(question)
    return (answer.value or 0) if answer else 0
