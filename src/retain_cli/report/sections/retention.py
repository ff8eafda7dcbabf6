"""Who came back: customers who bought more than once, and those who had bought before."""

from typing import NamedTuple

from retain_cli.document import Figures, Rate
from retain_cli.report.section import Asked, Section
from retain_cli.store.question import Question

TITLE = "Retention"
ORDER = 3


class _Retention(NamedTuple):
    bought: int
    repeated: int
    returned: int


# A day with a purchase is one occasion, however many lines and orders it has; a day of returns alone is none.
_RETENTION = Question(
    """
    select count(*), coalesce(sum(case when days > 1 then 1 else 0 end), 0), coalesce(sum(case when exists (
            select 1 from purchase as earlier
            where earlier.customer_id = in_period.customer_id and earlier.bought_on < :first and earlier.amount >= 0
        ) then 1 else 0 end), 0)
    from (
        select customer_id, count(distinct bought_on) as days from purchase
        where bought_on between :first and :last and amount >= 0 group by customer_id
    ) as in_period
    """,
    _Retention,
)


def section(asked: Asked) -> Section:
    """The repeat-purchase rate and the share of returning customers, over distinct customers."""
    found = asked.store.first(_RETENTION, **asked.days) or _Retention(0, 0, 0)
    data = {
        "customers": found.bought,
        "repeat_purchase": Rate(found.repeated, found.bought),
        "returning": Rate(found.returned, found.bought),
    }
    pairs = [
        ("Customers who bought", found.bought),
        ("of them on more than one day", data["repeat_purchase"]),
        ("of them had bought before", data["returning"]),
    ]
    return Section(data, [Figures(pairs)], [{"measure": name, "value": value} for name, value in data.items()])
