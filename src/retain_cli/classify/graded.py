"""What a grading changed, read from its temporary tables `joining` and `leaving`, and what each grade is now."""

from typing import NamedTuple

from retain_cli.classify.scoring import number
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class Change(NamedTuple):
    """A customer whose grade the grading changed; no grade is "none yet"."""

    customer_id: int
    external_id: str | None
    name: str
    from_grade: str | None
    to_grade: str | None
    amount: int | None
    score: int | None
    pinned_because: str | None


class GradeTotal(NamedTuple):
    """How many customers have a grade, and what they bought in the window, in minor units."""

    grade: str | None
    customers: int
    amount: int


class _Totals(NamedTuple):
    customers_a: int
    amount_a: int
    customers_b: int
    amount_b: int
    customers: int
    amount: int
    everybody: int


_LEFT = Question("select count(*) from leaving", Number, needs="leaving")
_TO_GRADE = "(select grade from graded where rank >= from_rank and rank < from_rank + customers)"
_CHANGES = Question(
    f"""
    select changed.customer_id, customer.external_id, customer.name, from_grade, to_grade, amount, score, reason
    from (
        select joining.customer_id, from_grade, {_TO_GRADE} as to_grade, joining.amount, joining.score
        from joining left join leaving on leaving.customer_id = joining.customer_id
        union all
        select customer_id, from_grade, null, null, null from leaving where net is null
    ) as changed
        join customer on customer.id = changed.customer_id
        left join pinned on pinned.customer_id = changed.customer_id
    order by coalesce(amount, 0) desc, customer.id limit :most
    """,
    Change,
    needs="joining",
)
_FIRST_CHANGES = Question(
    f"""
    select customer_id, customer.external_id, customer.name, null, {_TO_GRADE}, amount, score, null
    from joining join customer on customer.id = customer_id order by rank limit :most
    """,
    Change,
    needs="joining",
)
# One look at everyone takes a third of putting them in order of their grades; who is no A and no B is a C.
_TOTALS = Question(
    "select "
    + ", ".join(
        f"count(*) filter (where grade = '{grade}'), coalesce(sum(amount) filter (where grade = '{grade}'), 0)"
        for grade in ("A", "B")
    )
    + ", count(*), coalesce(sum(amount), 0), (select count(*) from customer) from enrolment",
    _Totals,
)


def changes(store: Store, most: int | None) -> list[Change]:
    """Whom the grading just made changed, the largest amounts first; all of them where `most` is None."""
    question = _CHANGES if number(store, _LEFT) else _FIRST_CHANGES
    return store.ask(question, most=-1 if most is None else most)


def totals(store: Store) -> list[GradeTotal]:
    """Customers and amounts per grade as they are now; those without a grade last."""
    found = store.first(_TOTALS) or _Totals(0, 0, 0, 0, 0, 0, 0)
    customers_c = found.customers - found.customers_a - found.customers_b
    return [
        GradeTotal("A", found.customers_a, found.amount_a),
        GradeTotal("B", found.customers_b, found.amount_b),
        GradeTotal("C", customers_c, found.amount - found.amount_a - found.amount_b),
        GradeTotal(None, found.everybody - found.customers, 0),
    ]
