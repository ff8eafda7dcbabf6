"""What a customer said we should do better, and what became of it."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of

FEEDBACK_KINDS = ("suggestion", "complaint", "praise")


class Feedback(SQLModel, table=True):
    """A suggestion or complaint, what we do about it, who, by when, what came of it, and who was told."""

    __table_args__ = (
        is_day("said_on"),
        is_day("due_on"),
        is_day("done_on"),
        is_day("told_on"),
        is_one_of("kind", FEEDBACK_KINDS),
        Index("feedback_of_customer", "customer_id"),
        Index("feedback_open_by_day", "due_on", sqlite_where=text("done_on is null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: str = "suggestion"
    words: str = Field(min_length=1, max_length=2000)
    said_on: date
    action: str | None = None
    """What we do about it."""
    owner: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    result: str | None = None
    told_on: date | None = None
    """The day the customer heard what we did."""
