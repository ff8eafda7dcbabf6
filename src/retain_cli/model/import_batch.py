"""One file that was imported."""

from datetime import date

from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day


class ImportBatch(SQLModel, table=True):
    """What one file brought."""

    __tablename__ = "import_batch"
    __table_args__ = (is_day("imported_on"),)

    id: int | None = Field(default=None, primary_key=True)
    file: str
    kind: str
    imported_on: date
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    review: int = 0
    bought_from: date | None = None
    """The first day of its purchases; that and the two below tell which tests all of them pass."""
    bought_until: date | None = None
    currencies: str | None = None
    """The currencies of its purchases with blanks between, in the order of the alphabet."""
