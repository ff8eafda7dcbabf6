"""Grades given by hand: which hold on a day, and giving and taking one."""

from datetime import date
from typing import NamedTuple

from retain_cli.classify.scoring import empty_tables
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class Pinned(NamedTuple):
    """A pin that was not taken away; past `until_on` it holds no more."""

    customer_id: int
    external_id: str | None
    name: str
    grade: str
    reason: str
    pinned_on: date
    until_on: date | None

    def holds(self, day: date) -> bool:
        """Whether it counts on the day."""
        return self.until_on is None or day <= self.until_on


_PINNED = {"pinned": "customer_id integer primary key, grade text not null, reason text not null"}
_FILL = """
    insert into pinned (customer_id, grade, reason)
    select customer_id, grade, reason from pin
    where ended_on is null and (until_on is null or until_on >= :day)
"""
_SOME = Question("select count(*) from pinned", Number, needs="pinned")
_PINS = """
    select customer_id, external_id, name, grade, reason, pinned_on, until_on
    from pin join customer on customer.id = customer_id where ended_on is null
"""
_ALL = Question(f"{_PINS} order by pin.id", Pinned)
_ONE = Question(f"{_PINS} and customer_id = :customer", Pinned)
_END = "update pin set ended_on = :day where customer_id = :customer and ended_on is null"
_MOVE = (
    """
    insert into leaving (customer_id, from_grade, net)
    select customer_id, grade, amount from enrolment where customer_id = :customer and grade <> :grade
    """,
    """
    insert into joining (rank, customer_id, amount)
    select 1, customer.id, coalesce(enrolment.amount, 0)
    from customer left join enrolment on customer_id = customer.id
    where customer.id = :customer and (enrolment.grade is null or enrolment.grade <> :grade)
    """,
    "insert into graded (grade, from_rank, customers) select :grade, rank, 1 from joining",
)
_MOVED = {
    "leaving": "customer_id integer primary key, from_grade text not null, net integer",
    "joining": "rank integer primary key, customer_id integer not null, amount integer not null, score integer",
    "graded": "grade text not null, from_rank integer primary key, customers integer not null",
}


def fill_pinned(store: Store, day: date) -> bool:
    """Put the pins that hold on `day` into the temporary table `pinned`; whether there are any."""
    empty_tables(store, _PINNED)
    store.run(_FILL, {"day": day.isoformat()})
    found = store.first(_SOME)
    return bool(found and found.value)


def pins(store: Store) -> list[Pinned]:
    """Every pin that was not taken away, the oldest first."""
    return store.ask(_ALL)


def pin_of(store: Store, customer: int) -> Pinned | None:
    """The pin of a customer, if any."""
    return store.first(_ONE, customer=customer)


def pin(store: Store, customer: int, grade: str, reason: str, day: date, until_on: date | None) -> None:
    """Give a customer a grade by hand, in place of a pin they have; `plan.enrolment.enrol` moves them."""
    from retain_cli.model.pin import Pin

    unpin(store, customer, day)
    store.save(Pin(customer_id=customer, grade=grade, reason=reason, pinned_on=day, until_on=until_on))
    empty_tables(store, _MOVED)
    for statement in _MOVE:
        store.run(statement, {"customer": customer, "grade": grade})


def unpin(store: Store, customer: int, day: date) -> None:
    """Take a pin away; the next `classify` grades the customer as everybody."""
    store.run(_END, {"customer": customer, "day": day.isoformat()})
