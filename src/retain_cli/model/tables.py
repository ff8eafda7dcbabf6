"""Every table, for whoever needs the whole schema at once."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from retain_cli.model import (  # noqa: F401
    customer,
    grading,
    holdout,
    import_batch,
    pin,
    policy_entry,
    prediction,
    purchase,
    segment,
    service,
    visit,
)


def metadata() -> MetaData:
    """The schema as the models declare it."""
    return SQLModel.metadata
