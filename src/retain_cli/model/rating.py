"""What customers answer when they are asked about a visit or a ticket, question by question."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_between


class Rating(SQLModel, table=True):
    """One answer from 1 to 5; whom it rates is whoever was at the visit, or whose ticket it was."""

    __table_args__ = (
        is_between("score", 1, 5),
        CheckConstraint("length(question) between 1 and 60", name="rating_question_length"),
        CheckConstraint("(visit_id is null) <> (ticket_id is null)", name="rating_is_about_one"),
        Index("rating_of_visit", "visit_id", "question", unique=True),
        Index("rating_of_ticket", "ticket_id", "question", unique=True),
        Index("rating_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id", ondelete="CASCADE")
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", ondelete="CASCADE")
    question: str
    """What was asked, in the shop's own words: compatibility forms folded, case folded, blanks made one."""
    score: int
