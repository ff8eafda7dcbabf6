"""Who serves the customers, what they can do, and when they are away."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_between, is_day


class Staff(SQLModel, table=True):
    """One person of the team; who serves whom on a day is worked out when it is read, and never kept."""

    __table_args__ = (
        CheckConstraint("length(name) between 1 and 60", name="staff_name_length"),
        is_between("minutes_per_day", 0, 1440),
        is_day("retired_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(min_length=1, max_length=60)
    search_key: str = Field(unique=True)
    """The name as it is searched: compatibility forms folded, case folded."""
    role: str | None = Field(default=None, max_length=60)
    backup_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who serves their customers while they are away."""
    minutes_per_day: int = 480
    """How long they have for customers on a work day."""
    work_days: str | None = None
    """Names of weekdays with commas; the shop's own where it is not said."""
    retired_on: date | None = None
    """The first day on which they serve nobody any more."""


class Absence(SQLModel, table=True):
    """Days on which somebody is away, the first and the last included."""

    __table_args__ = (
        is_day("from_on"),
        is_day("until_on"),
        CheckConstraint("from_on <= until_on", name="absence_has_days"),
        Index("absence_of_staff", "staff_id", "until_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id")
    from_on: date
    until_on: date


class StaffSkill(SQLModel, table=True):
    """Something that somebody can do, when they were trained for it, and when the training has to be renewed."""

    __tablename__ = "staff_skill"
    __table_args__ = (
        is_day("trained_on"),
        is_day("renew_by_on"),
        CheckConstraint("length(skill) between 1 and 60", name="skill_length"),
        CheckConstraint("trained_on < renew_by_on", name="training_lasts"),
        Index("skill_of_staff", "staff_id", "search_key", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id")
    skill: str
    search_key: str
    """The skill as it is searched: compatibility forms folded, case folded."""
    trained_on: date | None = None
    renew_by_on: date | None = None
    """The last day on which the training still counts."""
