"""What a change of the base replaced, so that it can be undone."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class JournalEntry(SQLModel, table=True):
    """One cell that was changed, or one row that was put in or taken away.

    Values are JSON. Without a column the entry is about a whole row: `old` alone holds one that was taken away,
    `new` alone one that was put in. What an import creates is not written here: its rows carry the batch.
    """

    __tablename__ = "journal"
    __table_args__ = (Index("journal_of_batch", "batch_id"), Index("journal_of_row", "table_name", "row_id"))

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id")
    table_name: str
    row_id: int
    column_name: str = ""
    old: str | None = None
    new: str | None = None
