"""Events: a forum, a tasting, a party; whom we invited, who came."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of
from retain_cli.model.words import ANSWERS, EVENT_KINDS


class Event(SQLModel, table=True):
    """Something customers are invited to, on one day."""

    __table_args__ = (
        is_day("held_on"),
        is_day("counted_on"),
        is_one_of("kind", EVENT_KINDS),
        Index("event_by_day", "held_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(min_length=1, max_length=200)
    kind: str
    held_on: date
    place: str | None = None
    cost: int | None = Field(default=None, ge=0)
    """Minor units, of the whole event; the contacts of those who came share it."""
    currency: str
    counted_on: date | None = None
    """The day it was noted who came; until then nobody was missed."""


class Invitation(SQLModel, table=True):
    """One customer and one event."""

    __table_args__ = (
        is_day("invited_on"),
        is_day("answered_on"),
        is_one_of("answer", ANSWERS),
        Index("invitation_once", "event_id", "customer_id", unique=True),
        Index("invitation_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    customer_id: int = Field(foreign_key="customer.id")
    invited_on: date | None = None
    """None for who came without having been invited."""
    answer: str | None = None
    answered_on: date | None = None
    came: bool = False
    visit_id: int | None = Field(default=None, foreign_key="visit.id", ondelete="SET NULL")
    """The contact that their coming was."""
