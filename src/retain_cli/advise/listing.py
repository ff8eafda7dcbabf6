"""The tips for one customer, or the customers for one product, the best first."""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import NamedTuple

from retain_cli.advise import tips
from retain_cli.advise.asked import AskedCustomer, AskedProduct, Leads, Tip
from retain_cli.advise.market import Market
from retain_cli.advise.owned import DISPLEASED, owned_and_unwelcome
from retain_cli.due.addressing import left_alone, who_may_be_addressed
from retain_cli.registry import members
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question, Text
from retain_cli.store.store import Store

MOST_OWNED = 8
"""Of so many products, those bought last, it is asked what goes with them."""

MOST_OWNERS = 1_000
"""Of so many owners of what leads to a product, those who bought it last, it is asked whom to tell."""


class Told(NamedTuple):
    """A customer as far as telling them something goes."""

    id: int
    external_id: str | None
    name: str
    phone: str | None
    area: str | None
    grade: str | None


class Advice(NamedTuple):
    """A tip, its kind, and whom it is for; `score` is the kind's weight times the tip's strength."""

    kind: str
    tip: Tip
    score: float
    customer: Told


class Advised(NamedTuple):
    """The advice, the best first; `total` counts it before the limit, `left_out` who is left alone, by the why."""

    advice: list[Advice]
    total: int
    left_out: Mapping[str, int]


class _Owner(NamedTuple):
    customer_id: int
    last_on: date


class _Complaint(NamedTuple):
    customer_id: int
    note: str


_TOLD = Question(
    """
    select id, external_id, name, phone, area, grade
    from customer left join enrolment on customer_id = id where id = :customer
    """,
    Told,
)
_OWNERS = Question(
    """
    select customer_id, max(bought_on) from purchase
    where product = :product and amount > 0 and bought_on <= :day
    group by customer_id order by 2 desc, 1
    """,
    _Owner,
)
_HAD = Question("select distinct customer_id from purchase where product = :product and bought_on <= :day", Number)
_KNOWN = Question(
    "select count(*) from (select 1 from purchase where product = :product limit 1) as any_of_it", Number
)
_ALIKE = Question(
    r"""
    select distinct product from purchase
    where product <> '' and (lower(product) = lower(:words) or lower(product) like lower(:pattern) escape '\')
    order by product limit 11
    """,
    Text,
)
_RETURNED = Question(
    "select distinct customer_id from purchase where product = :product and amount < 0 and bought_on <= :day",
    Number,
)
_COMPLAINTS = Question(
    f"""
    select customer_id, note from visit
    where note is not null and visited_on <= :day and (satisfaction <= {DISPLEASED} or outcome = 'incident')
    union all
    select customer_id, words from ticket where kind = 'complaint' and opened_on <= :day
    union all
    select customer_id, words from feedback where kind = 'complaint' and said_on <= :day
    """,
    _Complaint,
)


def advice_for_customer(
    store: Store, policy: Policy, day: date, customer: int, *, limit: int | None = None
) -> Advised:
    """What to offer one customer; of one product only the best tip. Whoever is not to be contacted gets none."""
    told = _told(store, customer)
    if why := left_alone(store, policy, day, customer):
        return Advised([], 0, {why: 1})
    owned, unwelcome = owned_and_unwelcome(store, customer, day)
    asked = AskedCustomer(store, policy, day, Market(store, day), customer, owned, unwelcome, owned[:MOST_OWNED])
    found = (
        Advice(member.NAME, tip, round(member.WEIGHT * tip.strength, 3), told)
        for member in members(tips)
        for tip in member.for_customer(asked)
    )
    best = _best(found)
    return Advised(best[:limit], len(best), {})


def advice_for_product(
    store: Store, policy: Policy, day: date, product: str, *, limit: int | None = None
) -> Advised:
    """Whom to tell about a product, each customer once; those whom we may not turn to are counted."""
    asked = AskedProduct(store, policy, day, Market(store, day), product)
    best: dict[int, tuple[float, str, Tip]] = {}
    had: set[int | None] = {row.value for row in store.ask(_HAD, product=product, day=day.isoformat())}
    for member in members(tips):
        for found in member.for_product(asked):
            for tip in _to_owners(asked, found, had) if isinstance(found, Leads) else (found,):
                score = round(member.WEIGHT * tip.strength, 3)
                if tip.customer_id not in best or best[tip.customer_id][0] < score:
                    best[tip.customer_id] = (score, member.NAME, tip)
    for customer in _had_enough(asked):
        best.pop(customer, None)
    addressed = who_may_be_addressed(store, policy, day, best)
    for customer in addressed.why:
        del best[customer]
    ranked = sorted(best.values(), key=lambda one: (-one[0], one[2].customer_id))
    advice = [Advice(kind, tip, score, _told(store, tip.customer_id)) for score, kind, tip in ranked[:limit]]
    return Advised(advice, len(ranked), addressed.left_out)


def named_product(store: Store, words: str) -> list[str]:
    """The products that are meant: the one of just that name, else all whose name has the words in it."""
    known = store.first(_KNOWN, product=words)
    if known and known.value:
        return [words]
    part = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = [text.value or "" for text in store.ask(_ALIKE, words=words, pattern=f"%{part}%")]
    same = [name for name in found if name.casefold() == words.casefold()]
    return same if len(same) == 1 else found


def _best(found: Iterable[Advice]) -> list[Advice]:
    """Of each product the best advice, the best first."""
    best: dict[str, Advice] = {}
    for advice in sorted(found, key=lambda one: (-one.score, one.kind, one.tip.product)):
        best.setdefault(advice.tip.product, advice)
    return list(best.values())


def _to_owners(asked: AskedProduct, leads: Leads, had: Container[int | None]) -> Iterator[Tip]:
    """MOST_OWNERS of those who have what leads to the product and never had it itself, the last to buy first."""
    owners = asked.store.stream(_OWNERS, product=leads.product, day=asked.day.isoformat())
    for owner in islice((owner for owner in owners if owner.customer_id not in had), MOST_OWNERS):
        yield Tip(
            owner.customer_id, asked.product, f"Has {leads.product} of {owner.last_on}. {leads.because}",
            min(leads.confidence, 1.0), None, leads.support, leads.confidence, leads.lift,
        )  # fmt: skip


def _had_enough(asked: AskedProduct) -> set[int]:
    """Who returned the product or complained of it."""
    day = asked.day.isoformat()
    returned = {row.value or 0 for row in asked.store.ask(_RETURNED, product=asked.product, day=day)}
    name = asked.product.casefold()
    return returned | {c.customer_id for c in asked.store.ask(_COMPLAINTS, day=day) if name in c.note.casefold()}


def _told(store: Store, customer: int) -> Told:
    told = store.first(_TOLD, customer=customer)
    assert told is not None  # noqa: S101
    return told
