"""Clocks: from what the next day of each service is counted, for everyone who was visited.

Kept true to the visits by whoever saves one: `follow_visits` for one customer, `follow_batch` for an import,
`follow_touched` where visits may also have been taken away. What a change of grade does to them is in
`change_of_grade`.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from retain_cli.plan.lines import Line, first_day, lines_of, own_services, read_plan
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class Waiting(NamedTuple):
    """A customer and their place on the plan: the day of their first contact, from which every service begins."""

    customer_id: int
    grade: str
    since_on: date
    first_on: date
    phase: int


class _Rendered(NamedTuple):
    last_on: date | None


class _Running(NamedTuple):
    plan_line_id: int
    service_id: int
    since_on: date


# A service that any contact settles counts every visit that reached the customer; another only its own.
_LAST_RENDERED = """
    select max(visit.visited_on) from visit
    where visit.customer_id = {customer} and visit.outcome <> 'not-reached'
        and (
            exists (select 1 from service where service.id = {service} and service.settled_by = 'any visit')
            or exists (
                select 1 from visit_service
                where visit_service.visit_id = visit.id and visit_service.service_id = {service}
            )
        )
"""
# The next contact that reached the customer: on a later day, or logged later on the same one.
_NEXT_CONTACT = """
    select min(later.visited_on) from visit as later
    where later.customer_id = visit.customer_id and later.outcome <> 'not-reached'
        and (later.visited_on > visit.visited_on or (later.visited_on = visit.visited_on and later.id > visit.id))
"""
WHO_WAITS = """
    select customer_id, grade, since_on, first_on, phase from enrolment
    where waits = 1 and (
        exists (select 1 from visit where visit.customer_id = enrolment.customer_id and outcome <> 'not-reached')
        or exists (
            select 1 from plan_line where plan_line.customer_id = enrolment.customer_id and removed_on is null
        )
    )
"""
_VISITED_ONE = Question(WHO_WAITS + " and customer_id = :customer", Waiting)
_VISITED_BATCH = Question(
    WHO_WAITS + " and customer_id in (select customer_id from visit where batch_id = :batch)", Waiting
)
_VISITED_TOUCHED = Question(
    WHO_WAITS + " and customer_id in (select customer_id from touched)", Waiting, needs="touched"
)
_LAST = Question(_LAST_RENDERED.format(customer=":customer", service=":service"), _Rendered)
_SET = f"""
    update clock set last_on = ({_LAST_RENDERED.format(customer="clock.customer_id", service="clock.service_id")})
    where until_on is null and customer_id
"""
_FOLLOW = f"update visit set followed_on = ({_NEXT_CONTACT}) where next_on is not null and customer_id"
_OF_BATCH = " in (select customer_id from visit where batch_id = :batch)"
_OF_TOUCHED = " in (select customer_id from touched)"
# Whoever was started by visits that are no more waits again, as if nobody had been there.
_UNVISITED = """
    select customer_id from enrolment
    where waits = 0 and customer_id in (select customer_id from touched) and not exists (
        select 1 from visit where visit.customer_id = enrolment.customer_id and outcome <> 'not-reached'
    ) and not exists (
        select 1 from plan_line where plan_line.customer_id = enrolment.customer_id and removed_on is null
    )
"""
_STOP_UNVISITED = f"""
    delete from clock where until_on is null and customer_id in ({_UNVISITED})
        and plan_line_id in (select id from plan_line where anchor = 'last-done')
"""
_WAIT_AGAIN = f"update enrolment set waits = 1 where customer_id in ({_UNVISITED})"
_STARTED = "update enrolment set waits = 0 where customer_id = ?"
_INSERT = """
    insert into clock (customer_id, service_id, plan_line_id, since_on, until_on, first_on, last_on)
    values (?, ?, ?, ?, ?, ?, ?)
"""
_OUT_OF_STEP = Question(
    f"""
    select customer_id from clock where until_on is null
        and last_on is not ({_LAST_RENDERED.format(customer="clock.customer_id", service="clock.service_id")})
    union select customer_id from visit where next_on is not null and followed_on is not ({_NEXT_CONTACT})
    """,
    Number,
)
_RUNNING = Question(
    "select plan_line_id, service_id, since_on from clock where customer_id = :customer and until_on is null",
    _Running,
)
_PLACE = Question(
    "select customer_id, grade, since_on, first_on, phase from enrolment where customer_id = :customer", Waiting
)
_TAKE_OVER = """
    update clock set plan_line_id = :line where customer_id = :customer and plan_line_id = :old and until_on is null
"""
_END_ONE = """
    update clock set until_on = :day where customer_id = :customer and plan_line_id = :line and until_on is null
"""
_ANYBODY_VISITED = Question(
    "select 1 from visit where customer_id = :customer and outcome <> 'not-reached' limit 1", Number
)


def follow_visits(store: Store, customer: int) -> None:
    """Set everything that is counted from one customer's visits by the visits there are now."""
    start(store, store.ask(_VISITED_ONE, customer=customer))
    store.run(_SET + " = :customer", {"customer": customer})
    store.run(_FOLLOW + " = :customer", {"customer": customer})


def follow_batch(store: Store, batch: int) -> None:
    """The same for every customer that an import brought visits of."""
    start(store, store.ask(_VISITED_BATCH, batch=batch))
    store.run(_SET + _OF_BATCH, {"batch": batch})
    store.run(_FOLLOW + _OF_BATCH, {"batch": batch})


def follow_touched(store: Store) -> None:
    """The same for everyone in the temporary table `touched`, whose visits may also have become fewer."""
    store.run(_STOP_UNVISITED)
    store.run(_WAIT_AGAIN)
    start(store, store.ask(_VISITED_TOUCHED))
    store.run(_SET + _OF_TOUCHED)
    store.run(_FOLLOW + _OF_TOUCHED)


def follow_these(store: Store, customers: Iterable[int]) -> None:
    """The same for a few customers, whose visits may also have become fewer."""
    store.run("create temp table if not exists touched (customer_id integer primary key)")
    store.run("delete from touched")
    store.run_many("insert or ignore into touched values (?)", [(customer,) for customer in customers])
    follow_touched(store)


def out_of_step(store: Store) -> list[int]:
    """Whom something is counted for from other visits than there are; nobody, unless something went wrong."""
    return [row.value for row in store.ask(_OUT_OF_STEP) if row.value is not None]


def start(store: Store, visited: Iterable[Waiting]) -> None:
    """Clocks for customers who no longer wait."""
    plan, own = read_plan(store), own_services(store)
    for customer in visited:
        running = {one.plan_line_id for one in store.ask(_RUNNING, customer=customer.customer_id)} if own else set()
        for line in lines_of(plan, own, customer.customer_id, customer.grade):
            if line.anchor != "last-done" or line.id in running:
                continue
            begins = first_day(plan, line, customer.first_on, customer.phase)
            row = store.first(_LAST, customer=customer.customer_id, service=line.service_id)
            add_clock(store, customer, line, begins, row.last_on if row else None)
        store.run(_STARTED, (customer.customer_id,))


def add_clock(
    store: Store, customer: Waiting, line: Line, first: date, last: date | None, until: date | None = None
) -> None:
    """A customer's clock for a line: its first day, the last time it was rendered, and since when it is over."""
    days = (customer.since_on, until, first, last)
    store.run(_INSERT, (customer.customer_id, line.service_id, line.id, *(day and day.isoformat() for day in days)))


def renew(store: Store, customer: int, day: date, first_work_day: date) -> None:
    """Set one customer's clocks by the lines they are on now, after their own plan was changed on `day`.

    A line that takes the place of another of the same service goes on counting where that one was.
    """
    place = store.first(_PLACE, customer=customer)
    plan, own = read_plan(store, customer), own_services(store, customer)
    has_clocks = customer in own or store.first(_ANYBODY_VISITED, customer=customer) is not None
    if place is not None and has_clocks:
        follow_visits(store, customer)
    wanted = [
        line
        for line in lines_of(plan, own, customer, place.grade if place else None)
        if line.anchor == "last-done" and (has_clocks and (place is not None or line.customer_id is not None))
    ]
    running = {one.plan_line_id: one for one in store.ask(_RUNNING, customer=customer)}
    purchased = {line.id for line in plan if line.anchor == "purchase"}
    missing = [line for line in wanted if line.id not in running]
    over = [one for one in running.values() if one.plan_line_id not in {line.id for line in wanted} | purchased]
    for line in missing:
        before = next((one for one in over if one.service_id == line.service_id), None)
        if before is not None:
            store.run(_TAKE_OVER, {"line": line.id, "customer": customer, "old": before.plan_line_id})
            over.remove(before)
            continue
        row = store.first(_LAST, customer=customer, service=line.service_id)
        joined = Waiting(customer, "", day, first_work_day, 0)
        add_clock(store, joined, line, first_work_day, row.last_on if row else None)
    for one in over:
        store.run(_END_ONE, {"day": day.isoformat(), "customer": customer, "line": one.plan_line_id})
    if place is not None and not has_clocks:
        store.run("update enrolment set waits = 1 where customer_id = ?", (customer,))
