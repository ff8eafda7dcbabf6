"""Every table, for whoever needs the whole schema at once."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from retain_cli.model import (  # noqa: F401
    customer,
    customer_identity,
    decision,
    erased,
    grading,
    import_batch,
    import_profile,
    journal_entry,
    policy_entry,
    purchase,
    review_item,
    service,
    staff,
    visit,
)


def metadata() -> MetaData:
    """The schema as the models declare it."""
    return SQLModel.metadata
