"""Customers as they are listed: who they are, what they bought, when they were seen."""

import re
from datetime import date
from typing import NamedTuple

from retain_cli.model.grade import NONE_YET
from retain_cli.model.name import search_key
from retain_cli.record.find import like_pattern
from retain_cli.store.policy import Policy
from retain_cli.store.question import Filter, Question
from retain_cli.store.store import Store


class Listed(NamedTuple):
    """One customer; `amount` is everything they bought, in minor units of the shop's currency."""

    id: int
    external_id: str | None
    name: str
    phone: str | None
    email: str | None
    area: str | None
    grade: str | None
    amount: int
    orders: int
    first_on: date | None
    last_on: date | None
    last_visit_on: date | None


# An order day is a day with something bought; a day of returns alone is none.
_LISTED = r"""
    select customer.id, external_id, name, phone, email, area, grade, coalesce(sum(purchase.amount), 0),
        count(distinct case when purchase.amount >= 0 then bought_on end), min(bought_on), max(bought_on),
        (select max(visited_on) from visit where visit.customer_id = customer.id)
    from customer left join enrolment on enrolment.customer_id = customer.id
        left join purchase on purchase.customer_id = customer.id and purchase.currency = :currency
    where {where}
    group by customer.id
    order by {order} coalesce(sum(purchase.amount), 0) desc, search_key, customer.id limit :most
"""
_PREDICTED = "coalesce((select {column} from prediction where prediction.customer_id = customer.id), -1) desc,"
# Fifths of everyone listed by last day, number of days and amount, 5 the best; equals have equal fifths.
_FIFTHS = " + ".join(
    f"(rank() over (order by {measure}) - 1) * 5 / count(*) over ()"
    for measure in (
        "max(case when purchase.amount >= 0 then bought_on end)",
        "count(distinct case when purchase.amount >= 0 then bought_on end)",
        "coalesce(sum(purchase.amount), 0)",
    )
)
_ORDERS = {
    "amount": "",
    "expected": _PREDICTED.format(column="expected_orders"),
    "expected-amount": _PREDICTED.format(column="expected_amount"),
    "recency": "coalesce(max(case when purchase.amount >= 0 then bought_on end), '') desc,",
    "rfm": f"{_FIFTHS} desc,",
}
SORTS = tuple(_ORDERS)
"""What customers can be listed by, the best first."""
# SQLite folds the case of ASCII alone; other words are found as they were written.
_FILTERS = r"""
    (:grade is null or coalesce(grade, 'none') = :grade)
    and (:area is null or lower(area) = :area_key or area = :area)
    and (:pattern is null or search_key like :pattern escape '\'
        or lower(coalesce(external_id, '')) like :pattern escape '\'
        or coalesce(phone, '') like :pattern escape '\'
        or coalesce(phone, '') like :digits or coalesce(email, '') like :pattern escape '\'
        or lower(coalesce(address, '')) like :pattern escape '\'
        or coalesce(address, '') like :as_written escape '\')
"""
_PARTED = re.compile(r"[0-9 +()./-]+")
_FEWEST_DIGITS = 3
_FILTERED = {sort: Question(_LISTED.format(where=_FILTERS, order=order), Listed) for sort, order in _ORDERS.items()}
_ONE = Question(_LISTED.format(where="customer.id = :id", order=""), Listed)


def customers(
    store: Store,
    policy: Policy,
    *,
    grade: str | None = None,
    area: str | None = None,
    search: str | None = None,
    limit: int | None = None,
    sort: str = "amount",
    only: Filter | None = None,
) -> list[Listed]:
    """The customers that fit every filter, the best by `sort` first; `grade` may be `none`."""
    assert grade in (None, "A", "B", "C", NONE_YET)  # noqa: S101
    question = _FILTERED[sort]
    if only:
        where = f"{_FILTERS} and customer.id in ({only.sql})"
        question = Question(_LISTED.format(where=where, order=_ORDERS[sort]), Listed)
    return store.ask(
        question,
        **(only.parameters if only else {}),
        currency=policy.currency,
        grade=grade,
        area=area.strip() if area else None,
        area_key=search_key(area) if area else None,
        pattern=like_pattern(search_key(search)) if search else None,
        as_written=like_pattern(search.strip()) if search else None,
        digits=_digits(search) if search else None,
        most=-1 if limit is None else limit,
    )


def _digits(words: str) -> str | None:
    """A part of a phone to look for, however it is parted and whatever stands for abroad; None for other words."""
    digits = "".join(filter(str.isdecimal, words)).lstrip("0")
    return f"%{digits}%" if len(digits) >= _FEWEST_DIGITS and _PARTED.fullmatch(words) else None


def customer(store: Store, policy: Policy, number: int) -> Listed:
    """One customer by id."""
    found = store.first(_ONE, currency=policy.currency, id=number, most=1)
    assert found is not None  # noqa: S101
    return found
