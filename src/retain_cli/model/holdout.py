"""The random share of C customers who are left out of the routine touches, to see what these are good for."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_between, is_day


class Holdout(SQLModel, table=True):
    """One trial; while `ended_on` is absent it runs, and only one does at a time."""

    __table_args__ = (
        is_day("started_on"),
        is_day("ended_on"),
        is_between("percent", 1, 50),
    )

    id: int | None = Field(default=None, primary_key=True)
    started_on: date
    ended_on: date | None = None
    percent: int
    seed: int
    birthdays: int = 0
    """1 where birthdays are left out too."""
    customers: int
    """The C customers of the first day."""
    held_out: int


class HoldoutMember(SQLModel, table=True):
    """One of the C customers of the first day of a trial; those not held out are who they are compared with."""

    __tablename__ = "holdout_member"
    __table_args__ = (
        Index("holdout_member_of_customer", "customer_id", "holdout_id", unique=True),
        Index("holdout_member_held", "holdout_id", "customer_id", sqlite_where=text("held = 1")),
    )

    id: int | None = Field(default=None, primary_key=True)
    holdout_id: int = Field(foreign_key="holdout.id")
    customer_id: int = Field(foreign_key="customer.id")
    held: int
