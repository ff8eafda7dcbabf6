"""Until when somebody was contacted often enough: the contact cap as a day, for what looks ahead."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from retain_cli.due import suppression
from retain_cli.due.several import ANY_OF, several
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class _Touch(NamedTuple):
    customer_id: int
    most: int
    visited_on: date


_TOUCHES = Question(
    f"""
    select customer.id, {suppression.MOST_TOUCHES}, visited_on
    from customer left join enrolment on enrolment.customer_id = customer.id
        join visit on visit.customer_id = customer.id
    where customer.id in ({ANY_OF}) and {suppression.IS_TOUCH}
    order by customer.id, visited_on
    """,
    _Touch,
)


def contacted_enough_until(store: Store, policy: Policy, day: date, customers: Iterable[int]) -> dict[int, date]:
    """For those who were contacted often enough on `day`: the first day on which they may be contacted again."""
    touches = several(store, _TOUCHES, customers, **suppression.parameters(policy, day))
    found: dict[int, date] = {}
    for customer, group in groupby(touches, key=lambda touch: touch.customer_id):
        theirs = list(group)
        most = theirs[0].most
        if 1 <= most <= len(theirs):
            # Fewer than the most are left once this one is too long ago to count.
            found[customer] = theirs[-most].visited_on + timedelta(days=policy.touch_days)
    return found
