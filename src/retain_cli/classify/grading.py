"""One grading of the whole base: who leaves a grade and who joins one, decided in SQL."""

from datetime import date
from typing import NamedTuple

from retain_cli.classify.schemes import amount as amount_scheme
from retain_cli.classify.schemes.amount import Thresholds
from retain_cli.classify.window import rank_customers
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class Graded(NamedTuple):
    """What a grading decided; the customers are in the temporary tables `leaving` and `joining`."""

    thresholds: Thresholds
    changed: int


class Change(NamedTuple):
    """A customer whose grade the grading changed; no grade is "none yet"."""

    customer_id: int
    external_id: str | None
    name: str
    from_grade: str | None
    to_grade: str | None
    amount: int | None


class GradeTotal(NamedTuple):
    """How many customers have a grade, and what they bought in the window, in minor units."""

    grade: str | None
    customers: int
    amount: int


_MAKE_LEAVING = """
    create temp table if not exists leaving (customer_id integer primary key, from_grade text not null, net integer)
"""
_MAKE_JOINING = """
    create temp table if not exists joining (
        rank integer primary key, customer_id integer not null, grade text not null, amount integer not null
    )
"""
_GRADE = "case when ranked.amount >= :lowest_a then 'A' when ranked.amount >= :lowest_b then 'B' else 'C' end"
_MAKE_NET = "create temp table if not exists net (customer_id integer primary key, amount integer not null)"
_FILL_NET = "insert into net (customer_id, amount) select customer_id, amount from ranked order by customer_id"
_LEAVE = f"""
    insert into leaving (customer_id, from_grade, net)
    select enrolment.customer_id, enrolment.grade, ranked.amount
    from enrolment left join net as ranked on ranked.customer_id = enrolment.customer_id
    where ranked.customer_id is null or enrolment.grade <> {_GRADE}
"""
_NEW_AMOUNTS = """
    update enrolment set amount = net.amount
    from net where net.customer_id = enrolment.customer_id and net.amount <> enrolment.amount
"""
# In the order of `ranked`, so that each grade's customers stand together, best first.
_JOIN = f"""
    insert into joining (customer_id, grade, amount)
    select ranked.customer_id, {_GRADE}, ranked.amount
    from ranked left join enrolment on enrolment.customer_id = ranked.customer_id
        left join leaving on leaving.customer_id = ranked.customer_id
    where enrolment.customer_id is null or leaving.customer_id is not null
    order by place
"""
_WRITE_GRADING = """
    insert into grading (graded_on, scheme, window_months, currency, customers, lowest_a, lowest_b)
    values (:day, :scheme, :months, :currency, :customers, :lowest_a, :lowest_b)
"""
_ENROLLED = Question("select count(*) from (select 1 from enrolment limit 1) as anybody", Number)
_LEFT = Question("select count(*) from leaving", Number, needs="leaving")
_CHANGED = Question(
    """
    select (select count(*) from joining)
        + (select count(*) from leaving where customer_id not in (select customer_id from joining))
    """,
    Number,
    needs="joining",
)
_CHANGES = Question(
    """
    select changed.customer_id, customer.external_id, customer.name, from_grade, to_grade, amount
    from (
        select joining.customer_id, from_grade, joining.grade as to_grade, joining.amount
        from joining left join leaving on leaving.customer_id = joining.customer_id
        union all
        select customer_id, from_grade, null, null from leaving
        where customer_id not in (select customer_id from joining)
    ) as changed
        join customer on customer.id = changed.customer_id
    order by coalesce(amount, 0) desc, customer.id limit :most
    """,
    Change,
    needs="joining",
)
_FIRST_CHANGES = Question(
    """
    select customer_id, customer.external_id, customer.name, null, grade, amount
    from joining join customer on customer.id = customer_id order by rank limit :most
    """,
    Change,
    needs="joining",
)
_TOTALS = Question(
    """
    select grade, count(*), sum(amount) from enrolment group by grade
    union all
    select null, (select count(*) from customer) - (select count(*) from enrolment), 0
    """,
    GradeTotal,
)


def grade_everyone(store: Store, policy: Policy, day: date) -> Graded:
    """Grade the base as of `day` by net amount; nobody is moved yet, which is the plan's to do."""
    rank_customers(store, policy, day)
    cut = amount_scheme.thresholds(store, policy)
    borders = {"lowest_a": cut.lowest_a, "lowest_b": cut.lowest_b}
    for statement in (_MAKE_LEAVING, _MAKE_JOINING, _MAKE_NET, "delete from leaving", "delete from joining"):
        store.run(statement)
    if _number(store, _ENROLLED):
        store.run("delete from net")
        store.run(_FILL_NET)
        store.run(_LEAVE, borders)
        store.run(_NEW_AMOUNTS)
    store.run(_JOIN, borders)
    store.run(
        _WRITE_GRADING,
        {
            **borders,
            "day": day.isoformat(),
            "scheme": amount_scheme.NAME,
            "months": policy.window_months,
            "currency": policy.currency,
            "customers": cut.customers,
        },
    )
    return Graded(cut, _number(store, _CHANGED))


def changes(store: Store, most: int | None) -> list[Change]:
    """Whom the grading just made changed, the largest amounts first; all of them where `most` is None."""
    question = _CHANGES if _number(store, _LEFT) else _FIRST_CHANGES
    return store.ask(question, most=-1 if most is None else most)


def totals(store: Store) -> list[GradeTotal]:
    """Customers and amounts per grade as they are now; those without a grade last."""
    return store.ask(_TOTALS)


def _number(store: Store, question: Question[Number]) -> int:
    answer = store.first(question)
    return (answer.value or 0) if answer else 0
