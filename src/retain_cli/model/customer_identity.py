"""Further ids of a customer: another program's, or those of a duplicate that was merged into them."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class CustomerIdentity(SQLModel, table=True):
    """An id beside the one in the customer itself; no two customers have the same id of one source."""

    __tablename__ = "customer_identity"
    __table_args__ = (
        Index("customer_identity_by_id", "external_id", "source", unique=True),
        Index("customer_identity_of_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(min_length=1, max_length=60)
    external_id: str = Field(min_length=1, max_length=200)
    customer_id: int = Field(foreign_key="customer.id")
    batch_id: int | None = Field(default=None, foreign_key="import_batch.id")
