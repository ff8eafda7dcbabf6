"""Who of many customers may be addressed: the one suppression rule, for invitations and campaigns."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from retain_cli.due import suppression
from retain_cli.due.several import ANY_OF, several
from retain_cli.due.standing import BY_LOT
from retain_cli.plan.holdout import left_out as left_out_by_lot
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store

CHANNEL = "refused this channel"


class Addressed(NamedTuple):
    """The customers who may be addressed, in the order they were asked about, and how many may not, by the why."""

    customers: list[int]
    left_out: dict[str, int]
    why: dict[int, str]
    """The same by customer."""


class _Standing(NamedTuple):
    customer_id: int
    left_out: str | None
    contacted_enough: int
    refuses: int


_STANDING = Question(
    f"""
    select customer.id, {suppression.LEFT_OUT}, {suppression.CONTACTED_ENOUGH}, exists (
        select 1 from decision
        where decision.customer_id = customer.id and kind = 'never' and channel = :channel and lifted_on is null)
    from customer left join enrolment on enrolment.customer_id = customer.id
    where customer.id in ({ANY_OF})
    """,
    _Standing,
)


def left_alone(store: Store, policy: Policy, day: date, customer: int) -> str | None:
    """In words why one customer is not to be contacted at all, or None; contacts enough are no such reason."""
    (found,) = several(store, _STANDING, [customer], channel=None, **suppression.parameters(policy, day))
    return found.left_out


def who_may_be_addressed(
    store: Store, policy: Policy, day: date, customers: Iterable[int], channel: str | None = None
) -> Addressed:
    """Those of the customers to whom we may turn by `channel` on `day`; whoever a trial leaves out is left out.

    Without a channel a refusal of one of several ways leaves nobody out.
    """
    wanted = list(dict.fromkeys(customers))
    held, _ = left_out_by_lot(store)
    why: dict[int, str] = {}
    as_of = suppression.parameters(policy, day)
    for row in several(store, _STANDING, wanted, channel=channel, **as_of):
        said = (
            row.left_out
            or (CHANNEL if row.refuses else None)
            or (suppression.ENOUGH if row.contacted_enough else None)
            or (BY_LOT if row.customer_id in held else None)
        )
        if said:
            why[row.customer_id] = said
    left_out: dict[str, int] = {}
    for customer in wanted:
        if customer in why:
            left_out[why[customer]] = left_out.get(why[customer], 0) + 1
    return Addressed([customer for customer in wanted if customer not in why], left_out, why)
