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
    reason_weights: str = ""
    """Reasons that weigh other than usual: `birthday:0.5, follow-up:1`."""
    touch_days: int = 30
    """Over how many days contacts are counted, so that nobody gets too many."""
    touches_a: int = 8
    """So many contacts in those days are enough for an A; 0 for no border. Service calls do not count."""
    touches_b: int = 5
    touches_c: int = 4
    touches_none: int = 4
    service_calls: str = "maintenance, overhaul"
    """Services that customers expect, which are never too many."""
    ticket_days: str = "complaint:2, repair:7, maintenance:14, question:3"
    """Within how many days a ticket of each kind is promised to be resolved."""
    low_rating: int = 2
    """A ticket rated so low, or lower, is spoken about with the customer."""
    low_rating_days: int = 1
    """How many days after the rating that is due."""
    need_lead_days: int = 30
    """How many days before the time they named a need comes onto the list."""
    points_months: int = 12
    """How long points can be used where nothing else is said; 0 for ever."""
    point_levels: str = "silver:1000, gold:5000"
    """From how many points ever earned a customer has which level."""
    event_days: int = 14
    """For how many days after an event its guests are to be thanked, and those who were missed told so."""
    benefit_lead_days: int = 14
    """How many days before points or a coupon expire the customer comes onto the list."""
    gift_lead_days: int = 14
    """How many days before its day a gift that is not bought yet comes onto the list."""
    cold_percent: int = 200
    """Silent for so many hundredths of their own rhythm, a customer is going cold."""
    cold_days: int = 30
    """How many days at most a customer is listed for going cold, drifting, a likely order or to be won back."""
    likely_percent: int = 50
    """From so many hundredths of an order expected within the horizon on, somebody may be likely to order soon."""
    drifting_percent: int = 50
    """Up to which chance, of a hundred, that they are customers still, somebody is drifting away."""
    win_back_months: int = 12
    """How long without a purchase before a customer is to be won back."""
    referral_points: int = 100
    """Points for whoever brought a customer who then bought."""

    @property
    def work_week(self) -> WorkWeek:
        """The days of the week the shop works."""
        return WorkWeek(self.work_days)


def numbers_by_name(written: str) -> dict[str, int]:
    """A rule with several numbers: `silver:1000, gold:5000`; ValueError where it is not written so."""
    pairs = (part.split(":") for part in written.split(",") if part.strip())
    return {name.strip(): int(number) for name, number in pairs}


def weights_by_name(written: str) -> dict[str, float]:
    """Weights as they are written in `reason_weights`; ValueError where they are not numbers from 0 on."""
    weights = {}
    for part in filter(None, (part.strip() for part in written.split(","))):
        name, _, weight = part.rpartition(":")
        weights[name.strip()] = float(weight)
        if not name.strip() or not 0 <= float(weight) <= _LARGEST:
            raise ValueError(f"{part!r} is not a name and a weight")
    return weights


_LARGEST = 1_000_000


def checked(policy: Policy, name: str, value: str) -> object:
    """The value a rule would have; ValueError says why it cannot have it."""
    kind = get_type_hints(Policy)[name]
    if kind is int:
        if not value.strip().isdecimal() or int(value) > _LARGEST:
            raise ValueError("it is a whole number from 0 on")
        value = str(int(value))
    changed = policy._replace(**{name: kind(value)})
    if changed.share_a + changed.share_b > 100:
        raise ValueError("A and B together are more than a hundred of a hundred")
    try:
        WorkWeek(changed.work_days)
    except ValueError:
        raise ValueError("name weekdays with commas, such as mon,tue,fri") from None
    if name in ("currency", "region") and not (value.isascii() and value.isalpha() and value.isupper()):
        raise ValueError("it is written in capital letters")
    weights_by_name(changed.reason_weights)
    for rule in ("ticket_days", "point_levels"):
        numbers_by_name(getattr(changed, rule))
    return getattr(changed, name)


def forget_policy(store: Store, name: str) -> None:
    """Give a rule its usual value back."""
    store.run("delete from policy where name = ?", (name,))


OF_THE_FILE = ("days_off_kept", "index_by_product")
"""Entries that say what else this file holds; they are no rules, and no other database's."""


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


def shop_id(store: Store) -> str:
    """What this shop's database was named when it was made, and every copy of it since; it means nothing else."""
    return next((entry.value for entry in store.ask(_ENTRIES) if entry.name == "shop_id"), "")
