"""One customer brought another."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day


class Referral(SQLModel, table=True):
    """A customer brought somebody; who it was is the `referred` row that names it.

    Two rows, each of one customer, so that whatever moves a customer's rows moves both ends.
    """

    __table_args__ = (
        is_day("said_on"),
        is_day("rewarded_on"),
        Index("referral_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    """Who brought them."""
    said_on: date
    words: str = ""
    rewarded_on: date | None = None


class Referred(SQLModel, table=True):
    """Who was brought; converted by their first purchase, which is found when it is read."""

    __table_args__ = (Index("referred_customer", "customer_id"), Index("referred_by", "referral_id"))

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    referral_id: int = Field(foreign_key="referral.id", ondelete="CASCADE")
