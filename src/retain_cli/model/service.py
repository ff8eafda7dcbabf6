"""The catalogue of care, and the plan: which grade gets which service how often."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_grade, is_one_of
from retain_cli.model.words import CHANNELS


class Service(SQLModel, table=True):
    """A kind of care."""

    __table_args__ = (CheckConstraint("settled_by in ('any visit', 'itself')", name="settled_by_is_known"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, min_length=1, max_length=60)
    settled_by: str = "itself"
    """`any visit` where whatever contact counts as having rendered it, else `itself`."""
    cost: int = 0
    """What it usually costs, in minor units."""
    minutes: int = 0


class PlanLine(SQLModel, table=True):
    """A grade gets a service: how often, counted from what, how long before it shows and after it is late."""

    __tablename__ = "plan_line"
    __table_args__ = (
        is_grade("grade"),
        is_one_of("channel", CHANNELS),
        CheckConstraint("anchor in ('last-done', 'birthday')", name="anchor_is_known"),
        Index("plan_line_of_grade", "grade", "service_id", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    grade: str
    service_id: int = Field(foreign_key="service.id")
    anchor: str = "last-done"
    every: str = "1y"
    """`10d`, `2w`, `6m` or `1y`."""
    lead_days: int = 0
    grace_days: int = 7
    channel: str = "visit"


class Clock(SQLModel, table=True):
    """The facts from which a visited customer's next day on a plan line is computed; the day itself is not kept.

    It counts from `last_on`, the last time the service was rendered, where that was on or after `since_on`.
    Until then it begins on `first_on`, the day that levelling gave, or an interval after `last_on` if that comes
    later.
    """

    __table_args__ = (
        is_day("since_on"),
        is_day("until_on"),
        is_day("first_on"),
        is_day("last_on"),
        # Taking a customer away looks for their clocks, which an index with a condition does not serve.
        Index("clock_by_customer", "customer_id"),
        Index("clock_of_customer", "customer_id", "service_id", sqlite_where=text("until_on is null"), unique=True),
        Index(
            "clock_by_first",
            "plan_line_id",
            "first_on",
            sqlite_where=text("until_on is null and (last_on is null or last_on < since_on)"),
        ),
        Index(
            "clock_by_last",
            "plan_line_id",
            "last_on",
            sqlite_where=text("until_on is null and last_on >= since_on"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    service_id: int = Field(foreign_key="service.id")
    plan_line_id: int = Field(foreign_key="plan_line.id")
    since_on: date
    """The day the customer came onto the plan line."""
    until_on: date | None = None
    """The day the customer left it."""
    first_on: date
    last_on: date | None = None
