"""What a figure of the report is to reach, by when, and who answers for it."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_between, is_day, is_one_of

UNITS = ("share", "money", "number")


class Goal(SQLModel, table=True):
    """One goal; how far it is, is worked out from the facts whenever it is read."""

    __table_args__ = (
        is_day("set_on"),
        is_day("by_on"),
        is_day("dropped_on"),
        is_one_of("unit", UNITS),
        is_between("months", 1, 120),
        CheckConstraint("grade is null or grade in ('A', 'B', 'C', 'none')", name="grade_of_goal_is_known"),
        CheckConstraint("set_on < by_on", name="goal_has_days"),
        CheckConstraint("(currency is not null) = (unit = 'money')", name="currency_of_money"),
    )

    id: int | None = Field(default=None, primary_key=True)
    measure: str = Field(min_length=1, max_length=60)
    """The name of a measure of the report."""
    target: int
    """Ten-thousandths of a share or a number; minor units of money."""
    unit: str
    currency: str | None = None
    months: int = 12
    """The figure is that of so many months, up to the day it is looked at."""
    set_on: date
    by_on: date
    owner: str | None = None
    """Who answers for it."""
    grade: str | None = None
    """The grade it is about; everybody where it is not said."""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """Whose customers it is about."""
    dropped_on: date | None = None
