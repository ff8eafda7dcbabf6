"""How much of the net amount the best customers bring: the curve behind A, B and C."""

from typing import NamedTuple

from retain_cli.document import Chart, Mark, Series
from retain_cli.model.money import Money
from retain_cli.report.scope import About
from retain_cli.report.section import Asked


class _Point(NamedTuple):
    place: int
    amount: int
    customers: int


# At most a hundred points, each the last customer of its hundredth; those who gave back more than they bought
# are left out, since a share of a sum with losses in it is none.
_CURVE = About(
    """
    select place, so_far, customers from (
        select row_number() over (order by net desc, customer_id) as place,
            sum(net) over (order by net desc, customer_id rows unbounded preceding) as so_far,
            count(*) over () as customers
        from (
            select customer_id, sum(amount) as net from purchase
            where bought_on between :first and :last and currency = :currency and {among customer_id}
            group by customer_id having sum(amount) > 0
        ) as bought
    ) as ranked
    where place * 100 / customers > (place - 1) * 100 / customers
    order by place
    """,
    _Point,
)


def curve(asked: Asked) -> Chart | None:
    """Customers from the best one down against the net amount they bring together; None where nobody bought."""
    policy = asked.policy
    found = list(asked.ask(_CURVE, currency=policy.currency))
    if not found:
        return None
    customers = found[-1].customers
    a, b = policy.share_a / 100, (policy.share_a + policy.share_b) / 100
    return Chart(
        "curve",
        "The best customers and what they bring",
        f"The {customers:,} customers who bought for more than they gave back, from the best one down, and the "
        f"share of the net amount they bring together; A are the best {policy.share_a}%, B the next "
        f"{policy.share_b}%.",
        [f"{point.place:,} of {customers:,} customers" for point in found],
        [Series("net amount together", [Money(point.amount, policy.currency) for point in found])],
        at=[point.place / customers for point in found],
        marks=[Mark(a, "A"), Mark(b, "B"), Mark(1.0, "C")],
    )
