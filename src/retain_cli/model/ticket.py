"""After-sales: complaints, repairs, maintenance and questions."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_between, is_day, is_one_of
from retain_cli.model.words import TICKET_KINDS


class Ticket(SQLModel, table=True):
    """One matter from the day it was opened until it is resolved and rated."""

    __table_args__ = (
        is_day("opened_on"),
        is_day("promised_on"),
        is_day("resolved_on"),
        is_day("rated_on"),
        is_day("follow_up_on"),
        is_one_of("kind", TICKET_KINDS),
        is_between("rating", 1, 5),
        Index("ticket_waiting_by_day", "promised_on", sqlite_where=text("resolved_on is null")),
        Index("ticket_to_follow_by_day", "follow_up_on", sqlite_where=text("follow_up_on is not null")),
        Index("ticket_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: str
    words: str = Field(min_length=1, max_length=2000)
    opened_on: date
    promised_on: date
    """The day by which the customer was told it would be resolved."""
    owner: str | None = None
    resolved_on: date | None = None
    resolution: str | None = None
    rating: int | None = None
    """How the customer rated what was done, from 1 to 5."""
    rated_on: date | None = None
    follow_up_on: date | None = None
    """The day to speak to a customer who rated it low."""
    rated_after: int = 0
    """The number of the last visit before it was rated; a later one has followed it up."""


class TicketEvent(SQLModel, table=True):
    """One entry of a ticket's history."""

    __tablename__ = "ticket_event"
    __table_args__ = (is_day("happened_on"), Index("event_of_ticket", "ticket_id"))

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", ondelete="CASCADE")
    happened_on: date
    what: str
    """opened, noted, moved, given to, resolved, reopened or rated."""
    words: str = ""
    staff: str | None = None
