"""What customers are given: points, coupons, gifts, and the terms of their grade."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_between, is_day, is_grade


class PointsEntry(SQLModel, table=True):
    """One line of the ledger of points, to which lines are only ever added.

    A grant has points above zero and the last day on which they can be used. A use has points below zero and names
    the grant it takes them from; using points of several grants makes several lines.
    """

    __tablename__ = "points_entry"
    __table_args__ = (
        is_day("happened_on"),
        is_day("expires_on"),
        CheckConstraint("points <> 0", name="points_are_some"),
        CheckConstraint("(points < 0) = (grant_id is not null)", name="use_names_its_grant"),
        Index("points_of_customer", "customer_id", "expires_on"),
        Index("points_by_expiry", "expires_on", sqlite_where=text("expires_on is not null")),
        Index("points_of_grant", "grant_id", sqlite_where=text("grant_id is not null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    happened_on: date
    points: int
    expires_on: date | None = None
    """The last day on which they can be used; None where they never expire."""
    grant_id: int | None = Field(default=None, foreign_key="points_entry.id")
    words: str = ""


class Coupon(SQLModel, table=True):
    """An amount or a share off one purchase, once."""

    __table_args__ = (
        is_day("granted_on"),
        is_day("expires_on"),
        is_day("used_on"),
        is_between("percent", 1, 100),
        CheckConstraint("(amount is null) <> (percent is null)", name="amount_or_percent"),
        Index(
            "coupon_by_expiry",
            "expires_on",
            sqlite_where=text("used_on is null and expires_on is not null"),
        ),
        Index("coupon_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    granted_on: date
    amount: int | None = Field(default=None, ge=1)
    """Minor units off."""
    percent: int | None = None
    min_spend: int = Field(default=0, ge=0)
    """The smallest purchase, in minor units, for which it counts."""
    currency: str = Field(min_length=3, max_length=3)
    expires_on: date | None = None
    """The last day on which it can be used."""
    used_on: date | None = None
    saved: int | None = None
    """What it took off, in minor units."""
    words: str = ""


class Gift(SQLModel, table=True):
    """A gift from the idea on, until it was bought, and given."""

    __table_args__ = (
        is_day("thought_of_on"),
        is_day("for_on"),
        is_day("bought_on"),
        is_day("given_on"),
        Index("gift_of_customer", "customer_id"),
        Index(
            "gift_to_buy",
            "for_on",
            sqlite_where=text("bought_on is null and given_on is null and for_on is not null"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id", ondelete="SET NULL")
    what: str = Field(min_length=1, max_length=200)
    thought_of_on: date
    for_on: date | None = None
    """The day it is meant for."""
    bought_on: date | None = None
    cost: int | None = Field(default=None, ge=0)
    """Minor units."""
    currency: str | None = None
    given_on: date | None = None


class GradeTerms(SQLModel, table=True):
    """What every customer of a grade is entitled to, in words, while it holds."""

    __tablename__ = "terms"
    __table_args__ = (
        is_grade("grade"),
        is_day("from_on"),
        is_day("until_on"),
        Index("terms_of_grade", "grade"),
    )

    id: int | None = Field(default=None, primary_key=True)
    grade: str = Field(min_length=1)
    words: str = Field(min_length=1, max_length=200)
    from_on: date
    until_on: date | None = None
    """The first day on which it does not hold any more."""
