"""A grade that a person gave by hand."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_grade


class Pin(SQLModel, table=True):
    """A customer has a grade whatever they buy, for a reason, until a day or until it is taken away."""

    __table_args__ = (
        is_grade("grade"),
        is_day("pinned_on"),
        is_day("until_on"),
        is_day("ended_on"),
        Index("pin_of_customer", "customer_id", unique=True, sqlite_where=text("ended_on is null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    grade: str
    reason: str = Field(min_length=1, max_length=500)
    pinned_on: date
    until_on: date | None = None
    """The last day it holds."""
    ended_on: date | None = None
    """The day it was taken away or another took its place."""
