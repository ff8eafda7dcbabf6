"""Any logged contact, whatever the channel, and the services it rendered."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_between, is_day, is_one_of
from retain_cli.model.words import CHANNELS, OUTCOMES


class Visit(SQLModel, table=True):
    """One contact with one customer on one day."""

    __table_args__ = (
        is_day("visited_on"),
        is_day("next_on"),
        is_day("followed_on"),
        is_between("satisfaction", 1, 5),
        is_between("minutes", 0, 1440),
        is_one_of("channel", CHANNELS),
        is_one_of("outcome", OUTCOMES),
        Index("visit_by_customer", "customer_id", "visited_on"),
        Index("visit_by_day", "visited_on"),
        Index("visit_by_next", "next_on", sqlite_where=text("next_on is not null and followed_on is null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    visited_on: date
    channel: str = "visit"
    outcome: str = "done"
    satisfaction: int | None = None
    note: str | None = None
    cost: int | None = Field(default=None, ge=0)
    """Minor units."""
    currency: str | None = None
    minutes: int | None = None
    """How long it took, where somebody noted it."""
    next_on: date | None = None
    """The day agreed for the next contact."""
    followed_on: date | None = None
    """The day of the next contact that reached the customer, kept where one was agreed."""
    staff: str | None = None
    occasion_id: int | None = Field(default=None, foreign_key="visit.id")
    """The first of the visits that one occasion with several customers made."""
    batch_id: int | None = Field(default=None, foreign_key="import_batch.id")


class VisitService(SQLModel, table=True):
    """A service that a visit rendered."""

    __tablename__ = "visit_service"
    __table_args__ = (Index("visit_service_by_service", "service_id"),)

    visit_id: int = Field(foreign_key="visit.id", primary_key=True, ondelete="CASCADE")
    service_id: int = Field(foreign_key="service.id", primary_key=True)


class VisitOriginal(SQLModel, table=True):
    """What a visit said before it was corrected; kept for good."""

    __tablename__ = "visit_original"
    __table_args__ = (
        is_day("corrected_on"),
        Index("original_of_visit", "visit_id"),
        Index("original_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", ondelete="CASCADE")
    customer_id: int = Field(foreign_key="customer.id")
    corrected_on: date
    said: str
    """The cells that were changed, by name, as JSON."""
