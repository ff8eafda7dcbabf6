"""Two schemes side by side: who would have another grade. Nothing is changed."""

from datetime import date
from typing import NamedTuple

from retain_cli.classify.grading import named_scheme, score_everyone
from retain_cli.classify.scoring import Scored, empty_tables
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Pair(NamedTuple):
    """How many customers have these two grades."""

    first: str
    second: str
    customers: int


class Differing(NamedTuple):
    """A customer whom the schemes grade differently, and what each says."""

    customer_id: int
    external_id: str | None
    name: str
    first: str
    second: str
    first_because: str
    second_because: str


class Compared(NamedTuple):
    """What came of it; `differing` has the largest amounts first."""

    pairs: list[Pair]
    differing: list[Differing]


class _Row(NamedTuple):
    customer_id: int
    external_id: str | None
    name: str
    first: str
    second: str
    amount: int
    first_score: int | None
    second_score: int | None


_TABLES = {
    "compared": "customer_id integer primary key, first text not null, second text, amount integer not null, "
    "first_score integer, second_score integer",
}
_GRADE = "case when {score} >= :lowest_a then 'A' when {score} >= :lowest_b then 'B' else 'C' end"
_FIRST = """
    insert into compared (customer_id, first, amount, first_score)
    select customer_id, {grade}, amount, score from net
"""
_SECOND = """
    update compared set second = {grade}, second_score = net.score
    from net where net.customer_id = compared.customer_id
"""
_PAIRS = Question(
    "select first, second, count(*) from compared group by first, second order by first, second",
    Pair,
    needs="compared",
)
_DIFFERING = Question(
    """
    select customer_id, external_id, name, first, second, amount, first_score, second_score
    from compared join customer on customer.id = customer_id where first <> second
    order by amount desc, customer_id
    """,
    _Row,
    needs="compared",
)


def compare(store: Store, policy: Policy, day: date, first: str, second: str) -> Compared:
    """Grade everybody by both schemes, without pins and hysteresis, in temporary tables alone."""
    one, other = named_scheme(first), named_scheme(second)
    empty_tables(store, _TABLES)
    asked, cut = score_everyone(store, policy, day, one)
    borders = {"lowest_a": cut.lowest_a, "lowest_b": cut.lowest_b}
    store.run(_FIRST.format(grade=_GRADE.format(score=_column(one.SCORE))), borders)
    other_asked, cut = score_everyone(store, policy, day, other)
    borders = {"lowest_a": cut.lowest_a, "lowest_b": cut.lowest_b}
    store.run(_SECOND.format(grade=_GRADE.format(score=_column(other.SCORE))), borders)
    return Compared(
        store.ask(_PAIRS),
        [
            Differing(
                row.customer_id, row.external_id, row.name, row.first, row.second,
                one.because(asked, Scored(row.amount, row.first_score)),
                other.because(other_asked, Scored(row.amount, row.second_score)),
            )
            for row in store.ask(_DIFFERING)
        ],
    )  # fmt: skip


def _column(score: str) -> str:
    return f"net.{score}"
