"""What is expected of a customer, as it was kept."""

from datetime import date
from typing import NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Prediction(NamedTuple):
    """One customer's prediction and the fit it rests on; amounts in minor units of the fit's currency."""

    customer_id: int
    predicted_on: date
    p_alive: float | None
    p_alive_low: float | None
    p_alive_high: float | None
    expected_orders: float | None
    expected_orders_low: float | None
    expected_orders_high: float | None
    expected_amount: int | None
    expected_amount_low: int | None
    expected_amount_high: int | None
    next_from_on: date | None
    next_to_on: date | None
    model: str
    because: str
    horizon_days: int
    currency: str


_PREDICTIONS = """
    select customer_id, predicted_on, p_alive, p_alive_low, p_alive_high, expected_orders, expected_orders_low,
        expected_orders_high, expected_amount, expected_amount_low, expected_amount_high, next_from, next_to,
        model, because, horizon_days, currency
    from prediction join fit on fit.id = fit_id
"""
_ALL = Question(_PREDICTIONS, Prediction)
_ONE = Question(_PREDICTIONS + " where customer_id = :customer", Prediction)

_FEW = 500


def prediction_of(store: Store, customer: int) -> Prediction | None:
    """What is expected of one customer; None where nothing was ever predicted of them."""
    return store.first(_ONE, customer=customer)


def predictions_of(store: Store, customers: list[int]) -> dict[int, Prediction]:
    """What is expected of several."""
    if len(customers) > _FEW:
        wanted = set(customers)
        return {found.customer_id: found for found in store.stream(_ALL) if found.customer_id in wanted}
    found = (prediction_of(store, customer) for customer in customers)
    return {one.customer_id: one for one in found if one is not None}
