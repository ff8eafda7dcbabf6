"""Somebody leaves: their customers, and what they were to do for anybody, go to others of the team.

What has an owner of its own (promises, tickets, feedback, goals) moves with the customer; needs, benefits
and the plan are the customer's and need no moving. What was done stays theirs: visits, and whatever is closed.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from retain_cli.plan.staff import Person
from retain_cli.store.journal import write_changed
from retain_cli.store.question import Question
from retain_cli.store.store import Store

SHARES = ("value", "area")
"""How customers are shared out among several: as many and as much for each, or whole areas."""


class Given(NamedTuple):
    """One customer on the way to somebody else; `amount` is what they are graded by, in minor units."""

    id: int
    external_id: str | None
    name: str
    grade: str | None
    area: str | None
    amount: int
    needs: int
    benefits: int


class Task(NamedTuple):
    """Something open with an owner; `customer_owner_id` is whoever looks after the customer it is about.

    A goal is about no one customer: its `customer_id` is 0, and the owner whoever's customers it is about.
    """

    table: str
    id: int
    customer_id: int
    customer: str
    words: str
    customer_owner_id: int | None


class HandOver(NamedTuple):
    """Who gets whom and what."""

    leaver: Person
    left_on: date
    customers: list[tuple[Given, Person]]
    tasks: list[tuple[Task, Person]]
    covered: list[tuple[Person, Person | None]]
    """Those for whom the leaver stood in, and who does from now on."""


_CUSTOMERS = Question(
    """
    select customer.id, external_id, name, grade, area, coalesce(amount, 0),
        (select count(*) from need where need.customer_id = customer.id and status = 'open'),
        (select count(*) from coupon where coupon.customer_id = customer.id and used_on is null
            and (expires_on is null or expires_on >= :day))
    from customer left join enrolment on enrolment.customer_id = customer.id
    where owner_id = :owner order by coalesce(amount, 0) desc, search_key, customer.id
    """,
    Given,
)
_TASKS = Question(
    """
    select 'promise' as kind, promise.id, customer.id, customer.name, words, owner_id
    from promise join customer on customer.id = customer_id where owner = :name and status = 'open'
    union all
    select 'ticket', ticket.id, customer.id, customer.name, words, owner_id
    from ticket join customer on customer.id = customer_id where owner = :name and resolved_on is null
    union all
    select 'feedback', feedback.id, customer.id, customer.name, coalesce(action, words), owner_id
    from feedback join customer on customer.id = customer_id where owner = :name and done_on is null
    union all
    select 'goal', goal.id, 0, '', measure || ' by ' || by_on, staff_id
    from goal where owner = :name and dropped_on is null and by_on >= :day
    order by 1, 2
    """,
    Task,
)


def hand_over(
    store: Store, people: Sequence[Person], leaver: Person, to: Sequence[Person], left_on: date, day: date, by: str
) -> HandOver:
    """Who would get whom and what; nothing is changed yet."""
    customers = store.ask(_CUSTOMERS, owner=leaver.id, day=day.isoformat())
    shared = (_by_area if by == "area" else _by_value)(customers, to)
    whose = {given.id: person for given, person in shared}
    by_id = {person.id: person for person in people}
    there = {person.id for person in people if person.retired_on is None or person.retired_on > left_on}
    tasks = []
    for task in store.ask(_TASKS, name=leaver.name, day=day.isoformat()):
        owner = by_id.get(task.customer_owner_id or 0)
        keeps = owner if owner is not None and owner.id in there and owner.id != leaver.id else to[0]
        tasks.append((task, whose.get(task.customer_id, keeps)))
    covered = [
        (person, next((one for one in to if one.id != person.id), None))
        for person in people
        if person.backup_id == leaver.id
    ]
    return HandOver(leaver, left_on, shared, tasks, covered)


def carry_out(store: Store, batch: int, done: HandOver, day: date) -> None:
    """Write it, cell by cell into the journal of the batch."""

    def change(table: str, number: int, column: str, old: object, new: object) -> None:
        write_changed(store, batch, table, number, {column: old}, {column: new})
        store.run(f"update {table} set {column} = ? where id = ?", (new, number))

    for given, person in done.customers:
        change("customer", given.id, "owner_id", done.leaver.id, person.id)
    for task, person in done.tasks:
        change(task.table, task.id, "owner", done.leaver.name, person.name)
        if task.table == "ticket":
            tell_ticket(store, task.id, day, person.name)
    for person, backup in done.covered:
        change("staff", person.id, "backup_id", done.leaver.id, backup.id if backup else None)
    retired = done.leaver.retired_on
    if retired is None or retired > done.left_on:
        was = retired and retired.isoformat()
        change("staff", done.leaver.id, "retired_on", was, done.left_on.isoformat())


def tell_ticket(store: Store, ticket: int, day: date, name: str) -> None:
    """Keep in a ticket's history whose it is from now on."""
    store.run(
        "insert into ticket_event (ticket_id, happened_on, what, words, staff) values (?, ?, 'given', ?, ?)",
        (ticket, day.isoformat(), f"to {name}", name),
    )


def _by_value(customers: Sequence[Given], to: Sequence[Person]) -> list[tuple[Given, Person]]:
    """The best customers first, in rounds of one for each; in each round whoever has the least gets the best.

    Nobody gets more than one customer more than another.
    """
    amounts = {person.id: 0 for person in to}
    shared = []
    for start in range(0, len(customers), len(to)):
        places = {person.id: place for place, person in enumerate(to)}
        turn = sorted(to, key=lambda person: (amounts[person.id], places[person.id]))
        for given, person in zip(customers[start : start + len(to)], turn, strict=False):
            amounts[person.id] += given.amount
            shared.append((given, person))
    return shared


def _by_area(customers: Sequence[Given], to: Sequence[Person]) -> list[tuple[Given, Person]]:
    """Whole areas, the largest first, each to whoever has the fewest customers so far."""
    areas: dict[str, list[Given]] = {}
    for given in customers:
        areas.setdefault((given.area or "").strip(), []).append(given)
    counts = {person.id: 0 for person in to}
    largest_first: Callable[[str], tuple[int, str]] = lambda area: (-len(areas[area]), area)  # noqa: E731
    whose: dict[str, Person] = {}
    for area in sorted(areas, key=largest_first):
        whose[area] = min(to, key=lambda person: counts[person.id])
        counts[whose[area].id] += len(areas[area])
    return [(given, whose[(given.area or "").strip()]) for given in customers]
