"""Why one customer has the grade they have, and what would change it."""

from datetime import date
from typing import NamedTuple

from retain_cli.classify.schemes.amount import Thresholds
from retain_cli.classify.window import after_day
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Bought(NamedTuple):
    """What a customer bought in the window; amounts in minor units."""

    amount: int | None
    orders: int
    last_on: date | None


class CategoryAmount(NamedTuple):
    """What a customer bought of one category in the window."""

    category: str
    amount: int


class PastGrade(NamedTuple):
    """One change in a customer's history."""

    graded_on: date
    from_grade: str | None
    to_grade: str | None
    amount: int | None
    lowest_a: int | None
    lowest_b: int | None
    currency: str


class _LastGrading(NamedTuple):
    graded_on: date
    customers: int
    lowest_a: int | None
    lowest_b: int | None


class Explanation(NamedTuple):
    """Everything that decided a grade."""

    graded_on: date | None
    grade: str | None
    thresholds: Thresholds
    bought: Bought
    categories: list[CategoryAmount]
    history: list[PastGrade]
    would_change: str


_BOUGHT = Question(
    """
    select sum(amount), count(distinct case when amount >= 0 then bought_on end), max(bought_on)
    from purchase
    where customer_id = :customer and bought_on > :after and bought_on <= :day and currency = :currency
    """,
    Bought,
)
_CATEGORIES = Question(
    """
    select category, sum(amount) from purchase
    where customer_id = :customer and bought_on > :after and bought_on <= :day and currency = :currency
        and category <> ''
    group by category order by sum(amount) desc, category
    """,
    CategoryAmount,
)
_HISTORY = Question(
    """
    select graded_on, from_grade, to_grade, amount, lowest_a, lowest_b, currency
    from grade_change join grading on grading.id = grade_change.grading_id
    where customer_id = :customer order by grade_change.id desc
    """,
    PastGrade,
)
_LAST_GRADING = Question(
    "select graded_on, customers, lowest_a, lowest_b from grading order by id desc limit 1", _LastGrading
)


def history(store: Store, customer: int) -> list[PastGrade]:
    """The grades a customer was given, the newest first."""
    return store.ask(_HISTORY, customer=customer)


def explain(store: Store, policy: Policy, customer: int, grade: str | None, day: date) -> Explanation:
    """What decided the grade at the last grading, and what the customer bought up to `day`."""
    window = {
        "customer": customer,
        "after": after_day(policy, day).isoformat(),
        "day": day.isoformat(),
        "currency": policy.currency,
    }
    last = store.first(_LAST_GRADING)
    cut = Thresholds(last.customers, last.lowest_a, last.lowest_b) if last else Thresholds(0, None, None)
    bought = store.first(_BOUGHT, **window) or Bought(None, 0, None)
    return Explanation(
        last.graded_on if last else None,
        grade,
        cut,
        bought,
        store.ask(_CATEGORIES, **window),
        history(store, customer),
        _what_would_change(cut, bought.amount, policy.currency),
    )


def _what_would_change(cut: Thresholds, amount: int | None, currency: str) -> str:
    from retain_cli.model.money import Money

    if cut.lowest_a is None or cut.lowest_b is None:
        return "Nobody was graded yet: run retain classify."
    if amount is None:
        return "A purchase brings a grade at the next classify."
    if amount >= cut.lowest_a:
        spare = Money(amount - cut.lowest_a, currency)
        return f"{spare} above the border of A; a fall below it makes a B."
    border, better = (cut.lowest_a, "A") if amount >= cut.lowest_b else (cut.lowest_b, "B")
    return f"{Money(border - amount, currency)} more in the window makes an {better}.".replace("an B", "a B")
