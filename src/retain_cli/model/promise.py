"""Something we said we would do."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of

PROMISE_STATES = ("open", "kept", "late", "broken")


class Promise(SQLModel, table=True):
    """What was promised in whose words, by when, and what became of it.

    `late` was kept after its day; `broken` was not kept at all.
    """

    __table_args__ = (
        is_day("made_on"),
        is_day("due_on"),
        is_day("closed_on"),
        is_one_of("status", PROMISE_STATES),
        Index("promise_open_by_day", "due_on", sqlite_where=text("status = 'open'")),
        Index("promise_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id", ondelete="SET NULL")
    """The contact at which it was given."""
    words: str = Field(min_length=1, max_length=2000)
    made_on: date
    due_on: date
    owner: str | None = None
    """Who keeps it."""
    status: str = "open"
    closed_on: date | None = None
    made_good: str | None = None
    """What was done to make good a promise that was late or broken."""
