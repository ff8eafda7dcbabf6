"""The best grade a customer has within any category: the best buyer of floors is an A for floors."""

from typing import NamedTuple

from retain_cli.classify.scoring import Asked, Scored, Thresholds, bought, empty_tables
from retain_cli.classify.window import after_day
from retain_cli.model.money import Money
from retain_cli.store.question import Question, Text

NAME = "category"
SCORE = "score"
KEEPS = False

_A, _B, _C = 3_000_000, 2_000_000, 1_000_000
"""The grade's rank, before the number of the category in which it was reached."""

_TABLES = {
    "category_number": "number integer primary key, category text not null unique",
    "category_net": "customer_id integer not null, category text not null, amount integer not null, "
    "primary key (customer_id, category)",
    "category_grade": "customer_id integer not null, number integer not null, amount integer not null, "
    "place integer not null, customers integer not null, score integer not null, primary key (customer_id, number)",
}
_NET = """
    insert into category_net (customer_id, category, amount)
    select customer_id, category, sum(amount) from purchase
    where bought_on > :after and bought_on <= :day and currency = :currency
    group by customer_id, category
"""
_NUMBERS = "insert into category_number (category) select distinct category from category_net order by category"
# Within each category as over all: the best share of its customers, rounded up, equal amounts getting equal grades.
_GRADES = f"""
    insert into category_grade (customer_id, number, amount, place, customers, score)
    select customer_id, number, amount, place, customers,
        number + case
            when :only <> '' and category <> :only then {_C}
            when (place - 1) * 100 < :share_a * customers then {_A}
            when (place - 1) * 100 < :share_ab * customers then {_B} else {_C}
        end
    from (
        select customer_id, category, amount, rank() over best as place,
            count(*) over (partition by category) as customers
        from category_net window best as (partition by category order by amount desc)
    ) as ranked join category_number using (category)
"""
_FILL = f"""
    insert into net (customer_id, amount, score)
    select customer_id, sum(amount), max(score / {_C} * {_C}) + min(
        case when score / {_C} = best then number end
    )
    from (select *, max(score / {_C}) over (partition by customer_id) as best from category_grade) as graded
    group by customer_id
"""


class _CategoryGrade(NamedTuple):
    category: str
    amount: int
    place: int
    customers: int
    score: int


_CATEGORY = Question("select category from category_number where number = :number", Text, needs="category_number")
_OF_CUSTOMER = Question(
    """
    select category, amount, place, customers, score
    from category_grade join category_number using (number)
    where customer_id = :customer order by score / 1000000 desc, amount desc
    """,
    _CategoryGrade,
    needs="category_grade",
)


def fill(asked: Asked) -> None:
    """Grade everybody within each category, or within the one of the policy, and keep the best."""
    store, policy = asked.store, asked.policy
    empty_tables(store, _TABLES)
    after = after_day(policy, asked.day).isoformat()
    store.run(_NET, {"after": after, "day": asked.day.isoformat(), "currency": policy.currency})
    store.run(_NUMBERS)
    shares = {"share_a": policy.share_a, "share_ab": policy.share_a + policy.share_b}
    store.run(_GRADES, {"only": policy.grade_category, **shares})
    store.run(_FILL)


def borders(asked: Asked) -> Thresholds:
    """Three millions and more is an A in some category."""
    return Thresholds(bought(asked.store), _A, _B)


def because(asked: Asked, scored: Scored) -> str:
    """The category that made the grade."""
    found = asked.store.first(_CATEGORY, number=(scored.score or 0) % _C)
    category = (found.value if found else "") or "what has no category"
    return f"best in {category}" if (scored.score or 0) >= _B else f"bought {category}, not among the best"


def explain(asked: Asked, customer: int) -> list[tuple[str, str]]:
    """The customer's place in each category."""
    return [
        (
            row.category or "no category",
            f"{'CBA'[row.score // _C - 1]}: {Money(row.amount, asked.policy.currency)}, "
            f"place {row.place:,} of {row.customers:,}",
        )
        for row in asked.store.ask(_OF_CUSTOMER, customer=customer)
    ] or [("Categories", "bought nothing in the window")]
