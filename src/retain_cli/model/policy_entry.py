"""One of the shop's own rules, where it differs from the usual."""

from sqlmodel import Field, SQLModel


class PolicyEntry(SQLModel, table=True):
    """A rule of the shop by name; `store/policy.py` says which there are."""

    __tablename__ = "policy"

    name: str = Field(primary_key=True)
    value: str
