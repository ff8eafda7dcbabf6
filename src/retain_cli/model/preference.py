"""What a customer likes, and what we heard of them."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of

PREFERENCE_KINDS = ("channel", "time", "likes", "dislikes", "owns", "competitor")


class Preference(SQLModel, table=True):
    """One thing known: how and when to reach them, what they like, dislike or own, what a competitor offered."""

    __table_args__ = (
        is_day("said_on"),
        is_day("until_on"),
        is_one_of("kind", PREFERENCE_KINDS),
        Index("preference_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: str
    words: str = Field(min_length=1, max_length=2000)
    said_on: date
    until_on: date | None = None
    """The day from which it is known to be so no more."""
