"""The list: everyone whose day has come, one line each, the most worth first."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from retain_cli.due import ranking, reasons
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.due.ranking import Term
from retain_cli.plan.holdout import left_out
from retain_cli.plan.lines import read_plan
from retain_cli.registry import members, sentence
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class DueCustomer(NamedTuple):
    """A customer on the list, as far as contacting them goes."""

    id: int
    external_id: str | None
    name: str
    phone: str | None
    email: str | None
    address: str | None
    area: str | None
    grade: str | None
    amount: int | None
    birth_month: int | None
    birth_day: int | None
    birth_year: int | None


class LastWords(NamedTuple):
    """The last contact that left words."""

    visited_on: date
    note: str


class LastPurchase(NamedTuple):
    """What the customer bought last."""

    bought_on: date
    product: str


class DueLine(NamedTuple):
    """One customer to contact, with every reason for it; the first reason weighs most."""

    customer: DueCustomer
    occurrences: list[Occurrence]
    terms: list[Term]
    score: float
    last_words: LastWords | None
    last_purchase: LastPurchase | None


class DueList(NamedTuple):
    """The list of a day; `total` counts the customers before the limit, `suppressed` those left out."""

    lines: list[DueLine]
    total: int
    suppressed: int


class _Ranked(NamedTuple):
    score: float
    amount: int
    name: str
    customer_id: int
    terms: list[Term]
    occurrences: list[Occurrence]


class _Worth(NamedTuple):
    grade: str | None
    amount: int | None
    name: str


_DAYS_LOOKED_AHEAD = 800

_WORTH = Question(
    "select grade, amount, search_key from customer left join enrolment on customer_id = id where id = :customer",
    _Worth,
)
_LOWEST_A = Question("select lowest_a from grading order by id desc limit 1", Number)
_CUSTOMER = Question(
    """
    select id, external_id, name, phone, email, address, area, grade, amount, birth_month, birth_day, birth_year
    from customer left join enrolment on customer_id = id where id = :customer
    """,
    DueCustomer,
)
_LAST_WORDS = Question(
    """
    select visited_on, note from visit where customer_id = :customer and note is not null
    order by visited_on desc, id desc limit 1
    """,
    LastWords,
)
_LAST_PURCHASE = Question(
    """
    select bought_on, product from purchase where customer_id = :customer and product <> '' and amount > 0
    order by bought_on desc, amount desc limit 1
    """,
    LastPurchase,
)


@cache
def reason_sentences() -> dict[str, str]:
    """What each reason means, in the words of its file."""
    return {member.NAME: sentence(member) for member in members(reasons)}


def whom_to_contact(
    store: Store,
    policy: Policy,
    day: date,
    *,
    ahead: int = 0,
    limit: int | None = None,
    customer: int | None = None,
) -> DueList:
    """Everyone due on `day`, or within `ahead` days after it; the limit cuts the ranked list.

    Stands behind one suppression rule: who asked not to be contacted is counted, never listed.
    """
    asked = Asked(store, policy, read_plan(store), day, ahead, customer)
    family = members(reasons)
    weights = {member.NAME: float(member.WEIGHT) for member in family}
    by_customer: dict[int, list[Occurrence]] = defaultdict(list)
    suppressed = set()
    held, routine = left_out(store)
    for member in family:
        for occurrence in member.reached(asked):
            if occurrence.customer_id in held and occurrence.reason in routine:
                continue
            if occurrence.suppressed:
                suppressed.add(occurrence.customer_id)
            else:
                by_customer[occurrence.customer_id].append(occurrence)
    ranked = sorted(
        _rank(store, policy, by_customer, weights),
        key=lambda one: (-one.score, -one.amount, one.name, one.customer_id),
    )
    return DueList([_line(store, one) for one in ranked[:limit]], len(ranked), len(suppressed))


def coming_up(store: Store, policy: Policy, day: date, customer: int) -> list[Occurrence]:
    """The next occurrence of each of a customer's services, due already or within two years, the earliest first."""
    lines = whom_to_contact(store, policy, day, ahead=_DAYS_LOOKED_AHEAD, customer=customer).lines
    found = sorted((o for line in lines for o in line.occurrences), key=lambda o: o.due_on)
    first = {o.service: o for o in reversed(found)}
    return sorted(first.values(), key=lambda o: o.due_on)


def _rank(
    store: Store, policy: Policy, by_customer: dict[int, list[Occurrence]], weights: dict[str, float]
) -> Iterable[_Ranked]:
    border = store.first(_LOWEST_A)
    lowest_a = border.value if border else None
    for customer_id, occurrences in by_customer.items():
        occurrences.sort(key=lambda o: (-weights[o.reason], o.due_on))
        worth = store.first(_WORTH, customer=customer_id)
        assert worth is not None  # noqa: S101
        terms = ranking.terms(occurrences, worth.grade, worth.amount, lowest_a, weights, policy)
        yield _Ranked(ranking.score(terms), worth.amount or 0, worth.name, customer_id, terms, occurrences)


def _line(store: Store, ranked: _Ranked) -> DueLine:
    customer = store.first(_CUSTOMER, customer=ranked.customer_id)
    assert customer is not None  # noqa: S101
    return DueLine(
        customer,
        ranked.occurrences,
        ranked.terms,
        ranked.score,
        store.first(_LAST_WORDS, customer=ranked.customer_id),
        store.first(_LAST_PURCHASE, customer=ranked.customer_id),
    )
