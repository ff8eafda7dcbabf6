"""The catalogue of care, and the plan: which grade gets which service how often."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_between, is_day, is_one_of
from retain_cli.model.words import CHANNELS


class Service(SQLModel, table=True):
    """A kind of care."""

    __table_args__ = (
        CheckConstraint("settled_by in ('any visit', 'itself')", name="settled_by_is_known"),
        CheckConstraint("moves in ('before', 'after')", name="moves_is_known"),
        is_one_of("channel", CHANNELS),
        is_day("retired_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, min_length=1, max_length=60)
    settled_by: str = "itself"
    """`any visit` where whatever contact counts as having rendered it, else `itself`."""
    moves: str = "after"
    """Where a day off sends it: to the work day `before` (gifts, maintenance) or `after` (visits)."""
    cost: int = 0
    """What it usually costs, in minor units."""
    minutes: int = 0
    channel: str = "visit"
    """How it is usually rendered."""
    retired_on: date | None = None
    """Since when nobody is put on it any more; what was rendered stays known."""


class PlanLine(SQLModel, table=True):
    """A grade, or one customer, gets a service: how often, counted from what, how long before it shows.

    A customer's own line stands in place of their grade's lines of that service.
    """

    __tablename__ = "plan_line"
    __table_args__ = (
        CheckConstraint("grade is null or grade in ('A', 'B', 'C', 'none')", name="grade_of_line_is_known"),
        CheckConstraint("(grade is null) <> (customer_id is null)", name="line_is_of_a_grade_or_a_customer"),
        is_one_of("channel", CHANNELS),
        is_day("since_on"),
        is_day("removed_on"),
        CheckConstraint(
            "anchor in ('last-done', 'purchase', 'birthday', 'anniversary', 'holiday')", name="anchor_is_known"
        ),
        Index("plan_line_of_grade", "grade", "service_id", "anchor_of", unique=True),
        Index("plan_line_of_customer", "customer_id", "service_id", "anchor_of", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    grade: str | None = None
    """`none` for customers who have no grade yet."""
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    service_id: int = Field(foreign_key="service.id")
    anchor: str = "last-done"
    anchor_of: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """The category bought, the name of the anniversary or the holiday; empty for any."""
    every: str = "1y"
    """`10d`, `2w`, `6m` or `1y`; `once`; `never` in a customer's own line that takes a service away."""
    after: str | None = None
    """The interval from a purchase to the first day; where it is not said, `every`."""
    lead_days: int = 0
    grace_days: int = 7
    channel: str = "visit"
    cost: int | None = Field(default=None, ge=0)
    """Minor units; the service's usual cost where it is not said."""
    minutes: int | None = Field(default=None, ge=0)
    since_on: date | None = None
    """Nothing was planned by the line before this day; None where it was there from the beginning."""
    removed_on: date | None = None
    """Since when the line is no part of the plan; what was planned by it before stays known."""


class CustomerDay(SQLModel, table=True):
    """A day of a customer's own that comes every year, with a name: a wedding day, the day of a contract.

    Either month and day, with the year where it is known, in one of two calendars; or a rule for the weekday.
    """

    __tablename__ = "customer_day"
    __table_args__ = (
        is_between("month", 1, 12),
        is_between("day", 1, 31),
        is_between("year", 1, 9999),
        is_one_of("calendar", ("solar", "lunar")),
        CheckConstraint("(month is null) = (day is null)", name="customer_day_is_whole"),
        CheckConstraint("(month is null) <> (rule is null)", name="customer_day_is_a_day_or_a_rule"),
        Index("customer_day_of_customer", "customer_id", "name", unique=True),
        Index("customer_day_by_day", "month", "day", sqlite_where=text("month is not null")),
        Index("customer_day_by_rule", "rule", sqlite_where=text("rule is not null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    name: str = Field(min_length=1, max_length=60)
    month: int | None = None
    day: int | None = None
    year: int | None = None
    calendar: str = "solar"
    leap_month: bool = False
    rule: str | None = None
    """`3 mon 3` for the third Monday of March, `-1 fri 11` for the last Friday of November."""


class DayOff(SQLModel, table=True):
    """A public holiday or a make-up work day of a country, kept so that a list need not work them out."""

    __tablename__ = "day_off"
    __table_args__ = (is_day("day_on"), CheckConstraint("kind in ('off', 'work')", name="kind_of_day_is_known"))

    country: str = Field(primary_key=True)
    day_on: date = Field(primary_key=True)
    kind: str
    name: str = ""


class MovedDay(SQLModel, table=True):
    """One occurrence that levelling put on another day; its nominal day, and all that follow, stay as they are."""

    __tablename__ = "moved_day"
    __table_args__ = (
        is_day("nominal_on"),
        is_day("moved_on"),
        Index("moved_day_of_customer", "customer_id", "plan_line_id", "nominal_on", unique=True),
        Index("moved_day_by_nominal", "nominal_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    plan_line_id: int = Field(foreign_key="plan_line.id")
    nominal_on: date
    moved_on: date


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
        Index(
            "clock_of_customer", "customer_id", "plan_line_id", sqlite_where=text("until_on is null"), unique=True
        ),
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
