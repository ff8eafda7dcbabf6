"""People who asked to be forgotten: known only so that an import does not bring them back."""

from datetime import date

from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day


class Erased(SQLModel, table=True):
    """The salted hash of one phone, e-mail or id of somebody who was erased; nothing else of them is kept."""

    __table_args__ = (is_day("erased_on"),)

    hash: str = Field(primary_key=True)
    erased_on: date
