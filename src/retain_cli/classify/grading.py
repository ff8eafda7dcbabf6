"""One grading of the whole base: who leaves a grade and who joins one, decided in SQL."""

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from retain_cli.classify.schemes import amount as amount_scheme
from retain_cli.classify.schemes.amount import Thresholds
from retain_cli.classify.window import NetAmounts, net_amounts
from retain_cli.model.grade import GRADES
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


# `net` has everyone who bought. `leaving` has those whose grade ends, with what they bought if anything, `joining`
# those whose grade begins, best first, and `graded` which of its ranks have which grade: grades are cut by amount,
# so each is one range.
_TABLES = {
    "net": "customer_id integer primary key, amount integer not null",
    "leaving": "customer_id integer primary key, from_grade text not null, net integer",
    "joining": "rank integer primary key, customer_id integer not null, amount integer not null",
    "graded": "grade text primary key, from_rank integer not null, customers integer not null",
}
_GRADE = "case when net.amount >= :lowest_a then 'A' when net.amount >= :lowest_b then 'B' else 'C' end"
_LEAVE = f"""
    insert into leaving (customer_id, from_grade, net)
    select enrolment.customer_id, enrolment.grade, net.amount
    from enrolment left join net on net.customer_id = enrolment.customer_id
    where net.customer_id is null or enrolment.grade <> {_GRADE}
"""
_NEW_AMOUNTS = """
    update enrolment set amount = net.amount
    from net where net.customer_id = enrolment.customer_id and net.amount <> enrolment.amount
"""
# A minus keeps the index out, which would look everybody up in the order of amounts to sort a few.
_JOIN = """
    insert into joining (customer_id, amount)
    select net.customer_id, net.amount
    from net left join enrolment on enrolment.customer_id = net.customer_id
        left join leaving on leaving.customer_id = net.customer_id
    where enrolment.customer_id is null or leaving.customer_id is not null
    order by -net.amount, net.customer_id
"""
_GRADE_JOINING = "insert into graded (grade, from_rank, customers) values (:grade, :from_rank, :customers)"
_WRITE_GRADING = """
    insert into grading (graded_on, scheme, window_months, currency, customers, lowest_a, lowest_b)
    values (:day, :scheme, :months, :currency, :customers, :lowest_a, :lowest_b)
"""
_ENROLLED = Question("select count(*) from (select 1 from enrolment limit 1) as anybody", Number)
_BOUGHT = Question("select count(*) from net", Number, needs="net")
_JOINING = Question("select count(*) from joining", Number, needs="joining")
_AMOUNT_AT = Question("select amount from net order by amount desc limit 1 offset :place - 1", Number, needs="net")
_AMOUNT_AT_RANK = Question("select amount from joining where rank = :place", Number, needs="joining")
_LEFT = Question("select count(*) from leaving", Number, needs="leaving")
# Whoever leaves a grade and still bought joins another.
_CHANGED = Question(
    "select (select count(*) from joining) + (select count(*) from leaving where net is null)",
    Number,
    needs="joining",
)
_TO_GRADE = "(select grade from graded where rank >= from_rank and rank < from_rank + customers)"
_CHANGES = Question(
    f"""
    select changed.customer_id, customer.external_id, customer.name, from_grade, to_grade, amount
    from (
        select joining.customer_id, from_grade, {_TO_GRADE} as to_grade, joining.amount
        from joining left join leaving on leaving.customer_id = joining.customer_id
        union all
        select customer_id, from_grade, null, null from leaving where net is null
    ) as changed
        join customer on customer.id = changed.customer_id
    order by coalesce(amount, 0) desc, customer.id limit :most
    """,
    Change,
    needs="joining",
)
_FIRST_CHANGES = Question(
    f"""
    select customer_id, customer.external_id, customer.name, null, {_TO_GRADE}, amount
    from joining join customer on customer.id = customer_id order by rank limit :most
    """,
    Change,
    needs="joining",
)


class _Totals(NamedTuple):
    customers_a: int
    amount_a: int
    customers_b: int
    amount_b: int
    customers_c: int
    amount_c: int
    everybody: int


# One look at everyone takes half as long as putting them in order of their grades.
_TOTALS = Question(
    "select "
    + ", ".join(
        f"count(*) filter (where grade = '{grade}'), coalesce(sum(amount) filter (where grade = '{grade}'), 0)"
        for grade in GRADES
    )
    + ", (select count(*) from customer) from enrolment",
    _Totals,
)


def grade_everyone(store: Store, policy: Policy, day: date) -> Graded:
    """Grade the base as of `day` by net amount; nobody is moved yet, which is the plan's to do."""
    for name, columns in _TABLES.items():
        store.run(f"create temp table if not exists {name} ({columns})")
        store.run(f"delete from {name}")
    bought = net_amounts(store, policy, day)
    cut = (_regrade if _number(store, _ENROLLED) else _grade_newcomers)(store, policy, bought)
    _grade_joining(store, cut)
    store.run(
        _WRITE_GRADING,
        {
            "day": day.isoformat(),
            "scheme": amount_scheme.NAME,
            "months": policy.window_months,
            "currency": policy.currency,
            "customers": cut.customers,
            "lowest_a": cut.lowest_a,
            "lowest_b": cut.lowest_b,
        },
    )
    return Graded(cut, _number(store, _CHANGED))


def _grade_joining(store: Store, cut: Thresholds) -> None:
    """Note which ranks of those who join have which grade; better amounts come first, so that each is one range."""
    joining = range(1, _number(store, _JOINING) + 1)
    behind = 0
    for grade, lowest in (("A", cut.lowest_a), ("B", cut.lowest_b), ("C", None)):
        last = (
            len(joining)
            if lowest is None
            else bisect_right(joining, -lowest, key=lambda rank: -_number(store, _AMOUNT_AT_RANK, place=rank))
        )
        if last > behind:
            store.run(_GRADE_JOINING, {"grade": grade, "from_rank": behind + 1, "customers": last - behind})
            behind = last


def _grade_newcomers(store: Store, policy: Policy, bought: NetAmounts) -> Thresholds:
    """The first grading: everyone who bought joins."""
    store.run(
        f"insert into joining (customer_id, amount) {bought.sql} order by net desc, customer_id", bought.parameters
    )
    return amount_scheme.thresholds(
        policy, _number(store, _JOINING), lambda place: _number(store, _AMOUNT_AT_RANK, place=place)
    )


def _regrade(store: Store, policy: Policy, bought: NetAmounts) -> Thresholds:
    """Who leaves the grade they have, and who joins another or their first."""
    store.run("drop index if exists net_by_amount")
    store.run(f"insert into net (customer_id, amount) {bought.sql}", bought.parameters)
    # Both borders are found in it, which otherwise takes putting everybody in order twice.
    store.run("create index net_by_amount on net (amount)")
    cut = amount_scheme.thresholds(
        policy, _number(store, _BOUGHT), lambda place: _number(store, _AMOUNT_AT, place=place)
    )
    store.run(_LEAVE, {"lowest_a": cut.lowest_a, "lowest_b": cut.lowest_b})
    store.run(_NEW_AMOUNTS)
    store.run(_JOIN)
    return cut


def changes(store: Store, most: int | None) -> list[Change]:
    """Whom the grading just made changed, the largest amounts first; all of them where `most` is None."""
    question = _CHANGES if _number(store, _LEFT) else _FIRST_CHANGES
    return store.ask(question, most=-1 if most is None else most)


def totals(store: Store) -> list[GradeTotal]:
    """Customers and amounts per grade as they are now; those without a grade last."""
    found = store.first(_TOTALS)
    *by_grade, everybody = found or _Totals(0, 0, 0, 0, 0, 0, 0)
    totals = [GradeTotal(*total) for total in zip(GRADES, by_grade[::2], by_grade[1::2], strict=True)]
    return [*totals, GradeTotal(None, everybody - sum(total.customers for total in totals), 0)]


def _number(store: Store, question: Question[Number], **parameters: int) -> int:
    answer = store.first(question, **parameters)
    return (answer.value or 0) if answer else 0
