"""One order line."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day


class Purchase(SQLModel, table=True):
    """One line of an order; a return has a negative amount.

    What tells two lines apart is the index: the same line again is the same purchase, and `nth` counts equal
    lines within one export. Led by customer, day and amount, it also answers every sum per customer alone.
    """

    __table_args__ = (
        is_day("bought_on"),
        Index(
            "purchase_line",
            "customer_id",
            "bought_on",
            "amount",
            "currency",
            "order_number",
            "product",
            "nth",
            unique=True,
        ),
        Index("purchase_without_batch", "batch_id", sqlite_where=text("batch_id is null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    bought_on: date
    amount: int
    """Net minor units of the line."""
    currency: str = Field(min_length=3, max_length=3)
    order_number: str = ""
    product: str = ""
    category: str = ""
    quantity: float = 1
    nth: int = 0
    batch_id: int | None = Field(default=None, foreign_key="import_batch.id")
