"""Why one customer has the grade they have, and what would change it."""

from datetime import date
from typing import NamedTuple

from retain_cli.classify.grading import kept_from, named_scheme, score_everyone
from retain_cli.classify.pins import Pinned, pin_of
from retain_cli.classify.schemes import amount as amount_scheme
from retain_cli.classify.scoring import Asked, Thresholds
from retain_cli.classify.window import after_day, net_amounts
from retain_cli.model.money import Money
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


class GradeChange(NamedTuple):
    """On a day a customer's grade changed; None is "none yet"."""

    changed_on: date
    from_grade: str | None
    to_grade: str | None


class _Stint(NamedTuple):
    grade: str
    since_on: date
    until_on: date | None
    is_current: int
    number: int


class _LastGrading(NamedTuple):
    graded_on: date
    scheme: str
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
    history: list[GradeChange]
    would_change: str
    scheme: str
    comes_from: list[tuple[str, str]]
    """What the scheme looks at, as names and texts."""
    pin: Pinned | None


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
# A shop may grade more than once a day: of one day, in the order they were written.
_STINTS = Question(
    """
    select grade, since_on, until_on, 0 as is_current, id as number
    from past_enrolment where customer_id = :customer
    union all
    select grade, since_on, null, 1, 0 from enrolment where customer_id = :customer
    order by since_on, is_current, number
    """,
    _Stint,
)
_LAST_GRADING = Question(
    "select graded_on, scheme, customers, lowest_a, lowest_b from grading order by id desc limit 1", _LastGrading
)


def history(store: Store, customer: int) -> list[GradeChange]:
    """The changes of a customer's grade, the newest first."""
    changes = []
    before: _Stint | None = None
    for stint in store.ask(_STINTS, customer=customer):
        follows = before is not None and before.until_on == stint.since_on
        if before is not None and before.until_on is not None and not follows:
            changes.append(GradeChange(before.until_on, before.grade, None))
        changes.append(GradeChange(stint.since_on, before.grade if before and follows else None, stint.grade))
        before = stint
    if before is not None and before.until_on is not None:
        changes.append(GradeChange(before.until_on, before.grade, None))
    return changes[::-1]


def explain(store: Store, policy: Policy, customer: int, grade: str | None, day: date) -> Explanation:
    """What decided the grade at the last grading, and what the customer bought up to `day`."""
    window = {
        "customer": customer,
        "after": after_day(policy, day).isoformat(),
        "day": day.isoformat(),
        "currency": policy.currency,
    }
    last = store.first(_LAST_GRADING)
    scheme = named_scheme(policy.grade_scheme)
    by_amount = scheme.NAME == "amount"
    if by_amount:
        asked = Asked(store, policy, day, net_amounts(store, policy, day))
        known = last is not None and last.scheme == "amount"
        cut = (
            Thresholds(last.customers, last.lowest_a, last.lowest_b)
            if last and known
            else Thresholds(0, None, None)
        )
    else:
        # Other schemes are worked out anew, from what was bought up to today.
        asked, cut = score_everyone(store, policy, day, scheme)
    bought = store.first(_BOUGHT, **window) or Bought(None, 0, None)
    pin = pin_of(store, customer)
    holds = pin if pin and pin.holds(day) else None
    return Explanation(
        last.graded_on if last else None,
        grade,
        cut,
        bought,
        store.ask(_CATEGORIES, **window),
        history(store, customer),
        _pinned_until(holds) if holds else _what_would_change(by_amount, cut, bought.amount, grade, policy),
        scheme.NAME,
        scheme.explain(asked, customer),
        holds,
    )


def _pinned_until(pin: Pinned) -> str:
    until = f"the end of the pin on {pin.until_on}" if pin.until_on else "taking the pin away: retain unpin"
    return f"Only {until}."


def _what_would_change(
    in_money: bool, cut: Thresholds, amount: int | None, grade: str | None, policy: Policy
) -> str:
    if not in_money:
        return "Other scores, as above, at the next classify."
    if cut.lowest_a is None or cut.lowest_b is None:
        return "Nobody was graded yet: run retain classify."
    if amount is None:
        return "A purchase brings a grade at the next classify."
    code = policy.currency
    for letter, lowest, less in (("A", cut.lowest_a, "B"), ("B", cut.lowest_b, "C")):
        kept = kept_from(lowest, policy, amount_scheme) or 0
        if grade == letter and kept <= amount < lowest:
            below = Money(lowest - amount, code)
            down_to = Money(kept, code)
            return f"{below} below the border of {letter}, which is kept down to {down_to}; less makes a {less}."
    if amount >= cut.lowest_a:
        return f"{Money(amount - cut.lowest_a, code)} above the border of A; a fall below it makes a B."
    if amount >= cut.lowest_b:
        return f"{Money(cut.lowest_a - amount, code)} more in the window makes an A."
    return f"{Money(cut.lowest_b - amount, code)} more in the window makes a B."
