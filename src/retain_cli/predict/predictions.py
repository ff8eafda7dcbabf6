"""What is expected of every customer, made when the base is graded and kept until it changes."""

import math
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from retain_cli.dates.ordinals import IsoDays
from retain_cli.predict.base import Base, Buyer, base_on, gaps_on, last_line
from retain_cli.predict.fitting import BaseFit, as_json, fit_base, from_json
from retain_cli.predict.gamma_gamma import Expected
from retain_cli.predict.histories import History, Parameters
from retain_cli.predict.outlook import Estimate, Outlook
from retain_cli.predict.rhythm import Rhythm
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

DAYS_A_FIT_LASTS = 7
SMALL = 20_000
"""A base of fewer customers is fitted anew each time: that takes less than finding out what changed."""

_ROWS_A_STATEMENT = 50
_COLUMNS = (
    "customer_id", "fit_id", "predicted_on", "p_alive", "p_alive_low", "p_alive_high", "expected_orders",
    "expected_orders_low", "expected_orders_high", "expected_amount", "expected_amount_low", "expected_amount_high",
    "next_from", "next_to",
)  # fmt: skip
_INSERT = f"insert into prediction ({', '.join(_COLUMNS)}) values "
_ONE = f"({', '.join('?' * len(_COLUMNS))})"
_KNOWN_SHARED_HISTORIES = 3


class Predicted(NamedTuple):
    """The fit that the predictions rest on, and how many of them were made just now."""

    fitted_on: date
    model: str
    because: str
    horizon_days: int
    customers: int
    repeaters: int
    predicted: int


class LastFit(NamedTuple):
    """The fit made last."""

    id: int
    fitted_on: date
    model: str
    because: str
    currency: str
    horizon_days: int
    customers: int
    repeaters: int
    parameters: str
    last_purchase_id: int


_LAST_FIT = Question(
    """
    select id, fitted_on, model, because, currency, horizon_days, customers, repeaters, parameters, last_purchase_id
    from fit order by id desc limit 1
    """,
    LastFit,
)
_CHANGED = Question("select count(distinct customer_id) from purchase where id > :after", Number)
_WRITE_FIT = """
    insert into fit (fitted_on, model, because, currency, horizon_days, customers, repeaters, parameters,
        log_likelihood, last_purchase_id)
    values (:day, :model, :because, :currency, :horizon, :customers, :repeaters, :parameters, :likelihood, :line)
"""


def last_fit(store: Store) -> LastFit | None:
    """The fit that the predictions rest on."""
    return store.first(_LAST_FIT)


def predict_everyone(store: Store, policy: Policy, day: date) -> Predicted:
    """Bring the predictions up to date as of `day`; where little changed, only for those who bought since.

    A large base is fitted again after a week, or when a fifth of its customers bought.
    """
    last, line = last_fit(store), last_line(store)
    if last is not None and _still_holds(last, policy, day, line):
        after = last.last_purchase_id
        changed = _changed(store, after) if line > after else 0
        if not changed and (last.fitted_on == day or last.customers >= SMALL):
            return _told(last, 0)
        if last.customers >= SMALL and changed <= last.customers / 5:
            found = from_json(last.parameters, last.model, last.customers, last.repeaters)
            some = base_on(store, policy, day, changed_after=after)
            store.run_many("delete from prediction where customer_id = ?", ((one,) for one in some.customer))
            _write(store, rows(found, some, last.id, last.horizon_days, day))
            store.run("update fit set last_purchase_id = ? where id = ?", (line, last.id))
            return _told(last, len(some))
    return _anew(store, policy, day, line, last)


def _still_holds(last: LastFit, policy: Policy, day: date, line: int) -> bool:
    same = (last.currency, last.horizon_days) == (policy.currency, policy.horizon_days)
    model = policy.prediction_model in ("auto", last.model) or bool(last.because)
    # Fewer lines than there were: some were taken back.
    return same and model and 0 <= (day - last.fitted_on).days < DAYS_A_FIT_LASTS and line >= last.last_purchase_id


def _changed(store: Store, after: int) -> int:
    found = store.first(_CHANGED, after=after)
    return (found.value or 0) if found else 0


def _anew(store: Store, policy: Policy, day: date, line: int, last: LastFit | None) -> Predicted:
    base = base_on(store, policy, day)
    found = fit_base(base, policy, lambda: gaps_on(store, policy, day), _start(last))
    made = store.run(
        _WRITE_FIT,
        {
            "day": day.isoformat(),
            "model": found.model,
            "because": found.because,
            "currency": policy.currency,
            "horizon": policy.horizon_days,
            "customers": found.customers,
            "repeaters": found.repeaters,
            "parameters": as_json(found),
            "likelihood": found.orders.log_likelihood if found.orders else None,
            "line": line,
        },
    ).lastrowid
    store.run("delete from prediction")
    assert made is not None  # noqa: S101
    _write(store, rows(found, base, made, policy.horizon_days, day))
    return Predicted(
        day, found.model, found.because, policy.horizon_days, found.customers, found.repeaters, len(base)
    )


def _told(last: LastFit, predicted: int) -> Predicted:
    return Predicted(
        last.fitted_on, last.model, last.because, last.horizon_days, last.customers, last.repeaters, predicted
    )


def rows(
    found: BaseFit, base: Iterable[Buyer], fit_id: int, horizon: int, day: date
) -> Iterator[tuple[object, ...]]:
    """The predictions as the table has them, one for each buyer."""
    expectations = Expectations(found, horizon)
    today = day.isoformat()
    for buyer in base:
        alive, orders, amount = expectations.of(buyer)
        window = expectations.window(buyer.history, day)
        yield (
            buyer.customer_id,
            fit_id,
            today,
            *(alive or (None, None, None)),
            *(orders or (None, None, None)),
            *(map(round, amount) if amount else (None, None, None)),
            *(window or (None, None)),
        )


class Expectations:
    """What one fit says of every buyer, for the `horizon` days that follow."""

    def __init__(self, found: BaseFit, horizon: int) -> None:
        self._outlook = Outlook(found.orders, horizon) if found.orders else None
        self._amount = Expected(found.amount) if found.amount else None
        self._rhythm = Rhythm(found.gaps) if found.gaps else None
        self._window = found.window
        self._iso_days = IsoDays()
        self._shared: dict[History, tuple[Estimate, Estimate]] = {}

    def of(self, buyer: Buyer) -> tuple[Estimate | None, Estimate | None, Estimate | None]:
        """The chance of being a customer still, the orders to expect, and their amount in minor units."""
        if self._outlook is None:
            return None, None, None
        history = buyer.history
        found = self._shared.get(history)
        if found is None:
            found = self._outlook.of(history)
            # Long histories are hardly ever equal; remembering them would only take room.
            if history.repeats <= _KNOWN_SHARED_HISTORIES:
                self._shared[history] = found
        alive, orders = found
        return alive, orders, self._spending(buyer, orders)

    def _spending(self, buyer: Buyer, orders: Estimate) -> Estimate | None:
        """Orders times what one of them is worth; the two models know nothing of each other."""
        if self._amount is None:
            return None
        known = buyer.history.repeats if buyer.repeat_amount > 0 else 0
        each = self._amount.of(known, buyer.repeat_amount / known if known else 0.0)
        value = orders.value * each.value
        if value <= 0:
            return Estimate(0.0, 0.0, 0.0)
        factor = math.exp(math.hypot(math.log(orders.high / orders.value), math.log(each.high / each.value)))
        return Estimate(value, value / factor, value * factor)

    def window(self, history: History, day: date) -> tuple[str, str] | None:
        """The days between which the next order is likely to come, for a history seen on `day`."""
        if self._rhythm is not None:
            window = self._rhythm.window(history.repeats, history.last)
        elif self._window is not None:
            window = self._window
        else:
            return None
        last_on = day.toordinal() - history.age + history.last
        first, last = window
        try:
            return self._iso_days[last_on + first], self._iso_days[last_on + last]
        except (OverflowError, ValueError):
            return None


def _start(last: LastFit | None) -> Parameters | None:
    """Where a former fit of orders ended."""
    found = from_json(last.parameters, last.model, last.customers, last.repeaters).orders if last else None
    return found.parameters if found else None


def _write(store: Store, lines: Iterator[tuple[object, ...]]) -> None:
    full = _INSERT + ", ".join([_ONE] * _ROWS_A_STATEMENT)
    held: list[object] = []
    for line in lines:
        held += line
        if len(held) == _ROWS_A_STATEMENT * len(_COLUMNS):
            store.run(full, held)
            held.clear()
    if held:
        store.run(_INSERT + ", ".join([_ONE] * (len(held) // len(_COLUMNS))), held)


def predictions_for(base: Base, found: BaseFit, horizon: int) -> list[tuple[float, float]]:
    """The orders and the amount expected of each buyer of a base, for ranking them."""
    expectations = Expectations(found, horizon)
    return [
        (orders.value if orders else 0.0, amount.value if amount else 0.0)
        for _, orders, amount in map(expectations.of, base)
    ]
