"""Recency, frequency and amount, each scored from 1 to 5; the named segments of them make the grades."""

from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.classify.scoring import Asked, Scored, Thresholds, bought, empty_tables, number
from retain_cli.classify.segments import Segment, read_segments, segment_of
from retain_cli.classify.window import after_day
from retain_cli.errors import BadConfiguration
from retain_cli.model.money import Money, minor_units
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

NAME = "rfm"
SCORE = "score"
KEEPS = False

_RANKS = {"A": 3, "B": 2, "C": 1}
_FIFTHS = (1, 2, 3, 4)


class Measured(NamedTuple):
    """When a customer bought last, on how many orders and for how much; and what that scores."""

    customer_id: int
    external_id: str | None
    name: str
    last_on: date
    orders: int
    amount: int
    score: int

    @property
    def digits(self) -> tuple[int, int, int]:
        """The scores of recency, frequency and amount."""
        return digits(self.score)


class _Borders(NamedTuple):
    """Four values each. A score of frequency or amount is one more than how many of them are exceeded.

    That of recency is one more than how many of its days, the latest first, are not after the last purchase.
    """

    days: list[str]
    orders: list[int]
    amounts: list[int]


class _Day(NamedTuple):
    text: str


class _Value(NamedTuple):
    value: int


_TABLES = {
    "rfm": "customer_id integer primary key, amount integer not null, last_day text not null, "
    "orders integer not null",
    "rfm_rank": "score integer primary key, grade_rank integer not null",
}
# An order is a number on a day, whatever its lines; a day of returns alone is none.
_MEASURE = """
    insert into rfm (customer_id, amount, last_day, orders)
    select customer_id, sum(amount), coalesce(max(case when amount >= 0 then bought_on end), min(bought_on)),
        count(distinct case when amount >= 0 then bought_on || ' ' || order_number end)
    from purchase where bought_on > :after and bought_on <= :day and currency = :currency group by customer_id
"""


def _points(test: str, letter: str) -> str:
    return " + ".join(f"case when {test} :{letter}{place} then 1 else 0 end" for place in _FIFTHS)


_SCORE = f"""
    insert into net (customer_id, amount, score)
    select customer_id, amount, 1000 * grade_rank + scored.score
    from (
        select customer_id, amount, 100 * (1 + {_points("last_day >=", "r")})
            + 10 * (1 + {_points("orders >", "f")}) + 1 + {_points("amount >", "m")} as score
        from rfm
    ) as scored cross join rfm_rank on rfm_rank.score = scored.score
"""
_MEASURED_COUNT = Question("select count(*) from rfm", Number, needs="rfm")
_LAST_AT = Question("select last_day from rfm order by last_day desc limit 1 offset :place", _Day, needs="rfm")
_ORDERS_AT = Question("select orders from rfm order by orders limit 1 offset :place", _Value, needs="rfm")
_AMOUNT_AT = Question("select amount from rfm order by amount limit 1 offset :place", _Value, needs="rfm")
_MEASURED = """
    select rfm.customer_id, external_id, name, last_day as last_on, orders, rfm.amount, score
    from rfm join net on net.customer_id = rfm.customer_id join customer on customer.id = rfm.customer_id
"""
_EVERYBODY = Question(
    f"{_MEASURED} order by score % 1000 desc, rfm.amount desc, customer.id", Measured, needs="rfm"
)
_ONE = Question(f"{_MEASURED} where rfm.customer_id = :customer", Measured, needs="rfm")


def fill(asked: Asked) -> None:
    """Score everybody, and put the rank of their segment's grade before the three digits."""
    store, policy = asked.store, asked.policy
    empty_tables(store, _TABLES)
    after = after_day(policy, asked.day).isoformat()
    store.run(_MEASURE, {"after": after, "day": asked.day.isoformat(), "currency": policy.currency})
    segments = read_segments(policy)
    scores = [100 * r + 10 * f + m for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)]
    store.run_many(
        "insert into rfm_rank (score, grade_rank) values (?, ?)",
        [(score, _RANKS[segment_of(segments, digits(score)).grade]) for score in scores],
    )
    cut = _borders(asked)
    parameters: dict[str, object] = {}
    for letter, values in (("r", cut.days), ("f", cut.orders), ("m", cut.amounts)):
        parameters |= {f"{letter}{place}": value for place, value in zip(_FIFTHS, values, strict=True)}
    store.run(_SCORE, parameters)


def borders(asked: Asked) -> Thresholds:
    """The segments have decided already: 3 thousand and more is an A."""
    return Thresholds(bought(asked.store), 1000 * _RANKS["A"], 1000 * _RANKS["B"])


def because(asked: Asked, scored: Scored) -> str:
    """The segment and the three digits."""
    segment = segment_of(read_segments(asked.policy), digits(scored.score or 111))
    return f"{segment.name}, RFM {(scored.score or 0) % 1000}"


def explain(asked: Asked, customer: int) -> list[tuple[str, str]]:
    """The three measures with their scores and borders, and the segment they make."""
    one = asked.store.first(_ONE, customer=customer)
    if one is None:
        return [("Segment", "bought nothing in the window")]
    cut, (recency, frequency, amount) = _borders(asked), one.digits
    code = asked.policy.currency
    segment = segment_of(read_segments(asked.policy), one.digits)
    amounts = ", ".join(str(Money(value, code)) for value in cut.amounts)
    orders = ", ".join(map(str, cut.orders))
    return [
        ("Segment", f"{segment.name}: {segment.said()}; that is {segment.grade}"),
        (
            "R",
            f"{recency} of 5: last bought on {one.last_on}; a point for each of {', '.join(cut.days)} not after it",
        ),
        (
            "F",
            f"{frequency} of 5: {one.orders} orders; a point for each of {orders} exceeded",
        ),
        ("M", f"{amount} of 5: {Money(one.amount, code)}; a point for each of {amounts} exceeded"),
    ]


def everybody(store: Store) -> list[Measured]:
    """All who were scored last, the highest score first."""
    return store.ask(_EVERYBODY)


def segment(asked: Asked, one: Measured) -> Segment:
    """The segment that a customer's scores make."""
    return segment_of(read_segments(asked.policy), one.digits)


def digits(score: int) -> tuple[int, int, int]:
    """The scores of recency, frequency and amount."""
    return score // 100 % 10, score // 10 % 10, score % 10


def _borders(asked: Asked) -> _Borders:
    """The fixed borders of the policy, or else the customers at the ends of the fifths."""
    store, policy = asked.store, asked.policy
    # The customer at each end belongs to the lower fifth: with 995 the first fifth is the first 200.
    places = [-(-(max(number(store, _MEASURED_COUNT) - 1, 0) * place) // 5) for place in _FIFTHS]

    def at(question: Question[_Value]) -> list[int]:
        found = [store.first(question, place=place) for place in places]
        return [row.value if row else 0 for row in found]

    last = [store.first(_LAST_AT, place=place) for place in places]
    days = _fixed(policy.rfm_recency, "rfm_recency")
    return _Borders(
        [(asked.day - timedelta(days=int(d))).isoformat() for d in days]
        if days
        else [row.text if row else asked.day.isoformat() for row in last],
        [int(count) for count in _fixed(policy.rfm_orders, "rfm_orders")] or at(_ORDERS_AT),
        [minor_units(plain, policy.currency) for plain in _fixed(policy.rfm_amount, "rfm_amount")]
        or at(_AMOUNT_AT),
    )


def _fixed(written: str, name: str) -> list[str]:
    values = [value.strip() for value in written.split(",") if value.strip()]
    if values and len(values) != len(_FIFTHS):
        raise BadConfiguration(
            f"{name} has {len(values)} borders", "Five scores need four, ascending: 30,90,180,365."
        )
    return values
