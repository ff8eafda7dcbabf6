"""A condition on customers that has a name."""

from datetime import date

from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day


class Segment(SQLModel, table=True):
    """A saved filter; whom it means is worked out whenever it is used."""

    __table_args__ = (is_day("made_on"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, min_length=1, max_length=60)
    condition: str = Field(min_length=1, max_length=2000)
    made_on: date
