"""The list: everyone whose day has come, one line each, the most worth first."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from heapq import nsmallest
from typing import NamedTuple

from retain_cli.due import ranking, reasons
from retain_cli.due.decisions import decided, without_skipped
from retain_cli.due.filters import EVERYBODY, Wanted
from retain_cli.due.moved import as_moved
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.due.ranking import Scores, Term
from retain_cli.due.standing import Allowed, allowed
from retain_cli.plan.days_off import work_days
from retain_cli.plan.lines import read_plan
from retain_cli.plan.staff import Duty, who_serves
from retain_cli.registry import members, sentence
from retain_cli.store.policy import Policy, weights_by_name
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
    duty: Duty | None = None
    """Whose customer it is and who serves them today; None where they are nobody's own."""
    left_out: str | None = None
    """Why they are not to be contacted, in a list of those who are not."""


class DueList(NamedTuple):
    """The list of a day; `total` counts the customers before the limit, `suppressed` those left out."""

    lines: list[DueLine]
    total: int
    suppressed: int
    left_out: dict[str, int]
    """How many of the suppressed for which reason, in words."""
    snoozed: int = 0
    """Customers with something that was put off."""
    unowned: int = 0
    """Customers who are on nobody's list, where somebody's was asked for."""


class _Ranked(NamedTuple):
    rank: tuple[float, int, str, int]
    found: Allowed
    occurrences: list[Occurrence]
    left_out: str | None


_DAYS_LOOKED_AHEAD = 800
_LONGEST_LEAD = 31

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
    wanted: Wanted = EVERYBODY,
    suppressed: bool = False,
) -> DueList:
    """Everyone due on `day`, or within `ahead` days after it; the limit cuts the ranked and filtered list.

    Stands behind the one suppression rule: who may not be contacted is counted, and listed with `suppressed` alone.
    """
    asked = asked_for(store, policy, day, ahead, customer)
    weights = _weights(policy)
    border = store.first(_LOWEST_A)
    lowest_a = border.value if border else None
    scores = Scores(lowest_a, weights, policy)
    duties = who_serves(store, day)
    left_out: dict[str, int] = defaultdict(int)
    snoozed = unowned = total = 0
    ranked: list[_Ranked] = []
    for found in allowed(asked, by_customer(asked)):
        if not wanted.customer(found, duties):
            unowned += wanted.misses(found, duties)
            continue
        here = found.left_out if suppressed else found.occurrences
        if found.left_out and wanted.occurrences(found.left_out):
            left_out[found.why] += 1
        snoozed += found.snoozed
        if not here or not wanted.occurrences(here):
            continue
        total += 1
        rank = (-scores.of(here, found.grade, found.amount), -(found.amount or 0), found.name, found.customer_id)
        ranked.append(_Ranked(rank, found, here, found.why if suppressed else None))
    chosen = sorted(ranked, key=_rank) if limit is None else nsmallest(limit, ranked, key=_rank)
    lines = []
    for one in chosen:
        one.occurrences.sort(key=lambda o: (-weights[o.reason], o.due_on, o.service))
        terms = ranking.terms(one.occurrences, one.found.grade, one.found.amount, lowest_a, weights, policy)
        lines.append(_line(store, one, terms, duties))
    return DueList(lines, total, sum(left_out.values()), dict(left_out), snoozed, unowned)


def what_is_due(store: Store, policy: Policy, day: date, customer: int, *, ahead: int = 0) -> list[Occurrence]:
    """All that is due to one customer, whether or not they may be contacted now; what was skipped is not."""
    asked = asked_for(store, policy, day, ahead, customer)
    found = by_customer(asked).get(customer, [])
    left = without_skipped(found, decided(store, [customer]).get(customer, []), day)
    weights = _weights(policy)
    return sorted(left, key=lambda o: (-weights[o.reason], o.due_on, o.service))


def coming_up(store: Store, policy: Policy, day: date, customer: int) -> list[Occurrence]:
    """The next occurrence of each of a customer's services, due already or within two years, the earliest first."""
    lines = whom_to_contact(store, policy, day, ahead=_DAYS_LOOKED_AHEAD, customer=customer).lines
    found = sorted((o for line in lines for o in line.occurrences), key=lambda o: o.due_on)
    first = {o.service: o for o in reversed(found)}
    return sorted(first.values(), key=lambda o: o.due_on)


def asked_for(store: Store, policy: Policy, day: date, ahead: int, customer: int | None) -> Asked:
    """What the reasons are asked about those days."""
    week = work_days(store, policy, date(day.year - 1, 1, 1), day + timedelta(days=ahead + _LONGEST_LEAD))
    return Asked(store, policy, read_plan(store, customer), day, ahead, customer, week)


def _weights(policy: Policy) -> dict[str, float]:
    """How much each reason weighs: as the shop says, else as its file does."""
    usual = {member.NAME: float(member.WEIGHT) for member in members(reasons)}
    return usual | weights_by_name(policy.reason_weights)


def by_customer(asked: Asked) -> dict[int, list[Occurrence]]:
    """What every reason gives, by customer."""
    found: dict[int, list[Occurrence]] = defaultdict(list)
    for member in members(reasons):
        for occurrence in as_moved(asked, member.reached(asked)):
            found[occurrence.customer_id].append(occurrence)
    return found


def _rank(ranked: _Ranked) -> tuple[float, int, str, int]:
    return ranked.rank


def _line(store: Store, ranked: _Ranked, terms: Iterable[Term], duties: dict[int, Duty]) -> DueLine:
    number = ranked.found.customer_id
    customer = store.first(_CUSTOMER, customer=number)
    assert customer is not None  # noqa: S101
    return DueLine(
        customer,
        ranked.occurrences,
        list(terms),
        -ranked.rank[0],
        store.first(_LAST_WORDS, customer=number),
        store.first(_LAST_PURCHASE, customer=number),
        duties.get(ranked.found.owner_id or 0),
        ranked.left_out,
    )
