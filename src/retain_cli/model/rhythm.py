"""How often a customer buys: a fact found at every grading, with the day it was found."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day


class Rhythm(SQLModel, table=True):
    """A customer's own median of days from one purchase day to the next, and the last of them.

    No day on which they would be late is kept: it follows from these two and the shop's policy when it is read.
    """

    __table_args__ = (
        is_day("found_on"),
        is_day("last_on"),
        Index("rhythm_of_customer", "customer_id"),
        Index("rhythm_by_gap", "median_days", "last_on", sqlite_where=text("median_days is not null")),
        Index("rhythm_by_last", "last_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    found_on: date
    purchase_days: int
    last_on: date
    median_days: int | None = None
    """None with fewer than three purchase days: two gaps are the fewest that make a rhythm."""
