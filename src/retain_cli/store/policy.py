"""The shop's own rules, kept in the database: how grades are cut, when the shop works, what weighs how much."""

from typing import NamedTuple, get_type_hints

from retain_cli.dates.work_days import WorkWeek
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Policy(NamedTuple):
    """Every rule with its usual value."""

    currency: str = "CNY"
    """ISO 4217; what grades and reports count in."""
    region: str = "CN"
    """ISO 3166 country whose phone numbers are written without +."""
    window_months: int = 24
    """How far back purchases count for a grade."""
    share_a: int = 20
    """The best so many of a hundred customers are A."""
    share_b: int = 30
    """The next so many are B."""
    grade_scheme: str = "amount"
    """By which scheme of `classify/schemes` customers are graded."""
    amount_cut: str = "customers"
    """What the scheme `amount` cuts into shares: `customers` or `revenue`; or `fixed`."""
    revenue_a: int = 80
    """The customers who make the first so many of a hundred of the revenue are A."""
    revenue_b: int = 15
    fixed_a: int = 0
    """The smallest fixed amount of an A, in minor units."""
    fixed_b: int = 0
    grade_category: str = ""
    """The only category that counts for the scheme `category`; all where it is empty."""
    rfm_recency: str = ""
    """Four borders, ascending, as `30,90,180,365` days; the fifths of the customers where it is empty."""
    rfm_orders: str = ""
    rfm_amount: str = ""
    """In the shop's currency, not in its minor units."""
    rfm_segments: str = ""
    """The table of segments as CSV; the usual one where it is empty."""
    hysteresis: int = 5
    """By so many of a hundred an amount may fall below the border of a grade before the grade is lost."""
    work_days: str = "mon,tue,wed,thu,fri,sat"
    daily_capacity: int = 20
    """How many customers without a first visit come onto the list on one day, at the most."""
    leap_day_on_1_march: int = 0
    """1 where a birthday on 29 February is kept on 1 March in common years, 0 for 28 February."""
    horizon_days: int = 180
    """How far ahead orders and amounts are predicted."""
    prediction_model: str = "auto"
    """`bg-nbd`, `mbg-nbd`, or `auto`: the second where at least half of the customers bought once."""
    ranking: str = "amount"
    """What ranked the customers best in the last backtest that was to choose."""
    weight_grade: int = 10
    weight_reason: int = 10
    weight_late: int = 10
    weight_value: int = 10

    @property
    def work_week(self) -> WorkWeek:
        """The days of the week the shop works."""
        return WorkWeek(self.work_days)


class _Entry(NamedTuple):
    name: str
    value: str


_ENTRIES = Question("select name, value from policy", _Entry)


def read_policy(store: Store) -> Policy:
    """The policy of the shop; what it never set has its usual value."""
    types = get_type_hints(Policy)
    kept = {name: types[name](value) for name, value in store.ask(_ENTRIES) if name in types}
    return Policy(**kept)


def is_set(store: Store, name: str) -> bool:
    """Whether the shop ever set the rule `name`."""
    return any(entry.name == name for entry in store.ask(_ENTRIES))


def set_policy(store: Store, name: str, value: object) -> None:
    """Set one rule."""
    store.run(
        "insert into policy (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
        (name, str(value)),
    )
