"""A row of an import that fits several customers, kept until a person says whom it is about."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of

DECISIONS = ("take", "new", "drop")


class ReviewItem(SQLModel, table=True):
    """One row as it was understood; what is decided of it is not asked again when the file comes again."""

    __tablename__ = "review_item"
    __table_args__ = (
        is_day("decided_on"),
        is_one_of("decision", DECISIONS),
        Index("review_item_by_row", "digest", "nth", unique=True),
        Index("review_item_open", "id", sqlite_where=text("decision is null")),
        # Its number is what people answer to; it is never another row's.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id")
    line: int
    why: str
    row_values: str
    """The row's values by field, as JSON."""
    candidates: str
    """The numbers of the customers that fit, as JSON."""
    digest: str
    """What tells this row from others: source, kind and values."""
    nth: int = 0
    """Counts equal rows of one file."""
    decision: str | None = None
    decided_on: date | None = None
    customer_id: int | None = None
    """Whom it was given to; no link, since that customer may be merged or taken back later."""
