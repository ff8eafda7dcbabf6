"""What somebody decided about contacting a customer: to leave something out, put it off, or leave them alone."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of
from retain_cli.model.words import CHANNELS, DECISIONS


class Decision(SQLModel, table=True):
    """One decision, in force until it is lifted; it is never deleted, so that coverage can tell why."""

    __table_args__ = (
        is_one_of("kind", DECISIONS),
        is_one_of("channel", CHANNELS),
        is_day("decided_on"),
        is_day("until_on"),
        is_day("due_on"),
        is_day("through_on"),
        is_day("lifted_on"),
        CheckConstraint("(until_on is not null) = (kind in ('snooze', 'pause'))", name="until_where_it_ends"),
        CheckConstraint("(due_on is not null) = (kind in ('skip', 'snooze'))", name="due_where_about_a_service"),
        Index("decision_of_customer", "customer_id", "kind"),
        Index("decision_by_day", "decided_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: str
    decided_on: date
    until_on: date | None = None
    """The first day on which a snooze or a pause is over."""
    channel: str | None = None
    """The only channel that is refused; none where the customer refuses all of them."""
    words: str | None = Field(default=None, max_length=1000)
    """Why, as it was said."""
    reason: str | None = None
    """The reason on the list that a skip or a snooze is about."""
    service: str | None = None
    due_on: date | None = None
    """The nominal day that was due."""
    through_on: date | None = None
    """The last nominal day that the decision covers, where the service comes again and again."""
    lifted_on: date | None = None
    """The day it was taken back."""
