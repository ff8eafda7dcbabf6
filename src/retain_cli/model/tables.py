"""Every table, for whoever needs the whole schema at once."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from retain_cli.model import (  # noqa: F401
    customer,
    grading,
    import_batch,
    notice,
    policy_entry,
    purchase,
    service,
    visit,
)


def metadata() -> MetaData:
    """The schema as the models declare it."""
    return SQLModel.metadata
