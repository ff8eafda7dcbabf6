"""What `classify` did, and whom it put on the plan of which grade."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_grade


class Grading(SQLModel, table=True):
    """One run of `classify`."""

    __table_args__ = (is_day("graded_on"),)

    id: int | None = Field(default=None, primary_key=True)
    graded_on: date
    scheme: str
    window_months: int
    currency: str
    customers: int
    """How many bought in the window."""
    lowest_a: int | None = None
    """The smallest net amount, in minor units, that is an A."""
    lowest_b: int | None = None


class Enrolment(SQLModel, table=True):
    """A customer is on the plan of a grade; without a row they have none yet.

    As long as nobody was there, `waits` is set and no clock is kept: `first_on` says when their first contact
    comes, and services that are rarer than a visit join one of the following visits, which one by `phase`.
    """

    __table_args__ = (
        is_grade("grade"),
        Index("enrolment_by_first", "grade", "first_on", sqlite_where=text("waits = 1")),
    )

    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    grade: str
    amount: int
    """Net minor units in the window of the last grading, in the shop's currency."""
    since_on: date
    first_on: date
    phase: int = 0
    waits: int = 1
    """1 until somebody was there."""


class PastEnrolment(SQLModel, table=True):
    """A grade a customer had; the amount is what they had bought when they left it."""

    __tablename__ = "past_enrolment"
    __table_args__ = (
        is_grade("grade"),
        is_day("since_on"),
        is_day("until_on"),
        Index("past_enrolment_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    grade: str
    amount: int
    since_on: date
    until_on: date
