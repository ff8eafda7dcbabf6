"""Something the customer said they may want."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of

NEED_STATES = ("open", "met", "gone")


class Need(SQLModel, table=True):
    """What they may want, for about how much, and when; met by a purchase only where somebody said so."""

    __table_args__ = (
        is_day("said_on"),
        is_day("wanted_on"),
        is_day("closed_on"),
        is_one_of("status", NEED_STATES),
        Index("need_open_by_day", "wanted_on", sqlite_where=text("status = 'open' and wanted_on is not null")),
        Index("need_of_customer", "customer_id"),
        Index("need_met_by", "met_by_id", sqlite_where=text("met_by_id is not null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id", ondelete="SET NULL")
    what: str = Field(min_length=1, max_length=2000)
    category: str = ""
    """The shop's word for what they need, where it was said."""
    amount: int | None = Field(default=None, ge=0)
    """About how much, in minor units."""
    currency: str | None = None
    said_on: date
    wanted_on: date | None = None
    """The first day of the time they named."""
    wanted_words: str | None = None
    """The time as they named it."""
    status: str = "open"
    closed_on: date | None = None
    met_by_id: int | None = Field(default=None, foreign_key="purchase.id", ondelete="SET NULL")
