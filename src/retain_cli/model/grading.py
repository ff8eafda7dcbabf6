"""What `classify` did: each run, and each customer whose grade it changed."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of
from retain_cli.model.grade import GRADES


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


class GradeChange(SQLModel, table=True):
    """A customer got another grade; an absent grade is "none yet"."""

    __tablename__ = "grade_change"
    __table_args__ = (
        is_one_of("from_grade", GRADES),
        is_one_of("to_grade", GRADES),
        Index("grade_change_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    grading_id: int = Field(foreign_key="grading.id")
    customer_id: int = Field(foreign_key="customer.id")
    from_grade: str | None = None
    to_grade: str | None = None
    amount: int | None = None
    """Net minor units in the window, on the day of the grading."""
