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
    work_days: str = "mon,tue,wed,thu,fri,sat"
    daily_capacity: int = 20
    """How many customers without a first visit come onto the list on one day, at the most."""
    leap_day_on_1_march: int = 0
    """1 where a birthday on 29 February is kept on 1 March in common years, 0 for 28 February."""
    weight_grade: int = 10
    weight_reason: int = 10
    weight_late: int = 10
    weight_value: int = 10
    touch_days: int = 30
    """Over how many days contacts are counted, so that nobody gets too many."""
    touches_a: int = 8
    """So many contacts in those days are enough for an A; 0 for no border. Service calls do not count."""
    touches_b: int = 5
    touches_c: int = 4
    touches_none: int = 4
    service_calls: str = "maintenance, overhaul"
    """Services that customers expect, which are never too many."""

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
