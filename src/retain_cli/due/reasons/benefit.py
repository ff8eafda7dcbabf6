"""Points or a coupon of theirs are about to expire."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.store.question import Question

NAME = "benefit expiring"
WEIGHT = 0.4


class _Expiring(NamedTuple):
    customer_id: int
    about: str
    due_on: date
    reminded_on: date | None


# Told once is told: a contact within the days before settles it. After its last day there is nothing to tell.
_TOLD = """
    (select max(visited_on) from visit where visit.customer_id = {table}.customer_id and outcome <> 'not-reached')
"""
_POINTS = f"""
    select customer_id, left_over || ' points', expires_on, {_TOLD.format(table="expiring")}
    from (
        select customer_id, expires_on, sum(points + coalesce(
            (select sum(used.points) from points_entry as used where used.grant_id = points_entry.id), 0
        )) as left_over
        from points_entry
        where expires_on is not null and expires_on between :day and :last {{one}}
        group by customer_id, expires_on
    ) as expiring
    where left_over > 0
"""
_COUPONS = f"""
    select customer_id, 'coupon ' || id, expires_on, {_TOLD.format(table="coupon")} from coupon
    where used_on is null and expires_on is not null and expires_on between :day and :last {{one}}
"""
_OF_ONE = "and customer_id = :customer"
_EVERYBODY = (Question(_POINTS.format(one=""), _Expiring), Question(_COUPONS.format(one=""), _Expiring))
_ONE = (Question(_POINTS.format(one=_OF_ONE), _Expiring), Question(_COUPONS.format(one=_OF_ONE), _Expiring))


def reached(asked: Asked) -> Iterator[Occurrence]:
    """Points and coupons whose last day lies within the policy's days, and of which nobody spoke in these."""
    questions, one = (_EVERYBODY, {}) if asked.customer is None else (_ONE, {"customer": asked.customer})
    lead = timedelta(days=asked.policy.benefit_lead_days)
    for question in questions:
        days = {"day": asked.day.isoformat(), "last": (asked.last + lead).isoformat()}
        for row in asked.store.ask(question, **days, **one):
            if row.reminded_on is None or row.reminded_on < row.due_on - lead:
                yield Occurrence(
                    row.customer_id, NAME, "benefit", row.due_on, 0, False, 0, "message", 5, 0.0, about=row.about
                )
