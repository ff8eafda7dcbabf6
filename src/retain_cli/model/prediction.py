"""Who is expected to buy again, and the fit that says so."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from retain_cli.model.columns import is_day, is_one_of

FITS = ("bg-nbd", "mbg-nbd", "gaps", "none")
"""`gaps` where the base is too small or too young for a model, `none` where it has hardly any gaps either."""


class Fit(SQLModel, table=True):
    """What was learned from the whole base on one day."""

    __table_args__ = (is_day("fitted_on"), is_one_of("model", FITS))

    id: int | None = Field(default=None, primary_key=True)
    fitted_on: date
    model: str
    because: str = ""
    """Why there is no model, in words; empty where there is one."""
    currency: str
    horizon_days: int
    customers: int
    """How many had bought."""
    repeaters: int
    """How many of them on more than one day."""
    parameters: str
    """JSON: `orders`, `amount` and `gaps`, each with its parameters and the covariance of their logarithms.

    Times of `orders` are in weeks, of `gaps` in days, amounts in minor units.
    """
    log_likelihood: float | None = None
    """Of the orders' model, with time in weeks."""
    last_purchase_id: int
    """The line noted last of those it was made from."""


class Prediction(SQLModel, table=True):
    """What is expected of one customer from `predicted_on` on; every number lies between its low and its high."""

    __table_args__ = (
        is_day("predicted_on"),
        is_day("next_from"),
        is_day("next_to"),
        CheckConstraint("p_alive is null or p_alive between 0 and 1", name="p_alive_is_chance"),
        Index("prediction_by_next", "next_from"),
        Index("prediction_by_end", "next_to"),
    )

    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    fit_id: int = Field(foreign_key="fit.id")
    predicted_on: date
    p_alive: float | None = None
    """The chance that they are a customer still; absent, as are all expectations, without a model."""
    p_alive_low: float | None = None
    p_alive_high: float | None = None
    expected_orders: float | None = None
    """Within the fit's horizon."""
    expected_orders_low: float | None = None
    expected_orders_high: float | None = None
    expected_amount: int | None = None
    """Within the fit's horizon, in minor units of the shop's currency."""
    expected_amount_low: int | None = None
    expected_amount_high: int | None = None
    next_from: date | None = None
    """Of those who order again, half do so from this day to `next_to`."""
    next_to: date | None = None
