"""A service that was offered to a customer, and their answer."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of

ANSWERS = ("accepted", "declined", "not-reached")


class Offer(SQLModel, table=True):
    """One service offered on one day; an offer without an answer had none, which is not a no."""

    __table_args__ = (
        is_day("offered_on"),
        is_one_of("answer", ANSWERS),
        Index("offer_of_customer", "customer_id", "service_id", "offered_on"),
        Index("offer_of_service", "service_id", "offered_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    service_id: int = Field(foreign_key="service.id")
    offered_on: date
    answer: str
    because: str | None = None
    """Why it was declined."""
    staff: str | None = None
