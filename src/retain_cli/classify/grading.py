"""One grading of the whole base: decide in SQL, write only what changed."""

from datetime import date
from typing import NamedTuple

from retain_cli.classify.schemes import amount as amount_scheme
from retain_cli.classify.schemes.amount import Thresholds
from retain_cli.classify.window import fill_bought
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

SCHEME = "amount"


class GradeTotal(NamedTuple):
    """How many customers have a grade, and what they bought in the window, in minor units."""

    grade: str | None
    customers: int
    amount: int


class Change(NamedTuple):
    """A customer whose grade the grading changed."""

    customer_id: int
    external_id: str | None
    name: str
    from_grade: str | None
    to_grade: str | None
    amount: int | None


class Graded(NamedTuple):
    """What a grading found."""

    thresholds: Thresholds
    totals: list[GradeTotal]
    changed: int


_REGRADED = """
    create temp table if not exists regraded (
        customer_id integer primary key, from_grade text, to_grade text, amount integer
    )
"""
# One comparison a customer: what the thresholds say against what the last grading left.
_DECIDE = """
    insert into regraded (customer_id, from_grade, to_grade, amount)
    select customer_id, from_grade, to_grade, amount
    from (
        select customer.id as customer_id, customer.grade as from_grade, bought.amount as amount,
            case when bought.amount is null then null
                 when bought.amount >= :lowest_a then 'A'
                 when bought.amount >= :lowest_b then 'B'
                 else 'C' end as to_grade
        from customer left join bought on bought.customer_id = customer.id
    ) as decided
    where coalesce(from_grade, '') <> coalesce(to_grade, '')
"""
_WRITE_GRADES = """
    update customer set grade = regraded.to_grade, graded_on = :day, graded_amount = regraded.amount
    from regraded where regraded.customer_id = customer.id
"""
_WRITE_AMOUNTS = """
    update customer set graded_amount = bought.amount
    from bought where bought.customer_id = customer.id and customer.graded_amount <> bought.amount
"""
_WRITE_GRADING = """
    insert into grading (graded_on, scheme, window_months, currency, customers, lowest_a, lowest_b)
    values (:day, :scheme, :months, :currency, :customers, :lowest_a, :lowest_b)
"""
_WRITE_HISTORY = """
    insert into grade_change (grading_id, customer_id, from_grade, to_grade, amount)
    select :grading, customer_id, from_grade, to_grade, amount from regraded order by customer_id
"""
_TOTALS = Question(
    """
    select grade, count(*), coalesce(sum(graded_amount), 0) from customer group by grade
    """,
    GradeTotal,
)
_CHANGED = Question("select count(*) from regraded", Number, needs="regraded")
_CHANGES = Question(
    """
    select regraded.customer_id, customer.external_id, customer.name, from_grade, to_grade, amount
    from regraded join customer on customer.id = regraded.customer_id
    order by coalesce(amount, 0) desc, customer.name, customer.id limit :most
    """,
    Change,
    needs="regraded",
)


def grade_everyone(store: Store, policy: Policy, day: date) -> Graded:
    """Grade the base as of `day`; leaves the customers who changed in the temporary table `regraded`."""
    fill_bought(store, policy, day)
    cut = amount_scheme.thresholds(store, policy)
    borders = {"lowest_a": cut.lowest_a, "lowest_b": cut.lowest_b}
    store.run(_REGRADED)
    store.run("delete from regraded")
    store.run(_DECIDE, borders)
    grading = store.run(
        _WRITE_GRADING,
        borders
        | {
            "day": day.isoformat(),
            "scheme": SCHEME,
            "months": policy.window_months,
            "currency": policy.currency,
            "customers": cut.customers,
        },
    ).lastrowid
    store.run(_WRITE_AMOUNTS)
    store.run(_WRITE_GRADES, {"day": day.isoformat()})
    store.run(_WRITE_HISTORY, {"grading": grading})
    changed = store.first(_CHANGED)
    return Graded(cut, store.ask(_TOTALS), (changed.value or 0) if changed else 0)


def changes(store: Store, most: int | None) -> list[Change]:
    """Who the grading just made changed, the largest amounts first; all of them where `most` is None."""
    return store.ask(_CHANGES, most=-1 if most is None else most)
