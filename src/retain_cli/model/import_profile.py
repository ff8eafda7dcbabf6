"""How a file that comes again and again is read."""

from sqlmodel import Field, SQLModel


class ImportProfile(SQLModel, table=True):
    """What was said and found out about one kind of file, under a name."""

    __tablename__ = "import_profile"

    name: str = Field(primary_key=True, min_length=1, max_length=60)
    reading: str
    """The choices as a JSON object."""
