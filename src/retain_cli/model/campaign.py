"""Campaigns: one message to a list of customers; who got it, when, and what they answered."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of
from retain_cli.model.words import CAMPAIGN_CHANNELS, CAMPAIGN_STATES


class Campaign(SQLModel, table=True):
    """A message template and the way it goes out."""

    __table_args__ = (
        is_day("made_on"),
        is_one_of("channel", CAMPAIGN_CHANNELS),
        # What was sent is known to receivers by the campaign's number, which is never given to another one.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(min_length=1, max_length=200)
    made_on: date
    channel: str
    subject: str | None = Field(default=None, max_length=200)
    """The template of the subject; the campaign's name stands there where it is not said."""
    text: str = Field(min_length=1, max_length=10_000)
    """The template of the text."""
    service_id: int | None = Field(default=None, foreign_key="service.id")
    """The service of the catalogue that each contact renders."""
    cost: int | None = Field(default=None, ge=0)
    """Minor units, of the whole campaign; the contacts share it."""
    currency: str = Field(min_length=3, max_length=3)


class CampaignContact(SQLModel, table=True):
    """One customer on the list of one campaign, and what became of it.

    `sending` is written before anything is sent and stays where a run dies, so that nobody is sent to twice.
    """

    __tablename__ = "campaign_contact"
    __table_args__ = (
        is_one_of("state", CAMPAIGN_STATES),
        is_day("sent_on"),
        is_day("answered_on"),
        Index("campaign_contact_once", "campaign_id", "customer_id", unique=True),
        Index("campaign_contact_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    customer_id: int = Field(foreign_key="customer.id")
    state: str = "chosen"
    error: str | None = None
    """Why it failed, without anything secret."""
    sent_on: date | None = None
    by_hand: bool = False
    """Whether it went out some other way and was noted afterwards."""
    answered_on: date | None = None
    answer: str | None = Field(default=None, max_length=500)
    visit_id: int | None = Field(default=None, foreign_key="visit.id", ondelete="SET NULL")
    """The contact that the message was."""
