"""One change of the base as a whole: a file that was imported, a merge, or an undo of either."""

from datetime import date

from sqlalchemy import text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day


class ImportBatch(SQLModel, table=True):
    """What one file brought, or what was merged or undone; its number is what `retain undo` takes."""

    __tablename__ = "import_batch"
    __table_args__ = (is_day("imported_on"),)

    id: int | None = Field(default=None, primary_key=True)
    file: str
    """The name of the file, or words that say what else was done."""
    kind: str
    """The kind of file, or `merge` or `undo`."""
    source: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """The program whose ids the file has."""
    imported_on: date
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    review: int = 0
    suppressed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Rows about people who were erased."""
    undone_by: int | None = Field(default=None, foreign_key="import_batch.id")
    bought_from: date | None = None
    """The first day of its purchases; that and the two below tell which tests all of them pass."""
    bought_until: date | None = None
    currencies: str | None = None
    """The currencies of its purchases with blanks between, in the order of the alphabet."""
