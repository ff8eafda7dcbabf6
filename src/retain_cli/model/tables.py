"""Every table, for whoever needs the whole schema at once."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from retain_cli.model import (  # noqa: F401
    backtest,
    benefit,
    campaign,
    customer,
    customer_identity,
    decision,
    erased,
    event,
    feedback,
    goal,
    grading,
    holdout,
    import_batch,
    import_profile,
    journal_entry,
    need,
    notice,
    offer,
    pin,
    policy_entry,
    prediction,
    preference,
    promise,
    purchase,
    rating,
    referral,
    review_item,
    rhythm,
    segment,
    service,
    staff,
    ticket,
    visit,
)


def metadata() -> MetaData:
    """The schema as the models declare it."""
    return SQLModel.metadata
