"""What was told, when and through which channel: the ledger of digests."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_between, is_day, is_one_of

STATES = ("sending", "sent", "failed", "superseded")


class Notice(SQLModel, table=True):
    """The digest of one day for one member of staff through one channel.

    Written as `sending` before anything is sent, so that no two runs ever send the same. Instants are UTC in
    ISO 8601; `_at` columns hold them.
    """

    __table_args__ = (
        is_day("digest_on"),
        is_one_of("state", STATES),
        is_between("attempts", 0, 1_000_000),
        UniqueConstraint("staff", "channel", "digest_on", name="one_digest_a_day"),
        Index("notice_by_key", "key", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    digest_on: date
    staff: str = ""
    """Whose digest it is; empty for the whole shop, since a unique constraint tells two nulls apart."""
    channel: str
    """The channel's name, which holds no secret."""
    key: str
    """The same for every attempt, so that a receiver can tell a repetition."""
    state: str
    attempts: int = 1
    customers: int = 0
    """How many were on the digest."""
    claimed_by: str = ""
    """The machine that sends it."""
    lease_until_at: str | None = None
    """Until then another machine leaves it alone."""
    retry_at: str | None = None
    sent_at: str | None = None
    error: str | None = None
    """Why it failed, without anything secret."""
