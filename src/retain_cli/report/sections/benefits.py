"""What customers were given: points, coupons and gifts that were granted, used and expired."""

from datetime import timedelta
from typing import Any, NamedTuple

from retain_cli.document import Block, Column, Note, Rate, Table
from retain_cli.model.money import Money
from retain_cli.report.scope import About
from retain_cli.report.section import Asked, Measure, Section

TITLE = "Benefits"
ORDER = 9
MEASURES = {
    "points-granted": Measure("Points granted", "The sum of all points granted in the period."),
    "points-used": Measure("Points used", "The sum of all points used in the period, whenever granted.", "more"),
    "points-expired": Measure(
        "Points expired", "Points not used by their last day, where the day after it lies in the period.", "less"
    ),
    "coupon-rate": Measure("Coupons used", "Of the coupons granted in the period, those used by now.", "more"),
}
MEANINGS = {
    "Coupons expired": "Coupons not used by their last day, where the day after it lies in the period.",
    "Gifts": "Thought of (granted), given (used); a gift does not expire.",
}


class _Sums(NamedTuple):
    granted: int
    used: int
    expired: int


class _Coupons(NamedTuple):
    granted: int
    used_of_granted: int
    used: int
    expired: int


class _Saved(NamedTuple):
    currency: str
    amount: int


_POINTS = About(
    """
    select coalesce(sum(case when points > 0 and happened_on between :first and :last then points else 0 end), 0),
        coalesce(sum(case when points < 0 and happened_on between :first and :last then -points else 0 end), 0),
        coalesce(sum(case when points > 0 and expires_on between :expired_from and :expired_until then points + (
            select coalesce(sum(taken.points), 0) from points_entry as taken where taken.grant_id = entry.id
        ) else 0 end), 0)
    from points_entry as entry where {among entry.customer_id}
    """,
    _Sums,
)
_COUPONS = About(
    """
    select count(case when granted_on between :first and :last then 1 end),
        count(case when granted_on between :first and :last then used_on end),
        count(case when used_on between :first and :last then 1 end),
        count(case when used_on is null and expires_on between :expired_from and :expired_until then 1 end)
    from coupon where {among customer_id}
    """,
    _Coupons,
)
_SAVED = About(
    """
    select currency, sum(saved) from coupon
    where used_on between :first and :last and saved is not null and {among customer_id}
    group by currency order by currency
    """,
    _Saved,
)
_GIFTS = About(
    """
    select count(case when thought_of_on between :first and :last then 1 end),
        count(case when given_on between :first and :last then 1 end),
        count(case when given_on is null then 1 end)
    from gift where {among customer_id}
    """,
    _Sums,
)


def section(asked: Asked) -> Section:
    """Granted, used and expired, of each kind of benefit."""
    day = timedelta(days=1)
    # What can be used until a day expires with the next.
    last_days = {
        "expired_from": (asked.first - day).isoformat(),
        "expired_until": (min(asked.last, asked.today) - day).isoformat(),
    }
    points, coupons = next(asked.ask(_POINTS, **last_days)), next(asked.ask(_COUPONS, **last_days))
    gifts = next(asked.ask(_GIFTS))
    data: dict[str, Any] = {
        "points": points._asdict(),
        "coupons": {
            "granted": coupons.granted,
            "used": coupons.used,
            "expired": coupons.expired,
            "used_of_granted": Rate(coupons.used_of_granted, coupons.granted),
            "saved": [Money(one.amount, one.currency) for one in asked.ask(_SAVED)],
        },
        "gifts": {"granted": gifts.granted, "used": gifts.used, "not_given_yet": gifts.expired},
    }
    figures = {
        "points-granted": points.granted,
        "points-used": points.used,
        "points-expired": points.expired,
        "coupon-rate": data["coupons"]["used_of_granted"],
    }
    if not any((*points, *coupons, *gifts)):
        return Section(data, [Note("No benefit was granted, used or expired in this period.")], [], figures)
    columns = [Column("Benefit"), *(Column(title, "right") for title in ("Granted", "Used", "Expired"))]
    rows = [
        ["points", *points],
        ["coupons", coupons.granted, coupons.used, coupons.expired],
        ["gifts", gifts.granted, gifts.used, None],
    ]
    blocks: list[Block] = [Table(columns, rows)]
    if coupons.used:
        saved = ", ".join(map(str, data["coupons"]["saved"])) or "nothing that was noted"
        blocks.append(Note(f"Coupons took off {saved}."))
    return Section(data, blocks, [{"benefit": name, **entry} for name, entry in data.items()], figures)
